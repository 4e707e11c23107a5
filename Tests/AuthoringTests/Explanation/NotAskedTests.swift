import CDSHooks
import Clinical
import Documents
import Engine
import Replay
import RuleLanguage
import SamplePack
import Testing

@testable import Authoring

/// A rule that a service does not ask is never told as one whose card is shown.
@Suite struct NotAskedTests {
    private func compiled(_ files: [RuleFile], planning: RuleSelection = .every) throws -> RuleSet {
        let compiler = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: Samples.today)
        let (set, diagnostics) = compiler.compile(files, planning: planning)
        return try #require(set, "\(diagnostics)")
    }

    private func explained(_ set: RuleSet) throws -> String {
        let knowledge = try RepositoryKnowledge.base()
        let checked = try #require(set.rules.first)
        let test = try #require(checked.tests.first { $0.name == "an older patient" })
        let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
        let trace = try #require(Evaluator(plan: set.plan, knowledge: knowledge).trace(rule: "nsaid-anticoagulant", of: prepared.snapshot, at: prepared.asOf))
        return Explanation(trace, notAsked: set.whyNotAsked(checked)).text
    }

    @Test func whatASiteHasRetired() throws {
        let set = try compiled(SamplePack.files(SamplePack.overrides("retire: yes"), rule: SamplePack.withoutFloor))
        let text = try explained(set)
        #expect(text.hasPrefix("nsaid-anticoagulant v3: not asked: retired by st-elsewhere (site/overrides.yaml) until 2026-12-31\n\n"), "\(text)")
        #expect(text.hasSuffix("  no card: the rule is not asked; it would say: An NSAID in an older patient\n"), "\(text)")
        #expect(try compiled(SamplePack.files(SamplePack.overrides("retire: yes"), rule: SamplePack.withoutFloor), planning: .inService).plan.rules.isEmpty)
    }

    @Test(arguments: [("draft", "a draft"), ("retired", "retired")])
    func whatIsNotInService(_ status: String, _ why: String) throws {
        let set = try compiled([RuleFile(SamplePack.withoutFloor.edited("status: active", "status: \(status)"))])
        let text = try explained(set)
        #expect(text.hasPrefix("nsaid-anticoagulant v3: not asked: \(why)\n\n"), "\(text)")
        #expect(text.contains("  no card: the rule is not asked; it would say: "), "\(text)")
    }

    @Test(arguments: ["active", "shadow"])
    func whatIsAskedSaysNothingOfIt(_ status: String) throws {
        let set = try compiled([RuleFile(SamplePack.withoutFloor.edited("status: active", "status: \(status)"))])
        #expect(set.whyNotAsked(try #require(set.rules.first)) == nil)
    }
}
