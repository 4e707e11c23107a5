import RuleLanguage

/// Spoils rule files: bytes, tokens, structure. The same seed spoils the same texts the same way.
public struct RuleSpoiler: Sendable {
    private var generator: SeededGenerator

    public init(seed: UInt64) {
        generator = SeededGenerator(state: seed)
    }

    /// One of `texts`, with up to three things changed, taken out, put in, doubled, moved or nested deeply.
    public mutating func spoil(oneOf texts: [[UInt8]]) -> [UInt8] {
        var bytes = texts.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            if bytes.isEmpty { bytes = [10] }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &generator)))
            case 2: bytes.insert(contentsOf: bytes[max(0, place - 60)..<place], at: place)
            case 3: bytes.insert(contentsOf: (Self.tokens.randomElement(using: &generator) ?? "").utf8, at: place)
            case 4: bytes = swapWords(bytes)
            case 5: bytes = moveLine(bytes)
            case 6: bytes = indentLine(bytes)
            default: bytes.insert(contentsOf: nest().utf8, at: place)
            }
        }
        return bytes
    }

    /// Words that mean something somewhere in the language.
    private static let tokens: [String] = {
        let keys = (Vocabulary.rule + Vocabulary.grade + Vocabulary.suggestion + Vocabulary.drugs + Vocabulary.sets).map(\.name)
        let marks = ["{", "}", "[", "]", ":", "- ", "\n", "\t", "  ", "&x", "*x", "!!int", "---", "|", ">", "\"", "'", "#", "$", "${", "%", "\u{FEFF}", "“", "yes", "unknown"]
        let values = ["90 d", "30 d before potassium", "5.5 mmol/L", "1e999 mg", "-1", "99999999999999999999 y", "2026-02-30", "warfarin", "nsaid", "serum-potassium"]
        return keys.map { $0 + ": " } + FactForms.keys.map { "{ \($0): " } + marks + values
    }()

    private mutating func swapWords(_ bytes: [UInt8]) -> [UInt8] {
        var words = bytes.split(separator: 32, omittingEmptySubsequences: false)
        guard words.count > 1 else { return bytes }
        words.swapAt(Int.random(in: 0..<words.count, using: &generator), Int.random(in: 0..<words.count, using: &generator))
        return Array(words.joined(separator: [32]))
    }

    private mutating func moveLine(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        guard lines.count > 1 else { return bytes }
        let line = lines.remove(at: Int.random(in: 0..<lines.count, using: &generator))
        lines.insert(line, at: Int.random(in: 0...lines.count, using: &generator))
        return Array(lines.joined(separator: [10]))
    }

    private mutating func indentLine(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        let number = Int.random(in: 0..<lines.count, using: &generator)
        lines[number] = Bool.random(using: &generator) ? ArraySlice([32, 32] + lines[number]) : lines[number].drop { $0 == 32 }
        return Array(lines.joined(separator: [10]))
    }

    private mutating func nest() -> String {
        let depth = [5, 40, 3_000].randomElement(using: &generator) ?? 5
        return String(repeating: ["{ any: ", "[", "{ none: [", "- "].randomElement(using: &generator) ?? "[", count: depth)
    }
}
