import Clinical
import Knowledge
import Testing

@testable import Engine

/// What is said of pairs within a load becomes part of the load's card, and nothing of it is lost.
@Suite struct FindingMergingTests {
    private static func finding(
        _ id: String, kind: String, severity: Severity, drugs: [Int], consequence: String? = nil, category: String? = nil
    ) -> Finding {
        Finding(
            rule: RuleHeading(
                id: id, version: 1, title: id, kind: kind, evidence: [Evidence(cite: "source of \(id)", grade: nil, note: nil)], approvedBy: "",
                category: category),
            grade: "row", severity: severity, summary: "says \(id)", detail: "",
            elements: AlertElements(consequence: consequence, management: "advice of \(id)"),
            participants: drugs.map { Participant(role: "a", name: "drug \($0)", isOrdered: false, reference: nil, rxcui: $0) },
            key: "\(id) \(drugs)")
    }

    private static let load = finding("load", kind: "additive", severity: .moderate, drugs: [1, 2, 3])
    private static let merging = AdditiveKind.Merging(effects: ["torsades"], categories: ["qt"])

    @Test func aPairOfTheSameProblemIsTakenIn() throws {
        let pair = Self.finding("pair", kind: "interaction-table", severity: .contraindicated, drugs: [1, 3], consequence: "Torsades de pointes")
        let merged = [Self.load, pair].merged(into: Self.load.key, by: Self.merging)
        let card = try #require(merged.first)
        #expect(merged.count == 1)
        #expect(card.severity == .contraindicated)
        #expect(card.detail.contains("says pair") && card.detail.contains("advice of pair"))
        #expect(card.rule.evidence.map(\.cite) == ["source of load", "source of pair"])
    }

    @Test(arguments: [
        ("another problem", "interaction-table", [1, 2], "Serotonin syndrome", nil as String?),
        ("a drug outside of the load", "interaction-table", [1, 9], "Torsades de pointes", nil),
        ("no finding about a pair", "drug-patient", [1], "Torsades de pointes", "qt"),
        ("no drugs at all", "interaction", [], "Serotonin syndrome", nil),
    ])
    func whatSpeaksOfSomethingElseStays(_: String, kind: String, drugs: [Int], consequence: String, category: String?) {
        let other = Self.finding("other", kind: kind, severity: .major, drugs: drugs, consequence: consequence, category: category)
        #expect([Self.load, other].merged(into: Self.load.key, by: Self.merging).map(\.key) == [Self.load.key, other.key])
    }

    @Test("two drugs of one class are a problem of their own, unless the load names them and they do the same", arguments: [
        (["qt", "duplicate"], "Torsades de pointes", 1), (["qt"], "Torsades de pointes", 2), (["qt", "duplicate"], "Serotonin syndrome", 2),
    ] as [(Set<String>, String, Int)])
    func twoOfOneClass(categories: Set<String>, consequence: String, left: Int) {
        let pair = Self.finding("pair", kind: "duplicate-table", severity: .major, drugs: [1, 2], consequence: consequence, category: "duplicate")
        let merging = AdditiveKind.Merging(effects: ["torsades"], categories: categories)
        #expect([Self.load, pair].merged(into: Self.load.key, by: merging).count == left)
    }

    @Test func aContextualRuleIsKnownByItsCategory() {
        let pair = Self.finding("pair", kind: "interaction", severity: .minor, drugs: [1, 2], category: "qt")
        let merged = [pair, Self.load].merged(into: Self.load.key, by: Self.merging)
        #expect(merged.map(\.severity) == [.moderate])
    }
}
