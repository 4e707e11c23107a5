import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
import RuleLanguage
import Spoiling
import Testing

/// No input can be withheld unnoticed. ``Deletion`` says what counts as an input.
///
/// Over a sample of the calls of `scenarios/`, written by `scripts/deletions --every` as they go over the wire. `benchmarks deletions`
/// plays all of them, also those of other decks, in an optimized build.
@Suite("What is withheld is never silence") struct DeletionTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

    private static func answerer() throws -> Answerer {
        let knowledge = try KnowledgeBase(try KnowledgeTablesReader.read(root + "/Knowledge"))
        let sources = try RuleFolder.sources(at: [root + "/Rules"])
        let today = try #require(CivilDate("2026-11-21"))
        let rules = try #require(RuleCompiler(knowledge: knowledge, today: today).compile(sources).ruleSet)
        return Answerer(
            evaluator: Evaluator(plan: rules.plan, knowledge: knowledge),
            edition: PublishedEdition(rules: "r", knowledge: "k", vigil: "0.1.0", knowledgeVersion: "test"))
    }

    @Test("what is withheld is said, or changes nothing")
    func deletions() throws {
        let calls = try SourceFile.read(Self.root + "/Tests/CDSHooksTests/Deletions/calls.ndjson", limit: 64 << 20).bytes
        var check = DeletionCheck(try Self.answerer())
        for line in calls.split(separator: UInt8(ascii: "\n")) {
            let silences = check.silences(of: try #require(StoredCall(Array(line))))
            #expect(silences.isEmpty, "\(silences.joined(separator: "\n"))")
        }
        #expect(check.asked > 1000)
    }
}
