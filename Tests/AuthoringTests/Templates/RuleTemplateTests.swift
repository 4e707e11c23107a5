import Documents
import Replay
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct RuleTemplateTests {
    @Test(arguments: RuleTemplate.kinds)
    func aNewRuleChecksPassesItsTestsAndSaysWhatIsToBeFilledIn(_ kind: String) throws {
        let text = try #require(RuleTemplate.text(kind: kind, id: "our-rule", schema: "rule.schema.json"))
        let source = Source(name: "our-rule.yaml", text: text)
        let knowledge = try RepositoryKnowledge.base()
        let (set, diagnostics) = RuleCompiler(knowledge: knowledge, today: Samples.today).compile([source], includingDrafts: true)
        let rendered = DiagnosticRenderer(format: .text).render(diagnostics, sources: [source.name: source])
        #expect(Set(diagnostics.map(\.code)) == ["V504"], "\(rendered)")
        let report = RuleTestRunnerForTests.run(try #require(set), knowledge)
        #expect(report.failed == 0 && report.passed >= 2, "\(report.text())")
        let coverage = ConditionCoverage(of: try #require(set), knowledge: knowledge)
        #expect(coverage.rules.map(\.silentIn.isEmpty) == [false])
        #expect(coverage.reachedRows == coverage.rowCount)
        #expect(RuleFormatter.format(source) == source.bytes)
    }

    @Test func anActiveRuleMayNotBeLeftUnfilled() throws {
        let text = try #require(RuleTemplate.text(kind: "interaction", id: "our-rule", schema: "rule.schema.json"))
        let source = Source(name: "our-rule.yaml", text: text.replacing("status: draft", with: "status: active"))
        let (_, diagnostics) = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: Samples.today).compile([source])
        #expect(diagnostics.contains { $0.code == "V504" && $0.severity == .error })
    }

    @Test func thereIsATemplateForEveryKindThatAuthorsWrite() {
        #expect(RuleTemplate.kinds == ["interaction", "drug-patient", "allergy", "duplicate", "additive", "care-gap", "measure"])
        #expect(RuleTemplate.text(kind: "nothing", id: "a", schema: "") == nil)
    }
}
