@testable import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

@Suite("Cards")
struct CardTests {
    private func cards(_ findings: [Finding], call: JSONValue = Call.orderSign, service: String = "vigil-order-sign") throws -> [JSONValue] {
        let (status, body) = try World.answer(call, service: service, evaluation: Findings.evaluation(findings))
        #expect(status == 200)
        return try #require(body["cards"]).elements
    }

    private func card(_ finding: Finding) throws -> JSONValue {
        try #require(cards([finding]).first)
    }

    @Test("R90 R92: nothing to say is 200 with an empty array of cards")
    func silence() throws {
        let (status, body) = try World.answer(Call.orderSign)
        #expect(status == 200)
        #expect(body["cards"] == [])
        #expect(body["systemActions"] == nil)
    }

    @Test("R3 R4 R5: no null and nothing empty, whatever is absent")
    func compact() throws {
        let bare = Finding(
            rule: RuleHeading(id: "r", version: 1, title: "", kind: "interaction", evidence: [], approvedBy: ""), grade: "", severity: .minor,
            summary: "", detail: "", key: "")
        for finding in [bare, Findings.interaction(), Findings.gap()] {
            let card = try card(finding)
            #expect(card.hollows() == [])
            #expect(card["summary"]?.string?.isEmpty == false)
            #expect(card.at("source.label")?.string?.isEmpty == false)
        }
    }

    @Test("R97: the indicator follows from the severity", arguments: [
        (Severity.contraindicated, "critical"), (.major, "warning"), (.moderate, "info"), (.minor, "info"),
    ])
    func indicator(_ severity: Severity, _ expected: String) throws {
        #expect(try card(Findings.interaction(severity: severity))["indicator"]?.string == expected)
    }

    @Test("the rank tells moderate from minor")
    func rank() throws {
        let ranks = try [Severity.minor, .moderate, .major, .contraindicated].map { severity -> Int in
            guard case .number(let digits)? = try card(Findings.interaction(severity: severity))["extension"]?["org.vigil.rank"] else { return -1 }
            return try #require(Int(digits))
        }
        #expect(ranks == ranks.sorted() && Set(ranks).count == 4)
    }

    @Test("R94: summaries are under 140 characters, and what does not fit leads the detail")
    func longSummary() throws {
        let card = try card(Findings.interaction(summary: String(repeating: "warfarin ", count: 30)))
        #expect(try #require(card["summary"]?.string).utf16.count < 140)
        #expect(try #require(card["detail"]?.string).hasPrefix("…warfarin"))
    }

    @Test("R103 R106 R107: source has a label and a topic that is the same for every patient")
    func source() throws {
        let card = try card(Findings.interaction())
        #expect(card.at("source.label") == "Vigil: Warfarin with an NSAID")
        #expect(card.at("source.topic.code") == "warfarin-nsaid-5640-11289")
        #expect(card.at("source.topic.system") == "urn:vigil:rule")
    }

    @Test("a topic has letters, digits and dashes only, and at most 100 of them")
    func topic() {
        #expect(CardCoding.topicCode("käse/rule_1") == "k-se-rule-1")
        #expect(CardCoding.topicCode("rule/1_a") == "rule-1-a")
        let long = CardCoding.topicCode(String(repeating: "x", count: 101))
        #expect(long.count == 100)
        #expect(long != CardCoding.topicCode(String(repeating: "x", count: 102)))
    }

    @Test("the most serious first, then by rule and key")
    func order() throws {
        let findings = [
            Findings.interaction(rule: Findings.heading("b"), severity: .moderate, key: "2"),
            Findings.interaction(rule: Findings.heading("c"), severity: .contraindicated, key: "3"),
            Findings.interaction(rule: Findings.heading("a"), severity: .moderate, key: "1"),
            Findings.interaction(rule: Findings.heading("b"), severity: .moderate, key: "1"),
        ]
        let keys = try cards(findings).map { ($0["extension"]?["org.vigil.rule"]?["id"]?.string ?? "") + ($0["extension"]?["org.vigil.rule"]?["key"]?.string ?? "") }
        #expect(keys == ["c3", "a1", "b1", "b2"])
    }

    @Test("R81 R93 R128: UUIDs are the same for the same call, unique in it, and others in another")
    func identifiers() throws {
        let change = SuggestedChange(label: "Stop", actions: [.removeDraft(Findings.draft, name: "ibuprofen")])
        let findings = [Findings.interaction(suggestions: [change, change]), Findings.interaction(suggestions: [change])]
        func identifiers(_ call: JSONValue) throws -> [String] {
            try cards(findings, call: call).flatMap { card in
                [card["uuid"]?.string ?? ""] + (card["suggestions"]?.elements.map { $0["uuid"]?.string ?? "" } ?? [])
            }
        }
        let first = try identifiers(Call.orderSign)
        #expect(first.count == 5 && Set(first).count == 5)
        #expect(try identifiers(Call.orderSign) == first)
        var other = Call.orderSign
        other["hookInstance"] = "11111111-1111-4111-8111-111111111111"
        #expect(Set(try identifiers(other)).isDisjoint(with: first))
    }

