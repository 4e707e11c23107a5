import Documents

/// Finds words that a new rule begins with and that its author has not replaced yet.
enum UnfilledText {
    /// What `vigil new` writes where the author has something to say.
    static let mark = "FILL IN"

    /// V504 for each: a warning in a draft, an error in a rule that is shown to prescribers; in a comment a warning in both.
    static func report(in node: YAMLNode, _ session: CheckSession, file: Source) {
        let severity: Diagnostic.Severity = node["status"]?.text == "active" ? .error : .warning
        for place in places(in: node) {
            session.report("V504", severity, "this is still to be filled in", file: file.name, at: place, help: ["write your own words in its place"])
        }
        for place in comments(in: file) {
            session.report(
                "V504", .warning, "this is still to be looked at", file: file.name, at: place, help: ["make the line say what you mean, then take the comment away"])
        }
    }

    /// The comments that begin with the mark, as far as the ends of their lines.
    private static func comments(in file: Source) -> [SourceRange] {
        let (comment, bytes) = (Array("# \(mark)".utf8), file.bytes)
        var found: [SourceRange] = []
        var rest = bytes[...]
        while let start = rest.firstIndex(of: comment[0]) {
            rest = bytes[(start + 1)...]
            // Before a comment stands a blank.
            guard start > 0, bytes[start - 1] == UInt8(ascii: " "), bytes[start...].starts(with: comment) else { continue }
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            found.append(SourceRange(start: start, end: end))
            rest = bytes[end...]
        }
        return found
    }

    private static func places(in node: YAMLNode) -> [SourceRange] {
        switch node {
        case .scalar(let text, _, let range): text.hasPrefix(mark) ? [range] : []
        case .sequence(let elements, _, _): elements.flatMap(places)
        case .mapping(let entries, _, _): entries.flatMap { places(in: $0.value) }
        }
    }
}
