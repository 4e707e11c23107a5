/// Texts as they are compared: one line, small letters, plain quotes and hyphens, no Markdown emphasis.
enum CardWords {
    static func plain(_ text: String) -> [UInt8] {
        var plain = ""
        var isSpace = true
        for character in text {
            switch character {
            case "*", "_", "`", "\\": continue
            case "’", "‘": plain.append("'")
            case "“", "”": plain.append("\"")
            case "‐", "‑", "‒", "–", "—", "−": plain.append("-")
            case _ where character.isWhitespace:
                if !isSpace { plain.append(" ") }
                isSpace = true
                continue
            default: plain.append(contentsOf: character.lowercased())
            }
            isSpace = false
        }
        if plain.last == " " { plain.removeLast() }
        return Array(plain.utf8)
    }

    /// Whether a text says one of `a|b`.
    ///
    /// A number must stand alone: 2.8 is not in 12.8. A word of up to four letters must be a word, with s, c, d, er or ing allowed
    /// behind it: QT is in QTc, and ALT is not in alternative. Anything else counts wherever it stands.
    static func says(_ text: [UInt8], _ alternatives: String) -> Bool {
        alternatives.split(separator: "|").contains { alternative in
            let wanted = plain(String(alternative))
            return places(of: wanted, in: text).contains { isWhole(wanted, at: $0, in: text) }
        }
    }

    /// Whether a text holds one of these names as a word, with a plural's ending or without.
    static func names(_ text: [UInt8], anyOf names: Set<[UInt8]>) -> Bool {
        names.contains { name in
            places(of: name, in: text).contains { start in
                guard start == 0 || !isWordPart(text[start - 1]) else { return false }
                let rest = text[(start + name.count)...]
                return ["", "s", "es"].contains { ending in
                    rest.starts(with: ending.utf8) && (rest.dropFirst(ending.utf8.count).first.map { !isWordPart($0) } ?? true)
                }
            }
        }
    }

    /// A name and its telling words: `sodium chloride` is told by itself and by `sodium`.
    static func telling(_ name: String) -> Set<[UInt8]> {
        let whole = plain(name)
        var words: Set<[UInt8]> = [whole]
        for word in whole.split(whereSeparator: { !isWordPart($0) && $0 != UInt8(ascii: "'") }) where word.count >= 4 {
            let text = String(decoding: word, as: UTF8.self)
            if !tellsNothing.contains(text), !word.allSatisfy(isDigit) { words.insert(Array(word)) }
        }
        if name.contains("A1c") { words.formUnion([Array("a1c".utf8), Array("hba1c".utf8)]) }
        return words.filter { !$0.isEmpty }
    }

    private static let tellsNothing: Set<String> = [
        "extract", "chloride", "carbonate", "sulfate", "gluconate", "mononitrate", "acid", "recombinant", "inactivated", "vaccine", "basic",
        "panel", "cardiac", "known", "throat", "closed", "methyl",
    ]

    // MARK: Places

    private static func places(of wanted: [UInt8], in text: [UInt8]) -> [Int] {
        guard let first = wanted.first, text.count >= wanted.count else { return [] }
        return (0...(text.count - wanted.count)).filter { text[$0] == first && text[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    private static func isWhole(_ wanted: [UInt8], at start: Int, in text: [UInt8]) -> Bool {
        let end = start + wanted.count
        let before = start > 0 ? text[start - 1] : 32
        if let first = wanted.first, isDigit(first) {
            if isDigit(before) { return false }
            let isPoint = before == UInt8(ascii: ".") || before == UInt8(ascii: ",")
            if isPoint, start > 1, isDigit(text[start - 2]) { return false }
        }
        if let last = wanted.last, isDigit(last), end < text.count, isDigit(text[end]) { return false }
        guard wanted.count <= 4, wanted.allSatisfy(isLetter) else { return true }
        guard !isLetter(before) else { return false }
        return ["", "s", "c", "d", "er", "ing"].contains { ending in
            let rest = text[end...]
            return rest.starts(with: ending.utf8) && (rest.dropFirst(ending.utf8.count).first.map { !isLetter($0) } ?? true)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

    private static func isWordPart(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
}
