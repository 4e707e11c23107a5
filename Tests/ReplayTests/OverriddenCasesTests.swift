import Clinical
import Documents
import Replay
import SamplePack
import Testing

@testable import RuleLanguage

/// The tests of a pack, run again on its rules as a site has changed them.
@Suite struct OverriddenCasesTests {
    private func report(_ change: String, _ rest: String) throws -> TestReport {
        let overrides = SamplePack.overrides(change, after: rest + "\n")
        let knowledge = try RepositoryKnowledge.base()
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: RuleTestRunner.standardToday).compile(
            SamplePack.files(overrides, rule: SamplePack.withoutFloor), includingDrafts: true)
        return RuleTestRunner(knowledge: knowledge).run(try #require(rules, "\(diagnostics.map(\.message))"))
    }

    @Test func thePageAboutThemTellsTheTruth() throws {
        let page = try #require(MessageCatalog.page("V608"))
        let wrong = try report("set: { grades.high.severity: moderate }", page.wrong)
        #expect(wrong.failures.map(\.name) == ["an older patient"])
        #expect(wrong.text().contains("help[V608]: site/overrides.yaml changes this rule of the pack"))
        let right = try report("set: { grades.high.severity: moderate }", page.right)
        #expect(right.failed == 0)
        #expect(right.passed == 2)
    }

    @Test func aCaseThatIsNamedIsSetAside() throws {
        let report = try report("set: { grades.high.severity: moderate }\nchanges_cases: [an older patient]", "")
        #expect(report.closingLine == "1 passed, 0 failed, 1 skipped")
    }

    @Test func whatIsMutedShowsNoCardAndSaysWhy() throws {
        let muted = try report("mute_when: { age: { at_least: 65 y } }", "")
        #expect(muted.failures.map(\.name) == ["an older patient"])
        #expect(muted.text().contains("row high decided, major, and is muted by st-elsewhere"))
        let answered = "tests:\n  - { case: an older patient, rule: nsaid-anticoagulant, expect: no card }"
        #expect(try report("mute_when: { age: { at_least: 65 y } }", answered).failed == 0)
    }
}