    @Test("the detail has the elements of an alert, and says nothing twice")
    func detail() throws {
        let detail = try #require(try card(Findings.interaction())["detail"]?.string)
        #expect(detail.hasPrefix("Substantially higher risk of upper GI bleeding."))
        for line in [
            "- **Drugs:** warfarin (on record), ibuprofen (ordered)", "- **Seriousness:** major", "- **Consequence:** Gastrointestinal bleeding",
            "- **Mechanism:** Platelet inhibition and mucosal injury", "- **Modifying factors:** platelet count: 98 10\\*9/L (2026-01-10)",
            "- **Evidence:** Masclee et al. Gastroenterology 2014;147:784-92 (grade: moderate)",
            "- Not checked: potassium - not measured in 90 days", "_Knowledge 2026.1. Rules and knowledge are not clinically reviewed._",
        ] { #expect(detail.contains(line), "\(line) is not in\n\(detail)") }
        #expect(!detail.contains("**Action:**"), "the management repeats a paragraph")
        #expect(!detail.contains("About the order"))
    }

    @Test("R129: with several orders, the card says which one it is about")
    func whichOrder() throws {
        var call = Call.orderSign
        call["context"]?["draftOrders"]?["entry"] = [
            ["resource": Call.medication("draft-1", status: "draft", rxcui: "5640", name: "ibuprofen 600 mg")],
            ["resource": Call.medication("draft-2", status: "draft", rxcui: "723", name: "amoxicillin")],
        ]
        let card = try #require(cards([Findings.interaction()], call: call).first)
        #expect(card["detail"]?.string?.contains("About the order of ibuprofen 600 mg.") == true)
        #expect(card["extension"]?["org.vigil.orders"] == ["MedicationRequest/draft-1"])
    }

    @Test("R96: what a record calls a thing cannot become markup")
    func injection() throws {
        let evil = "<script>alert(1)</script> [x](http://evil.example) **b**"
        let finding = Findings.interaction(
            summary: "\(evil) with ibuprofen", detail: "About \(evil).",
            participants: [Participant(role: "a", name: evil, isOrdered: false, reference: nil, rxcui: nil)])
        var call = Call.orderSign
        call["context"]?["draftOrders"]?["entry"] = [
            ["resource": Call.medication("draft-1", status: "draft", rxcui: "5640", name: evil)],
            ["resource": Call.medication("draft-2", status: "draft", rxcui: "5640", name: evil)],
        ]
        let card = try #require(cards([finding], call: call).first)
        let text = (card["summary"]?.string ?? "") + (card["detail"]?.string ?? "")
        #expect(!text.contains("<script") && !text.contains("</"))
        #expect(card["detail"]?.string?.contains("[x](") == false)
    }

    @Test("a drug that the order calls by another name is named by both")
    func otherName() throws {
        let finding = Findings.interaction(
            participants: [
                Participant(role: "a", name: "valproate", writtenAs: "valproic acid 250 mg", isOrdered: true, reference: nil, rxcui: 40254)
            ])
        #expect(try card(finding)["detail"]?.string?.contains("- **Drugs:** valproate (ordered as valproic acid 250 mg)") == true)
    }

    @Test("a care gap says where the patient stands, and no drugs")
    func gap() throws {
        let card = try #require(cards([Findings.gap()], call: Call.patientView, service: "vigil-patient-view").first)
        let detail = try #require(card["detail"]?.string)
        #expect(detail.contains("- **Status:** overdue since 2025-12-01; last done 2025-06-01"))
        #expect(!detail.contains("**Drugs:**") && !detail.contains("**Seriousness:**"))
    }

    @Test("R101 R107: an override reason has code, system and display, or is left out")
    func overrideReasons() throws {
        let reasons = [
            OverrideReason(name: "short-course", code: "short-course", system: "urn:vigil:override", display: "Short course"),
            OverrideReason(name: "bad", code: "bad", system: "urn:vigil:override", display: ""),
        ]
        let model = Findings.interaction()
        let finding = Finding(
            rule: model.rule, grade: model.grade, severity: .major, summary: model.summary, detail: "", overrideReasons: reasons, key: model.key)
        #expect(try card(finding)["overrideReasons"] == [
            ["code": "short-course", "system": "urn:vigil:override", "display": "Short course"]
        ])
    }

    @Test("order-select: what was not just chosen is background, unless nothing chosen is known")
    func selections() throws {
        var call = Call.orderSelect
        call["context"]?["draftOrders"]?["entry"] = [
            ["resource": Call.medication("draft-1", status: "draft", rxcui: "5640", name: "ibuprofen")],
            ["resource": Call.medication("draft-2", status: "draft", rxcui: "723", name: "amoxicillin")],
        ]
        let finding = Findings.interaction()
        for (selection, count) in [("draft-1", 1), ("draft-2", 0), ("elsewhere", 1)] {
            call["context"]?["selections"] = [.string("MedicationRequest/\(selection)")]
            #expect(try cards([finding], call: call, service: "vigil-order-select").count == count, "\(selection)")
        }
    }
}
