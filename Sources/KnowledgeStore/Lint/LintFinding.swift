/// Something in the tables that a pharmacist should look at, with its place and what would mend it.
public struct LintFinding: Sendable, Hashable {
    /// `K105`; never changes its meaning.
    public let code: String
    /// What `lint-explained.csv` names it by: stable as long as the finding is the same.
    public let key: String
    /// `Knowledge/interactions.csv`.
    public let file: String
    /// Counted from 1; 0 where the finding is about a whole file.
    public let line: Int
    /// One plain sentence about what is there.
    public let message: String
    /// What would mend it.
    public let mend: String

    public init(code: String, key: String, file: String, line: Int, message: String, mend: String) {
        self.code = code
        self.key = "\(code):\(key)"
        self.file = file
        self.line = line
        self.message = message
        self.mend = mend
    }
}

/// What lint found, and what of it is explained.
public struct LintReport: Sendable {
    /// Findings that nobody explained: the ones to act on.
    public let open: [LintFinding]
    /// Findings with the reason why they stand.
    public let explained: [(finding: LintFinding, reason: String)]

    /// One finding a paragraph, the open ones first; explained ones are counted, or listed if asked for.
    public func text(all: Bool) -> String {
        var text = ""
        for finding in open {
            text += "\(finding.place): \(finding.code): \(finding.message)\n  mend: \(finding.mend)\n  key: \(finding.key)\n"
        }
        if all {
            for (finding, reason) in explained {
                text += "\(finding.place): \(finding.code): \(finding.message)\n  explained: \(reason)\n"
            }
        }
        return text + "\(open.count) open, \(explained.count) explained\n"
    }
}

extension LintFinding {
    var place: String { line > 0 ? "\(file):\(line)" : file }
}
