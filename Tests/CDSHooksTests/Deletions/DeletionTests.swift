import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import KnowledgeStore
import RuleLanguage
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// No input can be withheld unnoticed: with any one taken out, a call that got an alert gets it again, or is told by name what was not
/// checked. ``Deletion`` says what counts as an input.
///
/// Over a sample of the calls of `scenarios/`, written by `scripts/deletions --every` as they go over the wire. `VIGIL_DELETIONS` names a file
/// of calls to be played in place of the sample: so all scenarios are played, also those of `../shared`.
@Suite("What is withheld is never silence") struct DeletionTests {
    private struct Shown {
        /// The highest indicator of each rule, from 1 for info.
        var tiers: [String: Int] = [:]
        var statements: Set<Statement> = []
    }

    private struct Statement: Hashable {
        let what: String
        let why: String
        let rules: [String]
    }

    private static func answerer() throws -> Answerer {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let knowledge = try KnowledgeBase(try KnowledgeTablesReader.read(root + "/Knowledge"))
        let sources = try RuleFolder.sources(at: [root + "/Rules"])
        let today = try #require(CivilDate("2026-11-21"))
        let rules = try #require(RuleCompiler(knowledge: knowledge, today: today).compile(sources).ruleSet)
        return Answerer(
            evaluator: Evaluator(plan: rules.plan, knowledge: knowledge),
            edition: PublishedEdition(rules: "r", knowledge: "k", vigil: "0.1.0", knowledgeVersion: "test"))
    }

    private static func calls() throws -> [(name: String, service: String, asOf: AsOf, body: JSONValue)] {
        let file = getenv("VIGIL_DELETIONS").map { String(cString: $0) }
            ?? #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/calls.ndjson"
        let stream = try #require(fopen(file, "rb"), "there is no file of calls \(file)")
        defer { fclose(stream) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk[..<count] }
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let call = JSONValue(try JSONDocument(parsing: Array(line)).root)
            return (
                try #require(call["scenario"]?.string), try #require(call["service"]?.string),
                try #require(call["asOf"]?.string.flatMap { AsOf($0) }), try #require(call["call"])
            )
        }
    }

    private static func shown(_ response: HookResponse) throws -> Shown {
        let body = JSONValue(try JSONDocument(parsing: response.body).root)
        var shown = Shown()
        for card in body["cards"]?.elements ?? [] {
            guard let rule = card["extension"]?["org.vigil.rule"]?["id"]?.string else { continue }
            let tier = ["info", "warning", "critical"].firstIndex { card["indicator"]?.string == $0 } ?? 0
            shown.tiers[rule] = max(shown.tiers[rule] ?? 0, tier + 1)
        }
        for entry in body["extension"]?["org.vigil.not-checked"]?.elements ?? [] {
            shown.statements.insert(
                Statement(
                    what: entry["what"]?.string ?? "", why: entry["why"]?.string ?? "",
                    rules: (entry["rules"]?.elements ?? []).compactMap(\.string)))
        }
        return shown
    }

    @Test("what is withheld is said, or changes nothing")
    func deletions() throws {
        let answerer = try Self.answerer()
        var asked = 0
        for (name, service, asOf, call) in try Self.calls() {
            let whole = try Self.shown(answerer.answer(service: service, body: call.bytes, asOf: asOf))
            guard !whole.tiers.isEmpty else { continue }
            for deletion in Deletion.all(of: call) {
                let response = answerer.answer(service: service, body: deletion.call.bytes, asOf: asOf)
                asked += 1
                // A call that cannot be read is refused, and that is said too.
                guard response.status == 200 else { continue }
                let rest = try Self.shown(response)
                let new = rest.statements.subtracting(whole.statements)
                for (rule, tier) in whole.tiers where rest.tiers[rule] ?? 0 < tier {
                    let isSaid = new.contains { $0.rules.isEmpty || $0.rules.contains(rule) }
                    #expect(isSaid, "\(name): \(rule) is silent without \(deletion.what)")
                }
            }
        }
        #expect(asked > 1000)
    }
}
