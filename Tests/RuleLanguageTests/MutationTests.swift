import Clinical
import Documents
import RuleLanguage
import Spoiling
import Testing

/// Rule files that were spoilt: bytes, tokens, structure. Each gives rules or diagnostics, never a trap.
///
/// `scripts/fuzz-rules` spoils the rules of the repository ten thousand times, optimized, and states time and memory.
@Suite struct MutationTests {
    private static let count = 1_000

    /// Whole rules and files of sets: a rule with tests of every shape, and the right examples of the messages.
    private static let seeds = [RuleCompilerTests.good, RuleCompilerTests.good + tests] + MessageHosts.all.keys.sorted().compactMap { code -> String? in
        guard let host = MessageHosts.all[code], let page = MessageCatalog.page(code) else { return nil }
        return MessagePagesTests.file(host, page.right)
    }

    private static let tests = """

        tests:
          - case: for each of them
            today: 2026-01-25
            given: { age: 66 y, taking: [$each daily stopped 2026-01-05], ordering: [ibuprofen 400 mg 3x/day] }
            each: [warfarin 5 mg, { labs: [serum-potassium 5.7 mmol/L 2026-01-10] }]
            expect: { grade: base, severity: major, unknown: [], suggests: 1 }
          - case: silence
            given: { pregnant: no, not_supplied: [labs] }
            expect: not checked
        """

    @Test func noMutationTraps() {
        var spoiler = RuleSpoiler(seed: 20_260_115)
        let seeds = Self.seeds.map { Array($0.utf8) }
        var compiled = 0
        for _ in 0..<Self.count {
            let bytes = spoiler.spoil(oneOf: seeds)
            let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", bytes: bytes)])
            #expect(ruleSet != nil || diagnostics.contains { $0.severity == .error }, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(diagnostics.allSatisfy { ($0.range?.end ?? 0) <= bytes.count }, "\(String(decoding: bytes, as: UTF8.self))")
            if ruleSet != nil { compiled += 1 }
        }
        // Some must still be rules, or the mutations are too coarse to reach what comes after YAML.
        #expect(compiled > Self.count / 100)
    }
}
