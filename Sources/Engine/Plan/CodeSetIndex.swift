import Clinical
import Knowledge

/// Which code sets a stated coding belongs to.
///
/// A set may name a category of ICD-10-CM with all that lies below it; such a code is found by cutting the stated code
/// shorter, never by looking at how a code happens to begin in another system.
struct CodeSetIndex: Sendable {
    private var exact: [Key: [Int32]] = [:]
    private var prefixes: [Key: [Int32]] = [:]
    /// Lengths of prefixes, a bit each; those of 63 and more share the last.
    private var prefixLengths: UInt64 = 0
    private var withResults: Set<Int32> = []
    /// The number of sets.
    let count: Int

    private struct Key: Hashable, Sendable {
        let system: CodeSystem
        let code: String

        /// By the code alone, which seldom stands in two systems; a system's URI is long.
        func hash(into hasher: inout Hasher) {
            hasher.combine(code)
        }
    }

    init(_ sets: [CodeSet]) {
        count = sets.count
        for (number, set) in sets.enumerated() {
            for match in set.codes {
                if match.system == .loinc { withResults.insert(Int32(number)) }
                let key = Key(system: match.system, code: match.code)
                if match.isPrefix {
                    prefixes[key, default: []].append(Int32(number))
                    prefixLengths |= Self.bit(ofLength: match.code.utf8.count)
                } else {
                    exact[key, default: []].append(Int32(number))
                }
            }
        }
    }

    /// Codes that stand in a set by themselves, of whatever system.
    var codes: Set<String> { Set(exact.keys.map(\.code)) }

    /// True where a result of an observation can be of the set.
    func holdsResults(_ set: CodeSetID) -> Bool { withResults.contains(set.index) }

    /// Calls `body` with each set that holds the coding; a set may come more than once.
    func forEachSet(holding coding: Coding, _ body: (CodeSetID) -> Void) {
        guard let system = coding.system else { return }
        for set in exact[Key(system: system, code: coding.code)] ?? [] { body(CodeSetID(index: set)) }
        guard prefixLengths > 0, system == .icd10CM else { return }
        var code = Substring(coding.code)
        while !code.isEmpty {
            defer { code = code.dropLast() }
            guard prefixLengths & Self.bit(ofLength: code.utf8.count) != 0 else { continue }
            for set in prefixes[Key(system: system, code: String(code))] ?? [] { body(CodeSetID(index: set)) }
        }
    }

    private static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }
}
