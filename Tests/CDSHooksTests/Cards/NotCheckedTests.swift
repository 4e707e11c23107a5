@testable import CDSHooks
import Clinical
import Documents
import Engine
import Testing

@Suite("What was not checked")
struct NotCheckedTests {
    private let statements = [
        NotChecked(what: "the order of WARF 5 TAB", why: "it has no code that we know", isForPrescriber: true),
        NotChecked(what: "allergies", why: "the EHR's search for allergies failed", rules: ["allergy"], isForPrescriber: true),
        NotChecked(what: "potassium (qt-load)", why: "not supplied", rules: ["qt-load"], isForPrescriber: false),
    ]

    private func body(_ statements: [NotChecked], _ call: JSONValue = Call.orderSign, _ service: String = "vigil-order-sign") throws -> JSONValue {
        try World.answer(call, service: service, evaluation: Findings.evaluation([], notChecked: statements)).body
    }

    @Test("one card names what a prescriber should know, and why")
    func card() throws {
        let body = try body(statements)
        #expect(body["cards"]?.elements.count == 1)
        let card = try #require(body.at("cards.0"))
        #expect(card["summary"] == "Some checks could not be made: the order of WARF 5 TAB, allergies")
        #expect(card["indicator"] == "info")
        #expect(card["detail"] == """
            - the order of WARF 5 TAB could not be checked: it has no code that we know
            - allergies could not be checked: the EHR's search for allergies failed
            """)
        #expect(card.hollows() == [])
    }

    @Test("with many of them the summary stays short")
    func many() throws {
        let many = (0..<20).map { NotChecked(what: "the order of medicine \($0)", why: "no code", isForPrescriber: true) }
        let card = try #require(body(many).at("cards.0"))
        #expect(try #require(card["summary"]?.string).utf16.count < 140)
        #expect(card["detail"]?.string?.hasPrefix("…") == true)
    }

    @Test("when a record is opened, nobody is about to sign: no card")
    func patientView() throws {
        #expect(try body(statements, Call.patientView, "vigil-patient-view")["cards"] == [])
    }

    @Test("R124: everything stands in the response's extension, with the edition")
    func ledger() throws {
        let `extension` = try #require(body(statements)["extension"])
        let entries = `extension`["org.vigil.not-checked"]?.elements ?? []
        #expect(entries.first == ["what": "the order of WARF 5 TAB", "why": "it has no code that we know"])
        #expect(entries.contains(["what": "potassium (qt-load)", "why": "not supplied", "rules": ["qt-load"]]))
        #expect(`extension`["org.vigil.edition"] == ["rules": "rrrr", "knowledge": "kkkk", "vigil": "0.1.0", "knowledgeVersion": "2026.1"])
    }

    @Test("the same statement is made once, and a flood is cut")
    func bounded() throws {
        let flood = (0..<500).map { NotChecked(what: "entry \($0 / 2)", why: "no code", isForPrescriber: false) }
        let entries = try body(flood)["extension"]?["org.vigil.not-checked"]?.elements ?? []
        #expect(entries.count <= 201)
        #expect(entries.last?["what"]?.string?.hasSuffix("more") == true)
    }
}
