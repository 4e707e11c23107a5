public import Documents
public import Engine

/// Rules that all checked, as one plan, under one digest.
public struct RuleSet: Sendable {
    public let plan: Plan
    /// SHA-256 over the names and bytes of all files, in hexadecimal digits.
    public let digest: String
    public let rules: [CheckedRule]
    /// What sites change of packs, and what of that counts today; in the order in which it is laid over them.
    public let overrides: [OverrideStanding]
    public let packs: [Pack]
    /// The files with the trees that are in force, by name.
    public let files: [RuleFile]
    /// The files, by name, for messages.
    public let sources: [String: Source]

    /// All cases of all rules, by file.
    public var tests: [RuleTest] { rules.flatMap(\.tests) }
}
