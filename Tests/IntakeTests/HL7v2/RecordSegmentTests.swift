import Clinical
import Documents
import Intake
import Testing

/// The patient, the visit, allergies, problems and procedures.
@Suite struct HL7v2RecordTests {
    // MARK: PID, PV1

    @Test func patient() throws {
        let record = try Message.record("\(Message.header("ADT^A08"))\rPID|1||P7^^^H^MR~77^^^SS||DOE^JANE||198808181126+0215|F|||STREET||555||||||||||||||||20260101|Y")
        let patient = try record.first("Patient")
        #expect(patient["id"]?.string == "P7" && patient["birthDate"]?.string == "1988-08-18" && patient["gender"]?.string == "female")
        #expect(patient.at("_birthDate.extension.0.valueDateTime")?.string == "1988-08-18T11:26:00+02:15")
        #expect(patient["deceasedDateTime"]?.string == "2026-01-01")
        #expect(patient["name"] == nil && patient["address"] == nil && patient["telecom"] == nil && patient["identifier"] == nil)
        #expect(record.supplied == [.patient: .complete])
    }

    @Test func deletedIsNotSaid() throws {
        let record = try Message.record("\(Message.header("ADT^A08"))\rPID|1||P 7/x||\"\"||\"\"|\"\"|||||||||||||||||||||\"\"|\"\"")
        #expect(try record.first("Patient") == ["resourceType": "Patient", "id": "P-7-x"])
        #expect(record.notes.isEmpty)
    }

    @Test(arguments: [("M", "male"), ("f", "female"), ("A", "other"), ("U", "unknown")])
    func sexes(word: String, gender: String) throws {
        #expect(try Message.record("\(Message.header("ADT^A08"))\rPID|1||1|||||\(word)").first("Patient")["gender"]?.string == gender)
    }

    @Test func sexesThatAreNone_areNoted() throws {
        let record = try Message.record("\(Message.header("ADT^A08"))\rPID|1||1||||18|X")
        #expect(record.notes.map(\.what) == ["PID-7", "PID-8"])
        #expect(try record.first("Patient")["gender"] == nil)
    }

    @Test(arguments: [
        ("ADT^A01", "PV1|1|I", "IMP", "in-progress"), ("ADT^A03", "PV1|1|I", "IMP", "finished"), ("ADT^A11", "PV1|1|E", "EMER", "cancelled"),
        ("ADT^A05", "PV1|1|P", "PRENC", "planned"), ("ORU^R01", "PV1|1|O", "AMB", "in-progress"), ("ORU^R01", "PV1|1|U", "U", "unknown"),
        ("ADT^A08", "PV1|1|I\(String(repeating: "|", count: 43))20260601", "IMP", "finished"),
    ])
    func visits(type: String, segment: String, code: String, status: String) throws {
        let record = try Message.record(type, segment)
        let visit = try record.first("Encounter")
        #expect(visit.at("class.code")?.string == code && visit["status"]?.string == status)
        #expect(record.supplied[.encounters] != .complete && record.supplied[.encounters] != nil)
    }

    // MARK: AL1, IAM

    @Test func allergies_areTheWholeList() throws {
        let record = try Message.record("ADT^A08", "AL1|1|DA|7980^Penicillin G^RXNORM|SV|Hives~Wheeze|2019", "AL1|2|FA|^Peanuts|MI")
        #expect(record.supplied[.allergies] == .complete)
        let first = try record.first("AllergyIntolerance")
        #expect(first.at("code.coding.0.code")?.string == "7980" && first["criticality"]?.string == "high")
        #expect(first.at("reaction.0.manifestation.1.text")?.string == "Wheeze" && first.at("category.0")?.string == "medication")
        #expect(first["onsetDateTime"]?.string == "2019")
        let snapshot = try record.snapshot(asOf: instant()).snapshot
        #expect(snapshot.allergies.map(\.standing) == [.active, .active] && snapshot.allergies[1].code.text == "Peanuts")
    }

    @Test func noAL1_isNotNoAllergies() throws {
        #expect(try Message.snapshot("ADT^A08", "PV1|1|I").supply(of: .allergies) == .notSupplied)
        let none = try Message.snapshot("ADT^A08", "AL1|1|DA|^NKDA")
        #expect(none.supply(of: .allergies) == .complete && none.allergies.first?.code.text == "NKDA")
    }

