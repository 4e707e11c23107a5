import Clinical

/// Reads the words of one shorthand item from left to right.
struct WordReader {
    let words: [PlacedText.Word]
    private(set) var position = 0

    init(_ text: PlacedText) {
        words = text.words
    }

    init(_ words: [PlacedText.Word]) {
        self.words = words
    }

    var isAtEnd: Bool { position >= words.count }
    var next: PlacedText.Word? { peek(0) }
    var rest: ArraySlice<PlacedText.Word> { words[min(position, words.count)...] }

    func peek(_ ahead: Int) -> PlacedText.Word? {
        let index = position + ahead
        return index < words.count ? words[index] : nil
    }

    mutating func skip(_ count: Int = 1) {
        position = min(position + count, words.count)
    }

    /// Takes the words if they come next, whatever their case.
    mutating func take(_ wanted: String...) -> Bool {
        for (offset, word) in wanted.enumerated() where peek(offset)?.text.lowercased() != word { return false }
        skip(wanted.count)
        return true
    }

    /// Takes the next word if it is a date, a year and month, a year, or an instant.
    mutating func takeDate() -> PartialDate? {
        guard let word = next, word.text.utf8.count >= 4, let date = PartialDate(word.text) else { return nil }
        skip()
        return date
    }

    /// Takes the date that must follow a word such as `stopped`.
    mutating func requireDate(after word: PlacedText.Word) throws(ShorthandError) -> PartialDate {
        let found = next
        if let date = takeDate() { return date }
        throw .notUnderstood(
            "`\(word.text)` needs a date after it", at: found?.bytes ?? word.bytes,
            label: found == nil ? "nothing follows" : "not a date", help: ["write the date as 2025-12-31"])
    }

    /// Words joined as they would be written, and the bytes they cover.
    static func join(_ words: ArraySlice<PlacedText.Word>) -> (text: String, bytes: Range<Int>?) {
        let text = words.map(\.text).joined(separator: " ")
        guard let first = words.first, let last = words.last else { return (text, nil) }
        return (text, first.bytes.lowerBound..<last.bytes.upperBound)
    }
}
