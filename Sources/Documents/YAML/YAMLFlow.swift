extension YAMLNode {
    /// The value on one line: maps in braces, lists in brackets, text quoted where it must be.
    ///
    /// Read again it says the same.
    public var flowText: String {
        switch self {
        case .scalar(let text, _, _):
            return Self.flowScalar(text)
        case .sequence(let elements, _, _):
            return "[" + elements.map(\.flowText).joined(separator: ", ") + "]"
        case .mapping(let entries, _, _):
            if entries.isEmpty { return "{}" }
            return "{ " + entries.map { "\($0.key.flowText): \($0.value.flowText)" }.joined(separator: ", ") + " }"
        }
    }

    /// Text as a scalar inside braces or brackets: plain where that cannot be mistaken, else in quotes.
    public static func flowScalar(_ text: String) -> String {
        isPlain(text, inFlow: true) ? text : quoted(text)
    }

    /// Text as a scalar on a line of its own, after a key or a dash.
    public static func blockScalar(_ text: String) -> String {
        isPlain(text, inFlow: false) ? text : quoted(text)
    }

    /// Whether text may stand without quotes.
    static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        if first == " " || last == " " || last == ":" { return false }
        if "!&*?|>%@`\"'#,[]{}".unicodeScalars.contains(first) { return false }
        if first == "-", text.utf8.count == 1 || text.hasPrefix("- ") || text.hasPrefix("---") { return false }
        var previous: Unicode.Scalar = "a"
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || scalar.value == 0x7F { return false }
            if inFlow, ",[]{}".unicodeScalars.contains(scalar) { return false }
            if previous == ":", scalar == " " { return false }
            if inFlow, previous == ":" { return false }
            if scalar == "#", previous == " " { return false }
            previous = scalar
        }
        return !(text.hasPrefix(":") || text.hasPrefix("? "))
    }

    private static func quoted(_ text: String) -> String {
        if !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case let scalar where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