    @Test func aDeletedAllergy_isNotNoAllergies() throws {
        let record = try Message.record("ADT^A08", "AL1|1||\"\"")
        #expect(record.resources("AllergyIntolerance").isEmpty && record.notes(on: "AL1-3").count == 1)
        guard case .partial = record.supplied[.allergies] else { Issue.record("expected a part"); return }
        let mixed = try Message.record("ADT^A08", "AL1|1||\"\"", "AL1|2|DA|7980^Penicillin G^RXNORM")
        guard case .partial = mixed.supplied[.allergies] else { Issue.record("expected a part"); return }
    }

    @Test func changesOfAllergies_areAPart() throws {
        let record = try Message.record(
            "ADT^A60", "IAM|1|DA|7980^Penicillin G^RXNORM|SV|^Hives|A|ID1||AL||2018||20190102||||C",
            "IAM|2|DA|1191^Aspirin^RXNORM|||D", "IAM|3|DA|2670^Codeine^RXNORM|||U|||||||||||I", "IAM|4|DA|5640^Ibuprofen^RXNORM|||A|||||||||||S")
        guard case .partial = record.supplied[.allergies] else { Issue.record("expected a part"); return }
        let snapshot = try record.snapshot(asOf: instant()).snapshot
        #expect(snapshot.allergies.map(\.standing) == [.active, .refuted, .past, .active])
        #expect(record.notes(on: "IAM-6").count == 1)
        #expect(record.resources("AllergyIntolerance")[3].at("verificationStatus.coding.0.code")?.string == "unconfirmed")
    }

    // MARK: DG1, PRB, PR1

    @Test func diagnoses() throws {
        let record = try Message.record(
            "ADT^A01", "DG1|1|I9|4280|Heart failure|20200501|F", "DG1|2||S06.9^TBI^I10||20200501123009|W", "DG1|3||I10^HTN^I10C|||A|||||||||||||||D", "DG1|4")
        #expect(record.resources("Condition").count == 3 && record.notes.map(\.what) == ["DG1-21", "DG1-3"])
        let first = try record.first("Condition")
        #expect(first.at("code.coding.0.system")?.string == "http://hl7.org/fhir/sid/icd-9-cm" && first.at("code.text")?.string == "Heart failure")
        let snapshot = try record.snapshot(asOf: instant()).snapshot
        #expect(snapshot.conditions.map(\.standing) == [.active, .uncertain, .refuted])
        #expect(snapshot.conditions.allSatisfy { $0.isEncounterDiagnosis } && snapshot.supply(of: .conditions) != .complete)
    }

    @Test func problems() throws {
        let record = try Message.record(
            "PPR^PC1", "PRB|AD|20240101|38341003^Hypertension^SCT|K1|||20240102||||||ACTIVE|||2019", "PRB|UP|20240101|44054006^Diabetes^SCT|K2|||||20250101",
            "PRB|DE|20240101|195967001^Asthma^SCT|K3", "PRB|AD|20240101|13645005^COPD^SCT|K4|||||||||^RESOLVED", "PRB|AD|20240101|22298006^MI^SCT|K5|||||||||SITE-7")
        let snapshot = try record.snapshot(asOf: instant()).snapshot
        #expect(snapshot.conditions.map(\.standing) == [.active, .past, .refuted, .past, .active])
        #expect(snapshot.conditions[0].onset == PartialDate("2019") && !snapshot.conditions[0].isEncounterDiagnosis)
        #expect(record.notes.map(\.what) == ["PRB-1", "PRB-13"])
    }

    @Test func procedures_countAsNeitherDoneNorPlanned() throws {
        let record = try Message.record("ADT^A01", "PR1|1||76164006^Biopsy of colon^SCT|Colonoscopy|20050125", "PR1|2")
        #expect(try record.first("Procedure")["status"]?.string == "unknown")
        #expect(record.notes.map(\.what) == ["PR1", "PR1-3"])
        #expect(try record.snapshot(asOf: instant()).snapshot.procedures.map(\.isDone) == [false])
    }
}
