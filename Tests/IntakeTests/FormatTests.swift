import Clinical
import Documents
import Intake
import Testing

/// One patient, told in several formats, becomes one snapshot.
@Suite struct FormatTests {
    private static let hl7 = Message.text(
        "RDE^O11", "AL1|1|DA|7980^Penicillin G^RXNORM|SV", "PRB|AD|20240101|49436004^Atrial fibrillation^SCT|K1", "ORC|NW|77",
        "RXE|^BID|5640^Ibuprofen^RXNORM|400||mg^^UCUM", "OBX|1|NM|6301-6^INR^LN||2.5|1^^UCUM|||||F|||20260628")

    private static let fhir = bundle(
        [
            #"{"resourceType": "Patient", "id": "P7", "birthDate": "1960-02-15", "gender": "female"}"#,
            #"{"resourceType": "AllergyIntolerance", "id": "a", "patient": {"reference": "Patient/P7"}, "criticality": "high", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "7980"}]}}"#,
            #"{"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/P7"}, "code": {"coding": [{"system": "http://snomed.info/sct", "code": "49436004"}]}}"#,
            #"{"resourceType": "Observation", "id": "o", "status": "final", "subject": {"reference": "Patient/P7"}, "effectiveDateTime": "2026-06-28", "code": {"coding": [{"system": "http://loinc.org", "code": "6301-6"}]}, "valueQuantity": {"value": 2.5, "system": "http://unitsofmeasure.org", "code": "1"}}"#,
        ])

    private static let draft = #"{"resourceType": "MedicationRequest", "id": "77", "status": "draft", "intent": "order", "subject": {"reference": "Patient/P7"}, "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"}]}, "dosageInstruction": [{"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 400, "system": "http://unitsofmeasure.org", "code": "mg"}}]}]}"#

    @Test func onePatient() throws {
        let told = try HL7v2Format.read(Array(Self.hl7.utf8), asOf: instant(), patientID: nil).snapshot
        var reader = FHIRReader(asOf: try instant())
        reader.readBundle(try json(Self.fhir))
        reader.readDrafts(try json(Self.draft))
        let expected = reader.finish().snapshot
        #expect(told.patient.birthDate == expected.patient.birthDate && told.patient.sex == expected.patient.sex)
        #expect(told.orders.map(\.code.codings) == expected.orders.map(\.code.codings))
        #expect(told.orders.first?.dosages.first?.dose == expected.orders.first?.dosages.first?.dose)
        #expect(told.orders.first?.dosages.first?.timing?.frequency == expected.orders.first?.dosages.first?.timing?.frequency)
        #expect(told.allergies.map(\.code.codings) == expected.allergies.map(\.code.codings))
        #expect(told.allergies.map(\.criticality) == expected.allergies.map(\.criticality))
        #expect(told.conditions.map(\.code.codings) == expected.conditions.map(\.code.codings))
        #expect(told.observations.map(\.value) == expected.observations.map(\.value))
        #expect(told.observations.map(\.effective) == expected.observations.map(\.effective))
        #expect(told.supply(of: .medications) == .notSupplied && expected.supply(of: .medications) == .complete)
    }

    @Test func catalogue() {
        #expect(FormatCatalog.foreignFormat(mediaType: "x-application/hl7-v2+er7")?.name == "hl7-v2")
        #expect(FormatCatalog.foreignFormat(mediaType: "application/json") == nil)
        #expect(FormatCatalog.format(named: "hl7-v2") != nil)
        let names = FormatCatalog.all.map { $0.name }
        #expect(Set(names).count == names.count)
    }
}
