public import Documents

/// What was found in rule files, with the texts that it points into.
public struct Complaints: Sendable {
    public let diagnostics: [Diagnostic]
    public let sources: [Source]

    public init(diagnostics: [Diagnostic], sources: [Source]) {
        self.diagnostics = diagnostics
        self.sources = sources
    }

    /// How many there are of a severity.
    public func count(of severity: Diagnostic.Severity) -> Int {
        diagnostics.count { $0.severity == severity }
    }

    /// The rules whose review is overdue, a diagnostic each.
    public var overdueReviews: [Diagnostic] { diagnostics.filter { $0.code == "V501" } }

    /// All of them, rendered.
    public func rendered(as format: DiagnosticFormat, color: Bool = false) -> String {
        let named = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return DiagnosticRenderer(format: format, color: color).render(diagnostics, sources: named)
    }
}
