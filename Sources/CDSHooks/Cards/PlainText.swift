/// Text fit for a single line of a card: no line breaks, no control or direction marks, no markup.
enum PlainText {
    /// `text` on one line, with blanks run together and at most `limit` characters.
    static func line(_ text: String, limit: Int = 400) -> String {
        var words: [String] = []
        for word in text.unicodeScalars.filter({ !isInvisible($0) }).split(whereSeparator: \.properties.isWhitespace) {
            words.append(String(String.UnicodeScalarView(word)))
        }
        let line = words.joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    /// The lines of `text`, each fit for a paragraph; empty ones left out.
    static func paragraphs(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line(String($0), limit: 2000) }.filter { !$0.isEmpty }
    }

    /// `text` with a sign in place of each `<` that could begin a tag, for a field that is plain text but is shown by a browser.
    static func withoutTags(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        var result = ""
        let characters = Array(text)
        for (position, character) in characters.enumerated() {
            let next = position + 1 < characters.count ? characters[position + 1] : nil
            result.append(character == "<" && canBeginTag(next) ? "‹" : character)
        }
        return result
    }

    /// True where `<` followed by this is read as a tag, a comment or an instruction (HTML, "Tag open state").
    static func canBeginTag(_ next: Character?) -> Bool {
        guard let next else { return true }
        return next == "/" || next == "!" || next == "?" || next.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    }

    /// Control characters other than white space, and marks that turn the direction of text or hide it.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200D, 0x200C: false
        case 0x0085, 0x2028, 0x2029, 0x09...0x0D: false
        case 0...0x1F, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
