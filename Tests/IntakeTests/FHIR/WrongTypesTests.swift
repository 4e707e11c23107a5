import Clinical
import Documents
import Intake
import Testing

/// Every element of every resource in turn replaced by what it is not: nothing traps. What is noted of it is not looked at here.
@Suite struct WrongTypesTests {
    static let concept = #"{"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "d"}], "text": "t"}"#
    static let quantity = #"{"value": 1, "comparator": "<", "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}"#
    static let period = #"{"start": "2026-01-01", "end": "2026-02-01"}"#
    static let dosage = """
        {"sequence": 1, "text": "x", "asNeededBoolean": true, "asNeededCodeableConcept": \(concept), "route": \(concept), "timing": {"event":
        ["2026-01-01"], "code": \(concept), "repeat": {"boundsPeriod": \(period), "boundsDuration": {"value": 1, "code": "d"}, "boundsRange":
        {"low": {"value": 1, "code": "d"}, "high": {"value": 1, "code": "d"}}, "count": 1, "frequency": 1, "frequencyMax": 2, "period": 1,
        "periodMax": 2, "periodUnit": "d", "dayOfWeek": ["mon"], "timeOfDay": ["08:00:00"], "when": ["HS"]}}, "doseAndRate": [{"type": \(concept),
        "doseQuantity": \(quantity), "doseRange": {"low": \(quantity), "high": \(quantity)}, "rateQuantity": \(quantity), "rateRange":
        {"low": \(quantity)}, "rateRatio": {"numerator": \(quantity), "denominator": \(quantity)}}], "maxDosePerPeriod": {"numerator":
        \(quantity), "denominator": \(quantity)}, "modifierExtension": []}
        """
    static let head = """
        "id": "1", "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z", "tag": [{"code": "x"}]}, "implicitRules": "",
        "modifierExtension": [], "subject": {"reference": "Patient/p"}, "patient": {"reference": "Patient/p"}, "status": "active",
        "code": \(concept), "category": [\(concept)], "encounter": {"reference": "Encounter/1"}
        """
    static let drug = """
        "medicationCodeableConcept": {"text": "x"}, "medicationReference": {"reference": "#m", "display": "d"}, "contained": [{"resourceType":
        "Medication", "id": "m", "form": \(concept), "ingredient": [{"itemCodeableConcept": \(concept), "isActive": true, "strength": {"numerator":
        \(quantity), "denominator": \(quantity)}}, {"itemReference": {"reference": "#s"}}]}, {"resourceType": "Substance", "id": "s", "code": \(concept)}],
        "reasonCode": [\(concept)], "reasonReference": [{"reference": "Condition/1"}]
        """

