/// Text as GitHub-flavoured Markdown that shows it as it is.
///
/// What a record or a rule says is text, never markup: it cannot emphasise, link, quote, or bring HTML in.
///
/// - Source: GitHub Flavored Markdown 0.29, "Backslash escapes", "Entity references", "Autolinks (extension)".
enum Markdown {
    /// One line of text, every sign with a meaning escaped.
    static func escaped(_ text: String) -> String {
        let characters = Array(text)
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for (position, character) in characters.enumerated() {
            let next = position + 1 < characters.count ? characters[position + 1] : nil
            switch character {
            case "\\", "*", "_", "`", "[", "]", "|", "~", "@": result += "\\\(character)"
            case "<": result += PlainText.canBeginTag(next) ? "&lt;" : "<"
            case "&": result += beginsEntity(characters, after: position) ? "&amp;" : "&"
            case ":" where next == "/": result += "\\:"
            case "." where endsWithWWW(characters, before: position): result += "\\."
            case "#", "+", "-", ">", "=", ".", ")":
                result += beginsBlock(characters, at: position) ? "\\\(character)" : String(character)
            default: result.append(character)
            }
        }
        return result
    }

    /// `**label:** text`, as an entry of a list.
    static func entry(_ label: String, _ text: String) -> String {
        "- **\(label):** \(text)"
    }

    /// True where `&` and what follows would be read as an entity.
    private static func beginsEntity(_ characters: [Character], after position: Int) -> Bool {
        let rest = characters[(position + 1)...].prefix(33)
        guard let end = rest.firstIndex(of: ";"), end > position + 1 else { return false }
        return rest[..<end].allSatisfy { $0 == "#" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// True where the sign would make a heading, a list, a quotation or a rule of its line.
    private static func beginsBlock(_ characters: [Character], at position: Int) -> Bool {
        guard characters[position] == "." || characters[position] == ")" else { return position == 0 }
        let isNumber = (1..<10).contains(position) && characters[..<position].allSatisfy(\.isASCIIDigit)
        return isNumber && (position + 1 == characters.count || characters[position + 1] == " ")
    }

    private static func endsWithWWW(_ characters: [Character], before position: Int) -> Bool {
        position >= 3 && characters[(position - 3)..<position].allSatisfy { $0 == "w" || $0 == "W" }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
