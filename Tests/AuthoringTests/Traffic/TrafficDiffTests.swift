import CDSHooks
import Clinical
import Documents
import Engine
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct TrafficDiffTests {
    /// A thousand calls: warfarin on record, ibuprofen being ordered, patients of 40 to 89 years, twenty of each age.
    private func requests() throws -> [TrafficRequest] {
        let body = String(decoding: try SourceFile.bytes(of: Repository.path("docs/examples/order-sign.json")), as: UTF8.self)
        let asOf = try #require(AsOf("2026-11-21"))
        return (0..<1000).map { number in
            let born = "\(2026 - 40 - number % 50)-01-01"
            return TrafficRequest(
                name: "call-\(number)", body: Array(body.replacing(/"birthDate": *"[0-9-]+"/, with: "\"birthDate\": \"\(born)\"").utf8), asOf: asOf)
        }
    }

    private func run(_ requests: [TrafficRequest], _ change: (Source) -> Source, width: Int = 2) async throws -> TrafficRun {
        let set = try Samples.ruleSet(try Samples.worldRules().map(change))
        let units = Dictionary(set.rules.map { ($0.rule.heading.id, $0.unit ?? "") }, uniquingKeysWith: { first, _ in first })
        return await TrafficRun(
            requests, with: Evaluator(plan: set.plan, knowledge: try RepositoryKnowledge.base()), units: units, width: width)
    }

    private func older(_ source: Source) -> Source {
        source.name.hasSuffix("warfarin-nsaid.yaml") ? source.replacing("above: 65 y", "above: 75 y") : source
    }

    @Test func aThresholdOfAgeChangesExactlyThoseInBetween() async throws {
        let requests = try requests()
        let before = try await run(requests) { $0 }
        let after = try await run(requests, older)
        let diff = TrafficDiff(before, after, requests: requests)
        // Completed years above 65 and not above 75: 66 to 75, ten ages of twenty patients.
        let expected = (0..<1000).filter { (66...75).contains(40 + $0 % 50) }.map { "call-\($0)" }
        #expect(diff.differences.map(\.request) == expected)
        #expect(diff.differences.allSatisfy { $0.change == .changed && $0.after?.rule == "warfarin-nsaid" })
        #expect(before.orders == 1000)
        #expect(before.interruptive - after.interruptive == expected.count)
        #expect(diff.interruptiveGrowth == -200)
        #expect(TrafficDiff(after, before, requests: requests).interruptiveGrowth == 200)
        try TextGoldens.expect(diff.text(examples: 3), toEqual: "traffic-diff.txt")
    }

    @Test func aRuleThatIsNoLongerActiveLosesItsCardsAndLeavesThePairToTheTable() async throws {
        let requests = Array(try requests().prefix(20))
        let before = try await run(requests) { $0 }
        let set = try Samples.worldRules().filter { !$0.name.hasSuffix("warfarin-nsaid.yaml") }
        let evaluator = Evaluator(plan: try Samples.ruleSet(set).plan, knowledge: try RepositoryKnowledge.base())
        let after = await TrafficRun(requests, with: evaluator, units: [:], width: 1)
        let diff = TrafficDiff(before, after, requests: requests)
        #expect(diff.differences.filter { $0.change == .lost }.map { $0.before?.rule } == Array(repeating: "warfarin-nsaid", count: 20))
        #expect(diff.differences.filter { $0.change == .new }.count == 20)
    }

    @Test func theSameRulesChangeNothingHoweverManyAtOnce() async throws {
        let requests = Array(try requests().prefix(50))
        let one = try await run(requests, { $0 }, width: 1)
        let many = try await run(requests, { $0 }, width: 7)
        #expect(TrafficDiff(one, many, requests: requests).differences.isEmpty)
        #expect(TrafficBurden(one).text == TrafficBurden(many).text)
    }

    @Test func aCallThatIsRefusedIsCounted() async throws {
        let requests = [TrafficRequest(name: "bad", body: Array("{}".utf8), asOf: try #require(AsOf("2026-11-21")))]
        let run = try await run(requests) { $0 }
        #expect(run.refused == 1)
        #expect(run.perThousandOrders(run.alerts) == "-")
    }

    @Test func aFileOfLinesIsACallALine() throws {
        let asOf = try #require(AsOf("2026-11-21"))
        let file = Source(name: "a.ndjson", text: "{\"a\":1}\n\n{\"b\":2}\n")
        #expect(TrafficRequest.requests(in: file, asOf: asOf).map(\.name) == ["a.ndjson:1", "a.ndjson:3"])
    }
}
