/// Text as GitHub-flavoured Markdown that shows it as it is.
///
/// What a record or a rule says is text, never markup: it cannot emphasise, link, quote, or bring HTML in. Every sign with a
/// meaning is ASCII, so the text is gone through byte by byte.
///
/// - Source: GitHub Flavored Markdown 0.29, "Backslash escapes", "Entity references", "Autolinks (extension)".
enum Markdown {
    /// One line of text, every sign with a meaning escaped.
    static func escaped(_ text: String) -> String {
        var text = text
        return text.withUTF8(escaped) ?? text
    }

    /// `**label:** text`, as an entry of a list.
    static func entry(_ label: String, _ text: String) -> String {
        PlainText.joined(["- **", label, ":** ", text], by: "")
    }

    /// What takes a sign's place.
    private enum Escape {
        case none, backslash
        case entity(StaticString)
    }

    /// The bytes with what has a meaning escaped; `nil` where nothing has one.
    private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var result: [UInt8] = []
        var written = 0
        for position in bytes.indices where !isPlain(bytes[position]) {
            let escape = escape(bytes, at: position)
            if case .none = escape { continue }
            if written == 0 { result.reserveCapacity(bytes.count + 32) }
            result.append(contentsOf: bytes[written..<position])
            if case .entity(let name) = escape {
                name.withUTF8Buffer { result.append(contentsOf: $0) }
                written = position + 1
            } else {
                result.append(UInt8(ascii: "\\"))
                written = position
            }
        }
        guard !result.isEmpty else { return nil }
        result.append(contentsOf: bytes[written...])
        return String(decoding: result, as: UTF8.self)
    }

    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Escape {
        let next = position + 1 < bytes.count ? bytes[position + 1] : nil
        switch UInt32(bytes[position]) {
        case "\\", "*", "_", "`", "[", "]", "|", "~", "@": return .backslash
        case "<": return PlainText.canBeginTag(next) ? .entity("&lt;") : .none
        case "&": return beginsEntity(bytes, after: position) ? .entity("&amp;") : .none
        case ":": return next == UInt8(ascii: "/") ? .backslash : .none
        case "." where endsWithWWW(bytes, before: position): return .backslash
        case "#", "+", "-", ">", "=", ".", ")": return beginsBlock(bytes, at: position) ? .backslash : .none
        default: return .none
        }
    }

    /// Letters, digits, blanks and commas: without any meaning wherever they stand.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || byte >= 0x80
    }

    /// True where `&` and what follows would be read as an entity.
    private static func beginsEntity(_ bytes: UnsafeBufferPointer<UInt8>, after position: Int) -> Bool {
        let rest = bytes[(position + 1)...].prefix(33)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > position + 1 else { return false }
        return rest[..<end].allSatisfy { $0 == UInt8(ascii: "#") || $0.isASCIILetter || $0.isASCIIDigit }
    }

    /// True where the sign would make a heading, a list, a quotation or a rule of its line.
    private static func beginsBlock(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ")") else { return position == 0 }
        let isNumber = (1..<10).contains(position) && bytes[..<position].allSatisfy(\.isASCIIDigit)
        return isNumber && (position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: " "))
    }

    private static func endsWithWWW(_ bytes: UnsafeBufferPointer<UInt8>, before position: Int) -> Bool {
        position >= 3 && bytes[(position - 3)..<position].allSatisfy { $0 == UInt8(ascii: "w") || $0 == UInt8(ascii: "W") }
    }
}

/// Lets signs stand in the cases of a switch over code points.
private func ~= (sign: Unicode.Scalar, value: UInt32) -> Bool { sign.value == value }
