public import Documents

/// Why a knowledge file could not be built or opened; says what would mend it.
public enum KnowledgeStoreError: Error, Sendable, CustomStringConvertible {
    /// The source tables say something that cannot be.
    case tables([Diagnostic], sources: [String: Source])
    /// The file cannot be used.
    case file(path: String, problem: FileProblem)

    public enum FileProblem: Sendable, Hashable {
        case missing
        /// It cannot be read or written; why.
        case unreadable(String)
        /// It is something else.
        case notKnowledge
        /// It was made for another version of the schema.
        case schema(found: Int, wanted: Int)
        /// Its bytes are not those that were written.
        case damaged
        /// Nobody signed it, and a signature is asked for.
        case unsigned
        /// Those who signed it, or signed what stood here before, are not trusted.
        case untrusted(signers: [String], trusted: [String])
        /// The text beside it is no list of signatures.
        case noSignatures
        /// It opened, and its content does not fit together; what does not.
        case inconsistent(String)
    }

    /// One sentence a line, with the mend at the end.
    public var description: String {
        switch self {
        case .tables(let diagnostics, let sources):
            DiagnosticRenderer(format: .concise).render(diagnostics, sources: sources)
        case .file(let path, let problem):
            "\(path): \(problem.message)"
        }
    }
}

extension KnowledgeStoreError.FileProblem {
    /// What is wrong, and what to do.
    public var message: String {
        switch self {
        case .missing: "there is no knowledge file here; run `vigil knowledge build`"
        case .unreadable(let why): "the knowledge file cannot be used (\(why))"
        case .notKnowledge: "this is no knowledge file of Vigil; run `vigil knowledge build`"
        case .schema(let found, let wanted):
            "the knowledge file has schema \(found), and this program reads schema \(wanted); run `vigil knowledge build`"
        case .damaged: "the knowledge file is damaged: its bytes are not those that were built; run `vigil knowledge build`"
        case .unsigned:
            "nobody has signed the knowledge file, and a signature is asked for; sign it with `vigil knowledge sign --key`"
        case .untrusted(let signers, let trusted):
            "no trusted key has signed this knowledge file: there are signatures of \(signers.joined(separator: ", ")), and trusted are "
                + "\(trusted.joined(separator: ", ")); sign it with one of them, or trust the key that signed"
        case .noSignatures: "this is no list of signatures; sign the knowledge file again with `vigil knowledge sign --key`"
        case .inconsistent(let what): "the knowledge file does not fit together (\(what)); run `vigil knowledge build`"
        }
    }
}
