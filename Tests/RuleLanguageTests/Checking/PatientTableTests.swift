import Clinical
import Documents
import Knowledge
import RuleLanguage
import Testing

@testable import Engine

/// Rules that a table fills, row by row.
@Suite struct PatientTableTests {
    static func rule(_ topics: String, kind: String = "drug-patient-table", role: String = "$drug", _ rest: String = "") -> String {
        Samples.rule(
            kind: kind,
            """
            topics: \(topics)
            summary: \(role) in $condition - $effect
            management: $management
            override_reasons: [benefit-outweighs-risk]
            \(rest)
            """)
    }

    private func compiled(_ text: String) throws -> CheckedRule {
        let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", text: text)])
        #expect(diagnostics == [])
        return try #require(ruleSet?.rules.first)
    }

    @Test func eachRowOfTheTopicsIsAPlannedRule() throws {
        let rule = try compiled(Self.rule("disease"))
        #expect(rule.rows.map(\.row) == ["D-1", "D-2"])
        #expect(rule.rows.map { $0.grades.map(\.severity) } == [[.major], [.minor]])
        #expect(rule.rows.map { $0.heading.id } == ["sample", "sample"])
        #expect(rule.rows.first?.heading.evidence.map(\.cite) == ["A label (D-1)"])
        #expect(try compiled(Self.rule("[disease, duplicate]")).rows.map(\.row) == ["D-1", "D-2", "T-1"])
    }

    @Test func aRowIsAskedForOnlyWhereItsDrugsAre() throws {
        let plan = try #require(Samples.compiler.compile([Source(name: "sample.yaml", text: Self.rule("disease"))]).ruleSet).plan
        let row = try #require(plan.rules.first)
        guard case .drugs(let anchors) = row.kind.anchor, let anchor = anchors.first, anchors.count == 1 else {
            Issue.record("a row has the drugs it names for an anchor")
            return
        }
        let ibuprofen = try #require(SmallKnowledge.base.ingredient(rxcui: 5640))
        let naproxen = try #require(SmallKnowledge.base.ingredient(rxcui: 7258))
        #expect(plan.drugSets.sets(holding: ibuprofen).contains(Int32(anchor.index)))
        #expect(!plan.drugSets.sets(holding: naproxen).contains(Int32(anchor.index)))
    }

    @Test func rowsOfDuplicatesNameAllTheirDrugs() throws {
        #expect(try compiled(Self.rule("duplicate", kind: "duplicate-table", role: "$among")).rows.map(\.row) == ["T-1"])
    }

    @Test func anExceptionHoldsForEachRow() throws {
        let rule = try compiled(Self.rule("disease", "unless: { has: pregnancy }"))
        #expect(rule.rows.count == 2)
        #expect(rule.rows.allSatisfy { $0.needs.sections.contains(.conditions) })
    }

    @Test func aWrongConditionIsSaidOfItsRow() {
        let diagnostics = Samples.diagnostics(Self.rule("wrong"))
        #expect(diagnostics.map(\.code) == ["V201"])
        #expect(diagnostics.first?.file == "drug_patient.csv, W-1")
    }

    @Test func aTopicThatNoRowHas() {
        Samples.expect("V203", in: Self.rule("1️⃣diseese"), says: "did you mean `disease`")
    }

    @Test func theWordsOfARowAreOnlyForSuchRules() {
        Samples.expect("V213", in: MessagesTests.interaction(MessagesTests.pair).replacingOnce("summary: two drugs", "summary: 1️⃣$effect"))
    }
}
