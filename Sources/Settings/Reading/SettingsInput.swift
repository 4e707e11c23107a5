public import Documents

/// Everything that is said about the configuration, not yet read: flags before the environment before the file.
public struct SettingsInput: Sendable {
    /// One flag as it was given.
    public struct Flag: Sendable, Hashable {
        /// The setting that it stands for, such as `listen.port`.
        public let path: String
        /// As messages call it, such as `--port`.
        public let name: String
        public let text: String

        public init(path: String, name: String, text: String) {
            self.path = path
            self.name = name
            self.text = text
        }
    }

    public var file: Source?
    /// The variables of the environment; those that do not begin with `VIGIL_` are passed over.
    public var environment: [String: String]
    /// In the order given; a list takes each of its own.
    public var flags: [Flag]

    public init(file: Source? = nil, environment: [String: String] = [:], flags: [Flag] = []) {
        self.file = file
        self.environment = environment
        self.flags = flags
    }
}

/// A configuration that cannot be used, with everything that is wrong with it.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]
    public let sources: [Source]

    public init(diagnostics: [Diagnostic], sources: [Source]) {
        self.diagnostics = diagnostics
        self.sources = sources
    }

    /// One line, for the log and for readiness.
    public var headline: String { "the configuration has \(diagnostics.count) error(s)" }

    /// Everything, for a person.
    public var description: String {
        let named = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return DiagnosticRenderer(format: .text).render(diagnostics, sources: named)
    }
}
