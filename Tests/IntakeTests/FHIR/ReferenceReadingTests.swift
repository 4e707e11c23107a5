import Clinical
import Intake
import Testing

@Suite struct ReferenceReadingTests {
    func request(_ reference: String, _ more: String = "") -> String {
        resource("MedicationRequest", #""status": "active", "intent": "order", "medicationReference": \#(reference)\#(more)"#)
    }

    func described(id: String = "123", _ members: String? = nil) -> String {
        let code = #""code": {"coding": [{"system": "\#(rxnorm)", "code": "855332"}]}"#
        return #"{"resourceType": "Medication", "id": "\#(id)", \#(members ?? code)}"#
    }

    func codes(_ reading: Reading) -> [String]? { reading.snapshot.medications.first?.code.codings.map(\.code) }

    @Test func F1_contained() throws {
        let reading = try read(request(##"{"reference": "#m1"}"##, #", "contained": [\#(described(id: "m0", #""code": {"text": "no"}"#)), \#(described(id: "m1"))]"#))
        #expect(codes(reading) == ["855332"] && reading.snapshot.medications.first?.unresolved == nil)
    }

    @Test(arguments: [
        "Medication/123", "https://ehr.example/api/FHIR/R4/Medication/123", "Medication/123/_history/4",
        "https://ehr.example/Medication/123/_history/4",
    ])
    func F2_F4_siblingEntry(reference: String) throws {
        #expect(try codes(read(request(#"{"reference": "\#(reference)"}"#), described())) == ["855332"])
        #expect(try codes(read(described(), request(#"{"reference": "\#(reference)"}"#))) == ["855332"])
    }

    @Test func F2_F4_byFullURL() throws {
        for url in ["urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "https://ehr.example/drugs?warfarin"] {
            let reference = url.contains("?") ? "https://ehr.example/drugs" : url
            let text = """
                {"resourceType": "Bundle", "entry": [{"fullUrl": "\(reference)", "resource": \(described(id: "other"))},
                {"resource": \(request(#"{"reference": "\#(reference)"}"#))}]}
                """
            #expect(try codes(read(bundle: text)) == ["855332"])
        }
    }

    @Test func F4_byIdentifier() throws {
        let known = described(#""identifier": [{"system": "urn:s", "value": "7"}], "code": {"coding": [{"system": "\#(rxnorm)", "code": "1"}]}"#)
        #expect(try codes(read(known, request(#"{"identifier": {"system": "urn:s", "value": "7"}}"#))) == ["1"])
        let other = try read(known, request(#"{"identifier": {"system": "urn:t", "value": "7"}}"#))
        #expect(other.snapshot.medications.first?.unresolved == "it refers by identifier to a Medication that was not sent")
    }

    @Test(arguments: [
        (#""reference": "Medication/9", "#, "it refers to a Medication that was not sent"),
        (##""reference": "#m9", "##, "it refers to a contained Medication that is not there"),
        (#""reference": "urn:uuid:9", "#, "it refers by URL to a Medication that was not sent"),
        (#""reference": "Medication?code=9", "#, "it refers to a Medication by a search"),
        ("", "it names a Medication in words only"),
    ])
    func F3_absent_isUnresolved_itsDisplayIsOnlyWords(reference: String, why: String) throws {
        let reading = try read(request(#"{\#(reference)"display": "CODEINE SULFATE 15 MG PO TABS"}"#))
        let found = try #require(reading.snapshot.medications.first)
        #expect(found.unresolved == why)
        #expect(found.code == CodeableConcept(text: "CODEINE SULFATE 15 MG PO TABS"))
        #expect(reading.notes(on: "MedicationRequest.medicationReference").map(\.why) == [why])
    }

    @Test func F5_C12_ingredientsByReference() throws {
        let substance = #"{"resourceType": "Substance", "id": "s", "code": {"coding": [{"system": "\#(rxnorm)", "code": "723"}]}}"#
        let inner = described(id: "inner", #""ingredient": [{"itemReference": {"reference": "Substance/s"}, "strength": {"numerator": {"value": 875, "unit": "mg"}, "denominator": {"value": 1, "unit": "{tablet}"}}}]"#)
        let outer = described(#""ingredient": [{"itemReference": {"reference": "Medication/inner"}}, {"itemCodeableConcept": {"coding": [{"system": "\#(rxnorm)", "code": "48203"}]}}]"#)
        let found = try #require(try read(request(#"{"reference": "Medication/123"}"#), outer, inner, substance).snapshot.medications.first)
        #expect(found.ingredients.map { $0.code.codings.first?.code } == ["723", "48203"])
        #expect(found.ingredients.first?.strength?.numerator.value == 875)
    }

    @Test func F5_circlesEnd() throws {
        let a = described(id: "a", #""ingredient": [{"itemReference": {"reference": "Medication/b"}}, {"itemReference": {"reference": "Medication/b"}}]"#)
        let b = described(id: "b", #""ingredient": [{"itemReference": {"reference": "Medication/a"}}, {"itemReference": {"reference": "Medication/a"}}]"#)
        let reading = try read(request(#"{"reference": "Medication/a"}"#), a, b)
        #expect(reading.snapshot.medications.first?.unresolved != nil)
        #expect(!reading.notes(on: "MedicationRequest.ingredient").isEmpty)
    }

    @Test func F6_excipientsAreNoDrugs() throws {
        let item = { (code: String, active: String) in
            #"{"itemCodeableConcept": {"coding": [{"system": "\#(rxnorm)", "code": "\#(code)"}]}, "isActive": \#(active)}"#
        }
        let drug = described(#""ingredient": [\#(item("1", "true")), \#(item("2", "false"))]"#)
        let found = try #require(try read(request(#"{"reference": "Medication/123"}"#), drug).snapshot.medications.first)
        #expect(found.ingredients.map { $0.code.codings.first?.code } == ["1"])
    }

    @Test func F7_resourcesOfOthersAreLeftOut() throws {
        let others = condition(id: "baby", clinical("active")).replacing("Patient/p", with: "Patient/baby")
        let group = condition(id: "group", clinical("active")).replacing("Patient/p", with: "Group/g")
        let reading = try read(condition(clinical("active")), others, group)
        #expect(reading.snapshot.conditions.map(\.reference.id) == ["1"])
        #expect(reading.notes.map { $0.about?.id } == ["baby", "group"])
        #expect(reading.snapshot.supply(of: .conditions) == .complete)
    }

    @Test(arguments: ["Patient/p", "https://ehr.example/FHIR/R4/Patient/p", "urn:uuid:p", "Patient/p/_history/2"])
    func F7_formsOfTheOwnSubject(reference: String) throws {
        let own = condition(clinical("active")).replacing("Patient/p", with: reference)
        #expect(try read(own).snapshot.conditions.count == 1)
    }

    @Test func F7_withoutAnID_thePatientDecides_elseTheFirstSubject() throws {
        let mother = #"{"resourceType": "Patient", "id": "p"}"#
        let baby = #"{"resourceType": "Patient", "id": "baby"}"#
        let others = condition(id: "2", clinical("active")).replacing("Patient/p", with: "Patient/baby")
        let reading = try read(others, mother, baby, condition(clinical("active")), patientID: nil)
        #expect(reading.snapshot.conditions.map(\.reference.id) == ["1"] && reading.snapshot.patient.reference?.id == "p")
        #expect(try read(others, condition(clinical("active")), patientID: nil).snapshot.conditions.map(\.reference.id) == ["2"])
    }

    @Test func F7_theWrongPatient_isNoPatient() throws {
        let reading = try read([(.patient, #"{"resourceType": "Patient", "id": "q", "birthDate": "1950"}"#)])
        #expect(reading.snapshot.patient == Patient())
        #expect(reading.snapshot.supply(of: .patient) != .complete)
    }

    @Test func F7_aPatientWithoutAnID_isThePatient() throws {
        let reading = try read(#"{"resourceType": "Patient", "birthDate": "1950"}"#, condition(clinical("active")), patientID: nil)
        #expect(reading.snapshot.patient.birthDate != nil && reading.snapshot.conditions.count == 1)
    }

    @Test func F14_containedResourcesAreNoEntries() throws {
        let reading = try read(request(##"{"reference": "#m1"}"##, #", "contained": [\#(described(id: "m1")), \#(condition(id: "c", clinical("active")))]"#))
        #expect(reading.snapshot.conditions.isEmpty && reading.snapshot.medications.count == 1)
    }

    @Test func encounterByURN_isThatOfTheBundle() throws {
        let text = """
            {"resourceType": "Bundle", "entry": [
            {"fullUrl": "urn:uuid:abc", "resource": \(resource("Encounter", id: "e", #""status": "finished""#))},
            {"resource": \(condition(#"\#(clinical("active")), "encounter": {"reference": "urn:uuid:abc"}"#))}]}
            """
        #expect(try read(bundle: text).snapshot.conditions.first?.encounter == ResourceReference(type: "Encounter", id: "e"))
    }
}
