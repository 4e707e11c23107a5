import Clinical
import Documents
import Foundation
import RuleLanguage
import Testing

/// Rule files that were spoilt: bytes, tokens, structure. Each gives rules or diagnostics, never a trap.
///
/// VIGIL_MUTATIONS says how many files are made; `scripts/fuzz-rules` runs ten thousand and states the time.
@Suite struct MutationTests {
    private static let count = ProcessInfo.processInfo.environment["VIGIL_MUTATIONS"].flatMap(Int.init) ?? 1_000

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

    /// Words that mean something somewhere in the language.
    private static let tokens: [String] = {
        let keys = (Vocabulary.rule + Vocabulary.grade + Vocabulary.suggestion + Vocabulary.drugs + Vocabulary.sets).map(\.name)
        let marks = ["{", "}", "[", "]", ":", "- ", "\n", "\t", "  ", "&x", "*x", "!!int", "---", "|", ">", "\"", "'", "#", "$", "${", "%", "\u{FEFF}", "“", "yes", "unknown"]
        let values = ["90 d", "30 d before potassium", "5.5 mmol/L", "1e999 mg", "-1", "99999999999999999999 y", "2026-02-30", "warfarin", "nsaid", "serum-potassium"]
        return keys.map { $0 + ": " } + FactForms.keys.map { "{ \($0): " } + marks + values
    }()

    @Test func noMutationTraps() {
        var generator = SeededGenerator(state: 20_260_115)
        var compiled = 0
        var slowest = Duration.zero
        for _ in 0..<Self.count {
            let bytes = Self.mutate(Self.seeds.randomElement(using: &generator) ?? "", &generator)
            let start = ContinuousClock.now
            let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", bytes: bytes)])
            slowest = max(slowest, ContinuousClock.now - start)
            #expect(ruleSet != nil || diagnostics.contains { $0.severity == .error }, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(diagnostics.allSatisfy { ($0.range?.end ?? 0) <= bytes.count }, "\(String(decoding: bytes, as: UTF8.self))")
            if ruleSet != nil { compiled += 1 }
        }
        print("\(Self.count) spoilt rule files, \(compiled) of them rules still; the slowest took \(slowest)")
        // Some must still be rules, or the mutations are too coarse to reach what comes after YAML.
        #expect(compiled > Self.count / 100)
    }

    private static func mutate(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            if bytes.isEmpty { bytes = [10] }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
            case 2: bytes.insert(contentsOf: bytes[max(0, place - 60)..<place], at: place)
            case 3: bytes.insert(contentsOf: (tokens.randomElement(using: &generator) ?? "").utf8, at: place)
            case 4: bytes = swapWords(bytes, &generator)
            case 5: bytes = moveLine(bytes, &generator)
            case 6: bytes = indentLine(bytes, &generator)
            default: bytes.insert(contentsOf: nest(&generator).utf8, at: place)
            }
        }
        return bytes
    }

    private static func swapWords(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var words = bytes.split(separator: 32, omittingEmptySubsequences: false)
        guard words.count > 1 else { return bytes }
        words.swapAt(Int.random(in: 0..<words.count, using: &generator), Int.random(in: 0..<words.count, using: &generator))
        return Array(words.joined(separator: [32]))
    }

    private static func moveLine(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        guard lines.count > 1 else { return bytes }
        let line = lines.remove(at: Int.random(in: 0..<lines.count, using: &generator))
        lines.insert(line, at: Int.random(in: 0...lines.count, using: &generator))
        return Array(lines.joined(separator: [10]))
    }

    private static func indentLine(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        let number = Int.random(in: 0..<lines.count, using: &generator)
        lines[number] = Bool.random(using: &generator) ? ArraySlice([32, 32] + lines[number]) : lines[number].drop { $0 == 32 }
        return Array(lines.joined(separator: [10]))
    }

    private static func nest(_ generator: inout SeededGenerator) -> String {
        let depth = [5, 40, 3_000].randomElement(using: &generator) ?? 5
        return String(repeating: ["{ any: ", "[", "{ none: [", "- "].randomElement(using: &generator) ?? "[", count: depth)
    }
}
