/// Text fit for a single line of a card: no line breaks, no control or direction marks, no markup.
enum PlainText {
    /// `text` on one line, with blanks run together and at most `limit` characters.
    static func line(_ text: String, limit: Int = 400) -> String {
        if isPlainLine(text), text.utf8.count <= limit { return text }
        var words: [String] = []
        for word in text.unicodeScalars.filter({ !isInvisible($0) }).split(whereSeparator: \.properties.isWhitespace) {
            words.append(String(String.UnicodeScalarView(word)))
        }
        let line = words.joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    /// True for printable ASCII with single blanks inside, as most texts are: nothing of it needs to be looked at by character.
    private static func isPlainLine(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var previous = UInt8(ascii: " ")
            for byte in bytes {
                guard (0x20..<0x7F).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
                previous = byte
            }
            return previous != 0x20 || bytes.isEmpty
        }
    }

    /// The lines of `text`, each fit for a paragraph; empty ones left out.
    static func paragraphs(_ text: String) -> [String] {
        // By bytes where no line can end but in ASCII; U+0085, U+2028 and U+2029 begin with one of these two.
        let lines = text.utf8.contains { $0 == 0xC2 || $0 == 0xE2 }
            ? text.split(whereSeparator: \.isNewline) : text.utf8.split { (0x0A...0x0D).contains($0) }.map(Substring.init)
        return lines.map { line(String($0), limit: 2000) }.filter { !$0.isEmpty }
    }

    /// The parts with a separator between them, written once into a text of the right size.
    static func joined(_ parts: [String], by separator: String) -> String {
        guard parts.count > 1 else { return parts.first ?? "" }
        var text = ""
        text.reserveCapacity(parts.reduce(separator.utf8.count * (parts.count - 1)) { $0 + $1.utf8.count })
        for (number, part) in parts.enumerated() {
            if number > 0 { text += separator }
            text += part
        }
        return text
    }

    /// `text` with a sign in place of each `<` that could begin a tag, for a field that is plain text but is shown by a browser.
    static func withoutTags(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        for (position, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "<"), canBeginTag(position + 1 < bytes.count ? bytes[position + 1] : nil) {
                result += "‹".utf8
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The bytes of a text with the capitals of ASCII made small, for finding whether something has been said.
    static func folded(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
    }

    /// True where `words` stand somewhere in `bytes`.
    static func bytes(_ bytes: [UInt8], contain words: [UInt8]) -> Bool {
        guard let first = words.first, words.count <= bytes.count else { return words.isEmpty }
        return bytes.withUnsafeBufferPointer { bytes in
            (0...(bytes.count - words.count)).contains { start in
                bytes[start] == first && bytes[start..<(start + words.count)].elementsEqual(words)
            }
        }
    }

    /// True where `<` followed by this byte is read as a tag, a comment or an instruction (HTML, "Tag open state"), or might be.
    static func canBeginTag(_ next: UInt8?) -> Bool {
        guard let next else { return true }
        return next >= 0x80 || next.isASCIILetter || [UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(next)
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

extension UInt8 {
    var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}
