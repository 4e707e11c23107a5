public import Documents

/// Codes that are looked for among many: of all observations of a record, the ones that any rule reads.
///
/// - Complexity: one comparison of integers for most codes; no text is made of them.
public struct CodeFilter: Sendable {
    /// Codes of one to eight bytes, as nearly all of LOINC are, each as one integer; 0 is an empty place. A quarter full at most.
    private var short: [UInt64]
    private var long: Set<String> = []

    public init(_ codes: some Swift.Collection<String>) {
        var size = 16
        while size < codes.count * 4 { size *= 2 }
        short = Array(repeating: 0, count: size)
        for code in codes {
            if let word = Self.word(of: code) { short[place(of: word)] = word } else { long.insert(code) }
        }
    }

    /// True where the string is one of the codes.
    func holds(_ view: JSONView) -> Bool {
        if let word = view.shortText, word != 0 { return short[place(of: word)] == word }
        guard let text = view.string else { return false }
        return Self.word(of: text).map { short[place(of: $0)] == $0 } ?? long.contains(text)
    }

    /// A short code as an integer, as `JSONNode.shortText` has it.
    private static func word(of code: String) -> UInt64? {
        guard !code.isEmpty, code.utf8.count <= 8 else { return nil }
        return code.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Where the word stands, or would stand.
    private func place(of word: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 40) & (short.count - 1)
        while short[place] != 0, short[place] != word { place = (place + 1) & (short.count - 1) }
        return place
    }
}
