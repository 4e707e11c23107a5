import Documents

/// Finds texts that a `#` has cut in two: in YAML a `#` after a blank begins a comment, also in the middle of a sentence.
///
/// Only texts that people read: beside a name or a number a comment is meant as one.
enum CutText {
    private static let keys: Set<String> = [
        "title", "summary", "detail", "consequence", "mechanism", "management", "label", "cite", "reason", "words", "question",
    ]

    /// V116 for each.
    static func diagnostics(in node: YAMLNode, of source: Source) -> [Diagnostic] {
        texts(in: node, isText: false).compactMap { text, range in
            guard let sign = comment(after: range, in: source) else { return nil }
            let end = source.bytes[sign...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? source.bytes.count
            let rest = source.text(in: SourceRange(start: sign, end: end))
            let whole = "\(text) \(rest)".replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return Diagnostic(
                code: "V116", severity: .warning, message: "the text ends here: what follows the `#` is a comment", file: source.name,
                range: SourceRange(start: sign, end: end), label: "not part of the text",
                help: ["put the text in quotes if it belongs to it: `\"\(whole)\"`", "or put the comment on a line of its own"])
        }
    }

    /// Plain texts under a key that is read by people, with their places.
    private static func texts(in node: YAMLNode, isText: Bool) -> [(text: String, range: SourceRange)] {
        switch node {
        case .scalar(let text, .plain, let range): isText && text.contains(" ") ? [(text, range)] : []
        case .scalar: []
        case .sequence(let elements, _, _): elements.flatMap { texts(in: $0, isText: isText) }
        case .mapping(let entries, _, _):
            entries.flatMap { texts(in: $0.value, isText: isText || $0.key.text.map(keys.contains) ?? false) }
        }
    }

    /// Where a comment begins on the line on which a text ends.
    private static func comment(after range: SourceRange, in source: Source) -> Int? {
        guard range.end >= 0, range.end < source.bytes.count else { return nil }
        let next = source.bytes[range.end...].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return next.flatMap { $0 > range.end && source.bytes[$0] == UInt8(ascii: "#") ? $0 : nil }
    }
}
