public import Documents

/// Writes a rule file as the house writes it: two blanks a level, text as blocks, one blank after a brace, comments kept.
///
/// Idempotent, and never wrong: what it wrote is read again and must say the same, else the file stays as it was.
public struct RuleFormatter {
    /// Lines are kept below this where words can be moved to the next.
    static let width = 140

    private let source: Source
    private var comments: ArraySlice<YAMLComment> = []
    private var lines: [String] = []

    /// The bytes of the file as they should be.
    ///
    /// - Returns: the file as it is where it cannot be read as YAML, or where formatting would change what it says.
    public static func format(_ source: Source) -> [UInt8] {
        let (node, diagnostics) = YAMLReader.read(source)
        guard let node, !diagnostics.contains(where: { $0.severity == .error }) else { return source.bytes }
        return once(source, node) ?? source.bytes
    }

    private static func once(_ source: Source, _ node: YAMLNode) -> [UInt8]? {
        var formatter = RuleFormatter(source: source)
        let comments = YAMLComment.all(in: source, node)
        formatter.comments = comments[...]
        formatter.write(block: node, indent: 0)
        formatter.writeComments(before: source.bytes.count + 1, indent: 0)
        let text = formatter.lines.map(\.withoutTrailingBlanks).joined(separator: "\n") + "\n"
        let written = Source(name: source.name, text: text)
        guard let again = YAMLReader.read(written).node, again.says(theSameAs: node),
            YAMLComment.all(in: written, again).map(\.text) == comments.map(\.text)
        else { return nil }
        return written.bytes
    }

    private init(source: Source) {
        self.source = source
    }

    // MARK: Blocks

    private mutating func write(block node: YAMLNode, indent: Int) {
        switch node {
        case .mapping(let entries, _, false):
            for entry in entries { write(entry, indent: indent, first: nil) }
        case .sequence(let elements, _, false):
            for element in elements { write(item: element, indent: indent) }
        default:
            lines.append(blanks(indent) + inline(node))
        }
    }

    /// - Parameter first: what stands before the key on its line, for the first key of a list's item.
    private mutating func write(_ entry: YAMLNode.Entry, indent: Int, first: String?) {
        if first == nil { lead(to: entry.key.range.start, indent: indent) }
        let head = (first ?? blanks(indent)) + inline(entry.key) + ":"
        let value = entry.value
        switch value {
        case .mapping(let entries, _, false) where !entries.isEmpty:
            lines.append(head)
            trail(from: entry.key)
            write(block: value, indent: indent + 2)
        case .sequence(let elements, _, false) where !elements.isEmpty:
            lines.append(head)
            trail(from: entry.key)
            write(block: value, indent: indent + 2)
        default:
            write(value, after: head, indent: indent)
        }
    }

    private mutating func write(item element: YAMLNode, indent: Int) {
        lead(to: element.range.start, indent: indent)
        let head = blanks(indent) + "- "
        switch element {
        case .mapping(let entries, _, false) where !entries.isEmpty:
            for (number, entry) in entries.enumerated() {
                write(entry, indent: indent + 2, first: number == 0 ? head : nil)
            }
        case .sequence(let elements, _, false) where !elements.isEmpty:
            lines.append(blanks(indent) + "-")
            write(block: element, indent: indent + 2)
        default:
            write(element, after: blanks(indent) + "-", indent: indent)
        }
    }

    /// A value on the line of its key, or as a block of text below it.
    private mutating func write(_ value: YAMLNode, after head: String, indent: Int) {
        if case .scalar(let text, let style, let range) = value {
            if style == .literal || style == .folded {
                return writeBlock(scalar: text, style, range, after: head, indent: indent)
            }
            let isLong = head.count + 1 + text.count > Self.width && text.contains(" ") && !text.contains("\n")
            if isLong, style == .plain || style == .double || style == .single, Self.canFold(text) {
                return writeFolded(text, after: head, indent: indent, from: value)
            }
            if text.isEmpty, style == .plain {
                lines.append(head)
                return trail(from: value)
            }
        }
        if holdsComment(value) { return writeVerbatim(value, after: head, indent: indent) }
        lines.append(head + " " + inline(value))
        trail(from: value)
    }

