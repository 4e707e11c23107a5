/// One remark about a text, as data: what is wrong, where, and what would do.
///
/// Renderers make text of it; nothing else does.
public struct Diagnostic: Sendable, Hashable {
    /// How much it matters: an error stops the file, a warning does not, a note only tells.
    public enum Severity: String, Sendable, CaseIterable { case error, warning, note }

    /// Another place that belongs to the remark, such as the first of two equal keys.
    public struct Related: Sendable, Hashable {
        public var file: String
        public var range: SourceRange
        public var message: String

        public init(file: String, range: SourceRange, message: String) {
            self.file = file
            self.range = range
            self.message = message
        }
    }

    /// The stable name, such as `V201`; a code never changes meaning.
    public var code: String
    public var severity: Severity
    /// One plain sentence about the author's own text, without a full stop.
    public var message: String
    /// The name of the `Source` it is about.
    public var file: String
    /// The bytes it points at; nil if it is about the whole file.
    public var range: SourceRange?
    /// A few words beside the caret.
    public var label: String?
    /// What would do, one suggestion each.
    public var help: [String]
    /// What else is worth knowing.
    public var notes: [String]
    public var related: [Related]

    public init(
        code: String, severity: Severity = .error, message: String, file: String, range: SourceRange? = nil,
        label: String? = nil, help: [String] = [], notes: [String] = [], related: [Related] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.file = file
        self.range = range
        self.label = label
        self.help = help
        self.notes = notes
        self.related = related
    }
}

/// How diagnostics are shown.
public enum DiagnosticFormat: String, CaseIterable, Sendable {
    /// The line, a caret below it, help and notes.
    case text
    /// `file:line:column: error[V201]: message`, one a line.
    case concise
    /// One JSON array.
    case json
}
