import Documents
import Engine
import Replay
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct ExplanationTests {
    private func explain(_ rule: String, _ name: String, whyNot: Bool = false) throws -> String {
        let set = try Samples.ruleSet(try Samples.worldRules())
        let knowledge = try RepositoryKnowledge.base()
        let checked = try #require(set.rules.first { $0.rule.heading.id == rule })
        let test = try #require(checked.tests.first { $0.name == name })
        let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        let trace = try #require(evaluator.trace(rule: rule, of: prepared.snapshot, at: prepared.asOf))
        return Explanation(trace, asksWhyNot: whyNot).text
    }

    @Test func theLadderWithEachFactAndItsSource() throws {
        try TextGoldens.expect(try explain("aldosterone-antagonist-raas", "no potassium at all"), toEqual: "explain-unknown.txt")
    }

    @Test func theFirstConditionThatStoppedEachRow() throws {
        try TextGoldens.expect(try explain("metformin-egfr", "eGFR 80", whyNot: true), toEqual: "explain-why-not.txt")
    }

    @Test func nobodyMet() throws {
        try TextGoldens.expect(
            try explain("aldosterone-antagonist-raas", "both long established, nothing ordered", whyNot: true), toEqual: "explain-nobody.txt")
    }

    @Test func aCareGap() throws {
        try TextGoldens.expect(try explain("hba1c-overdue", "up to date", whyNot: true), toEqual: "explain-gap.txt")
    }

    /// A trace walks apart from the evaluation: they must come to the same.
    @Test func theTraceDecidesAsTheEvaluationDoes() throws {
        let set = try Samples.ruleSet(try Samples.repositoryRules())
        let knowledge = try RepositoryKnowledge.base()
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        for checked in set.rules where checked.rule.heading.kind != "interaction-table" {
            for test in checked.tests {
                let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
                let trace = try #require(evaluator.trace(rule: test.rule, of: prepared.snapshot, at: prepared.asOf))
                let outcome = prepared.outcome(with: evaluator)
                #expect(trace.meetings.compactMap { $0.summary == nil ? nil : $0.decided }.sorted() == outcome.grades.sorted(), "\(test.rule): \(test.name)")
            }
        }
    }
}
