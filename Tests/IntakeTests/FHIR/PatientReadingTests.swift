import Clinical
import Intake
import Testing

@Suite struct PatientReadingTests {
    func patient(_ members: String, asOf: String = "2026-06-30") throws -> Reading {
        try read(#"{"resourceType": "Patient", "id": "p", \#(members)}"#, asOf: asOf)
    }

    @Test(arguments: ["1956", "1956-07", "1956-07-03"])
    func A1_A3_birthDateKeepsItsPrecision(text: String) throws {
        #expect(try patient(#""birthDate": "\#(text)""#).snapshot.patient.birthDate == PartialDate(text))
    }

    @Test func A4_birthDateOnlyAsExtension_isNotKnown() throws {
        let members = #""_birthDate": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}"#
        let reading = try patient(members)
        #expect(reading.snapshot.patient.birthDate == nil)
        #expect(reading.snapshot.patient.reference == ResourceReference(type: "Patient", id: "p"))
    }

    @Test func A6_birthTimeFromTheExtension() throws {
        let members = """
            "birthDate": "2026-06-29", "_birthDate": {"extension": [
            {"url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "2026-06-29T14:35:45-05:00"}]}
            """
        #expect(try patient(members).snapshot.patient.birthTime == Instant("2026-06-29T19:35:45Z"))
    }

    @Test func F8_mergedAndRetiredRecordsAreReported() throws {
        let reading = try patient(#""active": false, "link": [{"other": {"reference": "Patient/q"}, "type": "replaced-by"}]"#)
        #expect(reading.notes(on: "Patient.active").count == 1)
        #expect(reading.notes(on: "Patient.link").count == 1)
    }

    @Test func F9_deceased() throws {
        #expect(try patient(#""deceasedBoolean": true"#).snapshot.patient.isDeceased)
        let dated = try patient(#""deceasedDateTime": "2026-05-01""#).snapshot.patient
        #expect(dated.isDeceased && dated.deathDate == PartialDate("2026-05-01"))
        // Looking back to a day on which the patient lived.
        #expect(try !patient(#""deceasedDateTime": "2026-05-01""#, asOf: "2026-04-30").snapshot.patient.isDeceased)
    }

    @Test func F10_deceasedFalse_isAlive() throws {
        #expect(try !patient(#""deceasedBoolean": false"#).snapshot.patient.isDeceased)
    }

    @Test func G1_sexForClinicalUse_beforeBirthSex_beforeGender() throws {
        let birthSex = #"{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F"}"#
        let forUse = """
            {"url": "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse", "extension": [{"url": "value",
            "valueCodeableConcept": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/sex-parameter-for-clinical-use",
            "code": "male-typical"}]}}]}
            """
        #expect(try patient(#""gender": "male""#).snapshot.patient.sex == .male)
        #expect(try patient(#""gender": "male", "extension": [\#(birthSex)]"#).snapshot.patient.sex == .female)
        let documented = #"{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex", "valueCode": "248153007"}"#
        #expect(try patient(#""extension": [\#(birthSex), \#(documented)]"#).snapshot.patient.sex == .male)
        #expect(try patient(#""extension": [\#(documented), \#(birthSex)]"#).snapshot.patient.sex == .male)
        #expect(try patient(#""gender": "female", "extension": [\#(birthSex), \#(forUse)]"#).snapshot.patient.sex == .male)
        let unspecified = forUse.replacing("male-typical", with: "specified")
        #expect(try patient(#""gender": "female", "extension": [\#(unspecified)]"#).snapshot.patient.sex == nil)
    }

    @Test(arguments: [#""gender": "unknown""#, #""gender": "other""#, #""active": true"#])
    func G2_unknownOrOtherGender_isNotKnown(members: String) throws {
        #expect(try patient(members).snapshot.patient.sex == nil)
    }

    @Test func namesAreNeverNoted() throws {
        let reading = try patient(#""name": [{"family": "Ferry", "given": [null, "Allen"]}], "gender": "Allen", "birthDate": "Allen""#)
        #expect(reading.notes.count == 2)
        #expect(!reading.notes.contains { "\($0)".contains("Allen") })
    }
}
