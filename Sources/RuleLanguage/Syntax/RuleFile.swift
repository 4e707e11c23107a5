public import Documents

/// A file of rules or of names, read as YAML and not yet checked.
public struct RuleFile: Sendable {
    public let source: Source
    /// The tree; nothing where the text lacks something that its author wrote.
    public let node: YAMLNode?
    /// What was found in the text itself.
    public let diagnostics: [Diagnostic]

    /// Reads the text.
    public init(_ source: Source) {
        self.source = source
        (node, diagnostics) = YAMLReader.read(source)
    }

    /// A text with a tree that was changed since it was read: what stands where is still told by the text.
    public init(_ source: Source, changedTo node: YAMLNode) {
        self.source = source
        self.node = node
        diagnostics = []
    }

    /// True for a file that holds names for rules, and no rule.
    public var holdsNames: Bool { node.map(SetsReader.isSets) ?? false }

    /// The id of the rule in it, as it is written.
    public var ruleID: String? { node?["rule"]?.text }
}
