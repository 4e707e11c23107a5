public import Documents
public import Engine

/// Rules that all checked, as one plan, under one digest.
public struct RuleSet: Sendable {
    public let plan: Plan
    /// SHA-256 over the names and bytes of all files, in hexadecimal digits.
    public let digest: String
    public let rules: [CheckedRule]
    /// The files, by name, for messages.
    public let sources: [String: Source]

    /// All cases of all rules, by file.
    public var tests: [RuleTest] { rules.flatMap(\.tests) }
}