    // MARK: Text

    private static func canFold(_ text: String) -> Bool {
        !text.contains("  ") && text.first != " " && text.last != " " && !text.contains("\t")
    }

    private mutating func writeFolded(_ text: String, after head: String, indent: Int, from node: YAMLNode) {
        lines.append(head + " >-")
        trail(from: node)
        var line = blanks(indent + 2)
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > Self.width {
                lines.append(line)
                line = blanks(indent + 2)
                isEmpty = true
            }
            line += isEmpty ? String(word) : " " + word
            isEmpty = false
        }
        lines.append(line)
    }

    /// A block of text keeps its lines, moved to where they belong.
    private mutating func writeBlock(scalar text: String, _ style: YAMLNode.Style, _ range: SourceRange, after head: String, indent: Int) {
        let written = source.text(in: range).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let header = (written.first ?? "|").withoutTrailingBlanks
        lines.append(head + " " + header)
        var body = Array(written.dropFirst())
        while body.last?.allSatisfy(\.isWhitespace) ?? false { body.removeLast() }
        let own = body.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        for line in body { lines.append(line.allSatisfy(\.isWhitespace) ? "" : blanks(indent + 2) + line.dropFirst(own)) }
    }

    /// A scalar as its author wrote it, a list or map on one line.
    private func inline(_ node: YAMLNode) -> String {
        switch node {
        case .scalar(let text, let style, let range):
            let written = source.text(in: range)
            if style == .plain, !written.contains("\n") { return written }
            if (style == .single || style == .double) && !written.contains("\n") { return written }
            return node.isEmptyScalar ? "" : YAMLNode.flowScalar(text)
        case .sequence(let elements, _, _):
            return "[" + elements.map(inline).joined(separator: ", ") + "]"
        case .mapping(let entries, _, _):
            if entries.isEmpty { return "{}" }
            return "{ " + entries.map { "\(inline($0.key)): \(inline($0.value))" }.joined(separator: ", ") + " }"
        }
    }

    /// A list or map in brackets with comments inside stays line for line.
    private mutating func writeVerbatim(_ value: YAMLNode, after head: String, indent: Int) {
        let written = source.text(in: value.range).split(separator: "\n", omittingEmptySubsequences: false).map { String($0).withoutTrailingBlanks }
        let rest = written.dropFirst()
        let own = rest.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        lines.append(head + " " + (written.first ?? ""))
        for line in rest { lines.append(line.isEmpty ? "" : blanks(indent + 2) + line.dropFirst(own)) }
        comments = comments.drop { $0.start < value.range.end }
        trail(from: value)
    }

    // MARK: Comments and blank lines

    private func holdsComment(_ node: YAMLNode) -> Bool {
        comments.contains { $0.start > node.range.start && $0.start < node.range.end }
    }

    /// What stands before a place: comments of their own, and one blank line where there was at least one.
    private mutating func lead(to offset: Int, indent: Int) {
        writeComments(before: offset, indent: indent)
        if hasBlankLine(before: offset), !(lines.last?.isEmpty ?? true) { lines.append("") }
    }

    private mutating func writeComments(before offset: Int, indent: Int) {
        while let comment = comments.first, comment.start < offset {
            comments.removeFirst()
            if hasBlankLine(before: comment.start), !(lines.last?.isEmpty ?? true) { lines.append("") }
            lines.append(blanks(indent) + comment.text)
        }
    }

    private func hasBlankLine(before offset: Int) -> Bool {
        let line = source.position(of: offset).line
        return line > 1 && source.lineText(line - 1).allSatisfy(\.isWhitespace)
    }

    /// A comment at the end of the line on which a value ends stays there.
    private mutating func trail(from node: YAMLNode) {
        guard let comment = comments.first, !comment.isAlone else { return }
        let line = source.position(of: comment.start).line
        guard line == source.position(of: max(node.range.start, node.range.end - 1)).line || line == source.position(of: node.range.start).line else { return }
        comments.removeFirst()
        lines[lines.count - 1] += " " + comment.text
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