    static let resources: [(type: String, members: String)] = [
        (
            "Patient",
            #""id": "p", "birthDate": "1950-01-01", "_birthDate": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "1950-01-01T00:00:00Z"}]}, "gender": "male", "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "M"}, {"url": "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse", "extension": [{"url": "value", "valueCodeableConcept": {"coding": [{"code": "male-typical"}]}}]}], "deceasedBoolean": false, "deceasedDateTime": "2027", "active": true, "link": [{"type": "seealso"}]"#
        ),
        (
            "MedicationRequest",
            #"\#(head), \#(drug), "intent": "order", "doNotPerform": false, "dosageInstruction": [\#(dosage)], "dispenseRequest": {"validityPeriod": \#(period)}, "authoredOn": "2026-01-01", "priorPrescription": {"reference": "MedicationRequest/2"}, "reportedBoolean": true, "reportedReference": {"reference": "Patient/p"}, "medication": {"concept": \#(concept)}"#
        ),
        (
            "MedicationStatement",
            #"\#(head), \#(drug), "taken": "y", "dosage": [\#(dosage)], "effectivePeriod": \#(period), "effectiveDateTime": "2026", "dateAsserted": "2026", "informationSource": {"reference": "Patient/p"}, "adherence": {"code": \#(concept)}"#
        ),
        (
            "MedicationDispense",
            #"\#(head), \#(drug), "dosageInstruction": [\#(dosage)], "whenHandedOver": "2026-01-01", "whenPrepared": "2026-01-01", "daysSupply": {"value": 30, "unit": "d"}"#
        ),
        (
            "MedicationAdministration",
            #"\#(head), \#(drug), "context": {"reference": "Encounter/1"}, "dosage": \#(dosage), "effectivePeriod": \#(period), "effectiveDateTime": "2026""#
        ),
        (
            "AllergyIntolerance",
            #"\#(head), \#(clinical("active")), \#(verified("confirmed")), "type": "allergy", "criticality": "high", "recordedDate": "2026", "reaction": [{"substance": \#(concept), "manifestation": [\#(concept)], "severity": "mild"}]"#
        ),
        (
            "Condition",
            #"\#(head), \#(clinical("active")), \#(verified("confirmed")), "onsetDateTime": "2026", "onsetAge": {"value": 4, "code": "a"}, "onsetRange": {"low": {"value": 4, "code": "a"}, "high": {"value": 5, "code": "a"}}, "onsetPeriod": \#(period), "onsetString": "x", "abatementDateTime": "2026", "abatementAge": {"value": 4, "code": "a"}, "abatementPeriod": \#(period), "abatementString": "x", "recordedDate": "2026""#
        ),
        (
            "Observation",
            #"\#(head), "issued": "2026-01-01T00:00:00Z", "effectiveDateTime": "2026", "effectivePeriod": \#(period), "effectiveInstant": "2026-01-01T00:00:00Z", "effectiveTiming": {"event": ["2026"]}, "valueQuantity": \#(quantity), "valueString": "x", "valueBoolean": true, "valueInteger": 1, "valueRange": {"low": \#(quantity), "high": \#(quantity)}, "valueRatio": {"numerator": \#(quantity), "denominator": \#(quantity)}, "valueCodeableConcept": \#(concept), "valueSampledData": {}, "valueTime": "10:00:00", "valueDateTime": "2026", "valuePeriod": \#(period), "dataAbsentReason": \#(concept), "interpretation": [\#(concept)], "component": [{"code": \#(concept), "valueQuantity": \#(quantity), "modifierExtension": []}]"#
        ),
        (
            "Procedure",
            #"\#(head), "performedDateTime": "2026", "performedPeriod": \#(period), "performedString": "x", "performedAge": {"value": 4, "code": "a"}, "performedRange": {"low": {"value": 4, "code": "a"}, "high": {"value": 5, "code": "a"}}, "bodySite": [\#(concept)]"#
        ),
        ("Immunization", #"\#(head), "vaccineCode": \#(concept), "occurrenceDateTime": "2026", "occurrenceString": "x", "isSubpotent": false"#),
        (
            "Encounter",
            #"\#(head), "class": {"system": "urn:x", "code": "IMP"}, "type": [\#(concept)], "period": \#(period), "serviceType": \#(concept), "location": [{"location": {"reference": "Location/1"}, "physicalType": \#(concept)}]"#
        ),
        (
            "ServiceRequest",
            #"\#(head), "intent": "order", "doNotPerform": false, "authoredOn": "2026", "occurrenceDateTime": "2026", "occurrencePeriod": \#(period), "occurrenceTiming": {"event": ["2026"]}"#
        ),
        ("List", #"\#(head), "emptyReason": \#(concept)"#),
        ("OperationOutcome", #""issue": [{"severity": "error", "code": "timeout"}]"#),
        ("Bundle", #""total": 1, "link": [{"relation": "next"}], "entry": [{"fullUrl": "urn:uuid:1", "search": {"mode": "match"}, "resource": {"resourceType": "Condition"}}]"#),
    ]

    static let wrong: [JSONValue] = [
        .null, .bool(true), .number("7"), .number("-1e400"), .number("99999999999999999999999999999999999999999999"), .string(""), .string("x"),
        .array([]), .array([.null]), .array([.number("7"), .string("x"), .array([])]), .object([]), .object([("code", .number("7")), ("coding", .string("x"))]),
    ]

    @Test(arguments: resources.map(\.type))
    func everyElementReplaced(type: String) throws {
        let members = try #require(Self.resources.first { $0.type == type }).members
        let whole = JSONValue(try json(#"{"resourceType": "\#(type)", \#(members)}"#))
        var count = 0
        for variant in Self.variants(of: whole) {
            try Self.readEverywhere(variant)
            count += 1
        }
        #expect(count > 20)
    }

    /// The value with each of its parts replaced in turn by each of the wrong ones.
    static func variants(of value: JSONValue) -> [JSONValue] {
        var variants: [JSONValue] = []
        switch value {
        case .object(let members):
            for (place, member) in members.enumerated() {
                for replacement in wrong + Self.variants(of: member.1) {
                    var changed = members
                    changed[place].1 = replacement
                    variants.append(.object(changed))
                }
            }
        case .array(let elements):
            for (place, element) in elements.enumerated() {
                for replacement in wrong + Self.variants(of: element) {
                    var changed = elements
                    changed[place] = replacement
                    variants.append(.array(changed))
                }
            }
        default: break
        }
        return variants
    }

    static func readEverywhere(_ value: JSONValue) throws {
        let document = try JSONDocument(parsing: value.bytes)
        var reader = FHIRReader(asOf: try instant(), patientID: patientID)
        reader.readSection(.medications, document.root)
        _ = reader.finish()
        var drafts = FHIRReader(asOf: try instant())
        drafts.readDrafts(document.root)
        drafts.readBundle(document.root)
        _ = drafts.finish()
    }
}
