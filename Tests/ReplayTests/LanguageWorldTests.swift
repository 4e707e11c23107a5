import Clinical
import Documents
import Replay
import RuleLanguage
import Testing

/// The forms of facts on patients, as rules with their own cases: `Tests/Worlds/Language`.
@Suite struct LanguageWorldTests {
    @Test func everyCaseHolds() throws {
        let sources = try RuleFolder.sources(at: [Repository.path("Tests/Worlds/Language")])
        let today = try #require(CivilDate("2026-01-15"))
        let (rules, diagnostics) = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: today).compile(sources, includingDrafts: true)
        #expect(diagnostics.map { "\($0.file) \($0.code) \($0.message)" } == [])
        let report = RuleTestRunner(knowledge: try RepositoryKnowledge.base()).run(try #require(rules))
        #expect(report.closingLine.hasSuffix(" 0 failed"), "\(report.text())")
        #expect(report.results.count > 30)
    }
}
