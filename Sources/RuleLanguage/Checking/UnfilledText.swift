import Documents

/// Finds words that a new rule begins with and that its author has not replaced yet.
enum UnfilledText {
    /// What `vigil new` writes where the author has something to say.
    static let mark = "FILL IN"

    /// V504 for each: a warning in a draft, an error in a rule that is shown to prescribers.
    static func report(in node: YAMLNode, _ session: CheckSession, file: String) {
        let severity: Diagnostic.Severity = node["status"]?.text == "active" ? .error : .warning
        for place in places(in: node) {
            session.report("V504", severity, "this is still to be filled in", file: file, at: place, help: ["write your own words in its place"])
        }
    }

    private static func places(in node: YAMLNode) -> [SourceRange] {
        switch node {
        case .scalar(let text, _, let range): text.hasPrefix(mark) ? [range] : []
        case .sequence(let elements, _, _): elements.flatMap(places)
        case .mapping(let entries, _, _): entries.flatMap { places(in: $0.value) }
        }
    }
}
