/// Text as GitHub-flavoured Markdown that shows it as it is.
///
/// What a record or a rule says is text, never markup: it cannot emphasise, link, quote, or bring HTML in. Every sign with a
/// meaning is ASCII, so the text is gone through byte by byte.
///
/// - Source: GitHub Flavored Markdown 0.29, "Backslash escapes", "Entity references", "Autolinks (extension)".
enum Markdown {
    /// One line of text, every sign with a meaning escaped.
    static func escaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { !isPlain($0) }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 16)
        for (position, byte) in bytes.enumerated() {
            let next = position + 1 < bytes.count ? bytes[position + 1] : nil
            switch Character(Unicode.Scalar(byte)) {
            case "\\", "*", "_", "`", "[", "]", "|", "~", "@": result += [backslash, byte]
            case "<" where PlainText.canBeginTag(next): result += "&lt;".utf8
            case "&" where beginsEntity(bytes, after: position): result += "&amp;".utf8
            case ":" where next == UInt8(ascii: "/"): result += [backslash, byte]
            case "." where endsWithWWW(bytes, before: position): result += [backslash, byte]
            case "#", "+", "-", ">", "=", ".", ")":
                if beginsBlock(bytes, at: position) { result.append(backslash) }
                result.append(byte)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `**label:** text`, as an entry of a list.
    static func entry(_ label: String, _ text: String) -> String {
        "- **\(label):** \(text)"
    }

    private static let backslash = UInt8(ascii: "\\")

    /// Letters, digits, blanks and commas: without any meaning wherever they stand.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte >= 0x80
    }

    /// True where `&` and what follows would be read as an entity.
    private static func beginsEntity(_ bytes: [UInt8], after position: Int) -> Bool {
        let rest = bytes[(position + 1)...].prefix(33)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > position + 1 else { return false }
        return rest[..<end].allSatisfy { $0 == UInt8(ascii: "#") || $0.isASCIILetter || $0.isASCIIDigit }
    }

    /// True where the sign would make a heading, a list, a quotation or a rule of its line.
    private static func beginsBlock(_ bytes: [UInt8], at position: Int) -> Bool {
        guard bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ")") else { return position == 0 }
        let isNumber = (1..<10).contains(position) && bytes[..<position].allSatisfy(\.isASCIIDigit)
        return isNumber && (position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: " "))
    }

    private static func endsWithWWW(_ bytes: [UInt8], before position: Int) -> Bool {
        position >= 3 && bytes[(position - 3)..<position].allSatisfy { $0 == UInt8(ascii: "w") || $0 == UInt8(ascii: "W") }
    }
}
