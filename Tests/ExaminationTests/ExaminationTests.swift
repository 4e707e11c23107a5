import CDSHooks
import Clinical
import Documents
import Engine
import Examination
import Knowledge
import KnowledgeStore
import RuleLanguage
import Testing

/// The repository's own decks, rules and tables.
enum Repository {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    static func knowledge() throws -> KnowledgeBase { try loaded.get() }

    private static let loaded = Result { try KnowledgeBase(try KnowledgeTablesReader.read(root + "/Knowledge")) }

    static func deck(_ name: String) throws -> ExaminationDeck { try ExaminationDeck(try SourceFile.read("\(root)/scenarios/\(name).yaml")) }

    static func names() throws -> DeckNames { try DeckNames(try SourceFile.read(root + "/scenarios/names.yaml")) }

    /// An examination of all rules, or of those whose file a test chooses.
    static func examination(_ chosen: (String) -> Bool = { _ in true }) throws -> Examination {
        let sources = try RuleFolder.sources(at: [root + "/Rules"]).filter { chosen($0.name) }
        let day = try #require(CivilDate("2026-11-15"))
        let (set, _) = RuleCompiler(knowledge: try knowledge(), today: day).compile(sources)
        let rules = try #require(set)
        let evaluator = Evaluator(plan: rules.plan, knowledge: try knowledge())
        let edition = PublishedEdition(rules: rules.digest, knowledge: "k", vigil: "test", knowledgeVersion: "test")
        return Examination(Answerer(evaluator: evaluator, edition: edition), knowledge: try knowledge(), names: try names())
    }
}

@Suite("Examination: the repository's rules and decks")
struct ExaminationTests {
    @Test("Every story of our decks passes", arguments: ["hospital", "medicines", "medication-safety"])
    func everyStory(name: String) throws {
        let results = try Repository.examination().play(try Repository.deck(name))
        #expect(results.count > 200)
        #expect(results.filter { !$0.isPassed }.map { "\($0.story.id): \($0.failure ?? "")" } == [])
    }

    @Test("A service that hardly speaks passes silences and misses alerts: the two are scored apart")
    func hardlySpeaking() throws {
        let results = try Repository.examination { $0.hasSuffix("/qt-load.yaml") }.play(try Repository.deck("medication-safety"))
        let report = ExaminationReport(results)
        let (alerts, silences) = (report.score(.alert), report.score(.silence))
        #expect(alerts.passed * 10 < alerts.all)
        #expect(silences.passed * 100 > silences.all * 98)
        #expect(report.failures.count >= alerts.all - alerts.passed)
        #expect(report.text.contains("drug-allergy"))
        #expect(report.score(.alert, in: "drug-allergy").passed == 0)
    }

    @Test("The same story gives the same calls, byte for byte")
    func equalCalls() throws {
        let examination = try Repository.examination { $0.hasSuffix("/qt-load.yaml") }
        let asOf = try #require(AsOf("2026-11-15T18:00:00Z"))
        let story = try #require(try Repository.deck("medicines").cases.first)
        let (one, other) = (try examination.calls(about: story, asOf: asOf), try examination.calls(about: story, asOf: asOf))
        #expect(one.map(\.body) == other.map(\.body))
        #expect(one.map(\.service) == ["vigil-order-sign"])
    }
}
