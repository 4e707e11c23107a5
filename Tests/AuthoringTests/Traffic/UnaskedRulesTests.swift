import Clinical
import Documents
import Engine
import RuleLanguage
import SamplePack
import Testing

@testable import Authoring

/// Drafts and rules in shadow count nothing, and that is said; or they are asked as if they were active.
@Suite struct UnaskedRulesTests {
    private func compiled(_ status: String, planning: RuleSelection) throws -> RuleSet {
        let file = RuleFile(SamplePack.withoutFloor.edited("status: active", "status: \(status)"))
        return try #require(RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: Samples.today).compile([file], planning: planning).ruleSet)
    }

    private func alerts(_ set: RuleSet) async throws -> [TrafficAlert] {
        let body = try SourceFile.bytes(of: Repository.path("docs/examples/order-sign.json"))
        let request = TrafficRequest(name: "call", body: body, asOf: try #require(AsOf("2026-11-21")))
        let evaluator = Evaluator(plan: set.plan, knowledge: try RepositoryKnowledge.base())
        return await TrafficRun([request], with: evaluator, units: [:], width: 1).answers.flatMap(\.alerts)
    }

    @Test(arguments: [("draft", "1 draft (nsaid-anticoagulant)"), ("shadow", "1 rule in shadow (nsaid-anticoagulant)")])
    func theyAreNamed(_ status: String, _ words: String) async throws {
        let inService = try compiled(status, planning: .inService)
        #expect(UnaskedRules(in: inService, areAskedAsIfActive: false).text == "not asked: \(words); with --drafts it is asked as if it were active\n")
        #expect(try await alerts(inService).isEmpty)
        let tried = try compiled(status, planning: .asIfActive)
        #expect(UnaskedRules(in: tried, areAskedAsIfActive: true).text == "asked as if active: \(words)\n")
        #expect(try await alerts(tried).map(\.rule) == ["nsaid-anticoagulant"])
    }

    @Test func whatIsActiveNeedsNoWordAndWhatIsRetiredIsNeverAsked() async throws {
        #expect(UnaskedRules(in: try compiled("active", planning: .inService), areAskedAsIfActive: false).text == nil)
        let retired = try compiled("retired", planning: .asIfActive)
        #expect(UnaskedRules(in: retired, areAskedAsIfActive: true).text == nil)
        #expect(try await alerts(retired).isEmpty)
    }
}
