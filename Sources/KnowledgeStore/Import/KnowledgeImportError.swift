public import Documents

/// Why an import did not happen; nothing was changed.
public enum KnowledgeImportError: Error, Sendable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(path: String, why: String)
    /// A file is not what it should be.
    case malformed(path: String, line: Int, why: String)
    /// The mapping says something that cannot be.
    case mapping([Diagnostic], sources: [String: Source])
    /// The knowledge file cannot be used or written.
    case store(KnowledgeStoreError)

    public var description: String {
        switch self {
        case .unreadable(let path, let why): "\(path): cannot be read (\(why)); nothing was imported"
        case .malformed(let path, let line, let why): "\(path):\(line): \(why); nothing was imported"
        case .mapping(let diagnostics, let sources): DiagnosticRenderer(format: .text).render(diagnostics, sources: sources)
        case .store(let error): error.description
        }
    }
}
