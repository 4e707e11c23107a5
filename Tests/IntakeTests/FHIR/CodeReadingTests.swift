import Clinical
import Intake
import Testing

@Suite struct CodeReadingTests {
    func code(_ concept: String) throws -> (CodeableConcept, [IntakeNote]) {
        let reading = try read(resource("Condition", #""code": \#(concept), \#(clinical("active"))"#))
        return (try #require(reading.snapshot.conditions.first).code, reading.notes)
    }

    @Test func C1_C2_allCodingsWithTheirOwnSystems() throws {
        let (code, _) = try code(
            #"{"coding": [{"system": "urn:local", "code": "x"}, {"system": "http://snomed.info/sct", "code": "44054006"}, {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}]}"#)
        #expect(
            code.codings == [
                Coding(system: CodeSystem("urn:local"), code: "x"), Coding(system: .snomedCT, code: "44054006"),
                Coding(system: .icd10CM, code: "E11.9"),
            ])
    }

    @Test func C3_textOnly_isUncoded() throws {
        let (code, _) = try code(#"{"text": "penicillin rash"}"#)
        #expect(code.isUncoded && code.text == "penicillin rash")
        #expect(try self.code(#"{"coding": [{"display": "penicillin rash"}]}"#).0 == CodeableConcept(text: "penicillin rash"))
    }

    @Test func C4_codeWithoutSystem_isReported() throws {
        let (code, notes) = try code(#"{"coding": [{"code": "44054006"}]}"#)
        #expect(code.codings == [Coding(system: nil, code: "44054006")])
        #expect(notes.map(\.what) == ["Condition.coding"])
    }

    @Test(arguments: ["urn:oid:2.16.840.1.113883.6.96", "http://snomed.info/sct/", "http://www.snomed.org", "http://snomed.info/sct"])
    func C5_aliasesOfASystem(uri: String) throws {
        #expect(try code(#"{"coding": [{"system": "\#(uri)", "code": "44054006"}]}"#).0.codings.first?.system == .snomedCT)
    }

    @Test func C6_codesStandAsStated_blanksAtTheirEndsRemoved() throws {
        #expect(try code(#"{"coding": [{"system": "urn:x", "code": " e11.9 "}]}"#).0.codings.first?.code == "e11.9")
    }

    @Test func C8_postCoordinatedExpression_isOpaque() throws {
        let expression = "73211009 |Diabetes| : 363698007 = 113331007"
        #expect(try code(#"{"coding": [{"system": "http://snomed.info/sct", "code": "\#(expression)"}]}"#).0.codings.first?.code == expression)
    }

    @Test func C13_displayIsKeptBesideTheCode() throws {
        let (code, _) = try code(#"{"coding": [{"system": "urn:x", "code": "1", "display": "Asthma"}], "text": "Asthma"}"#)
        #expect(code.codings.first?.display == "Asthma" && code.text == "Asthma")
    }

    @Test func escapesInWordsAreRead() throws {
        let reading = try read(#"{"resource\u0054ype": "Condi\u0074ion", "id": "1", "code": {"te\u0078t": "a"}, "clinicalStatus": {"coding": [{"system": "urn:x", "code": "resolve\u0064"}]}}"#)
        #expect(reading.snapshot.conditions.map(\.standing) == [.past])
    }
}
