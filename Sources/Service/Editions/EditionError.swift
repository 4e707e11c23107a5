import Documents

/// Why an edition could not be loaded.
public enum EditionError: Error, Sendable, CustomStringConvertible {
    /// The knowledge file cannot be used; the sentence names the mend.
    case knowledge(String)
    /// A rule file or folder could not be read.
    case files(String)
    /// There is no rule file where they were looked for.
    case noRules([String])
    /// A bundle that is not trusted, not as it was published, or made for another knowledge file.
    case bundle(String)
    /// Rules with errors.
    case rules(Complaints)

    /// One line, for the log and for readiness.
    public var headline: String {
        switch self {
        case .knowledge: "the knowledge file cannot be used"
        case .files: "the rules cannot be read"
        case .bundle: "the bundle cannot be used"
        case .noRules(let paths): "there is no rule file (*.yaml) in \(paths.joined(separator: ", "))"
        case .rules(let complaints): "the rules have \(complaints.count(of: .error)) error(s)"
        }
    }

    /// Everything, for a person.
    public var description: String {
        switch self {
        case .knowledge(let why), .files(let why), .bundle(let why): why
        case .noRules: headline
        case .rules(let complaints): complaints.rendered(as: .text)
        }
    }
}
