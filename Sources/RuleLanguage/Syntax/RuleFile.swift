public import Documents

/// A file of rules or of names, read as YAML and not yet checked.
public struct RuleFile: Sendable {
    public let source: Source
    /// The tree; nothing where the text lacks something that its author wrote.
    public let node: YAMLNode?
    /// What was found in the text itself.
    public let diagnostics: [Diagnostic]
    public let layer: Layer
    /// The files of overrides that were laid over it, in their order.
    public let overlays: [Source]
    /// True for a file of overrides whose changes stand in the trees of the other files.
    let isLaid: Bool

    /// Reads the text.
    public init(_ source: Source, layer: Layer = .pack) {
        self.source = source
        self.layer = layer
        let (node, diagnostics) = YAMLReader.read(source)
        self.node = node
        self.diagnostics = diagnostics + (node.map { CutText.diagnostics(in: $0, of: source) } ?? [])
        overlays = []
        isLaid = false
    }

    /// A file with a tree that was changed since it was read: what stands where is still told by the texts.
    public init(_ file: RuleFile, changedTo node: YAMLNode) {
        self.init(file, changedTo: node, overlays: file.overlays)
    }

    init(_ file: RuleFile, changedTo node: YAMLNode?, overlays: [Source], isLaid: Bool = false) {
        source = file.source
        self.node = node
        diagnostics = file.diagnostics
        layer = file.layer
        self.overlays = overlays
        self.isLaid = isLaid
    }

    /// True for a file that says something for the rules of others, and holds no rule: sets, overrides, the name of a pack.
    public var holdsNames: Bool { node.map { SetsReader.isSets($0) || OverrideFile.isOverrides($0) || Pack.isPack($0) } ?? false }

    /// True for a file of overrides.
    public var holdsOverrides: Bool { node.map(OverrideFile.isOverrides) ?? false }

    /// The id of the rule in it, as it is written.
    public var ruleID: String? { node?["rule"]?.text }

    /// The text in which a node of the tree was written, and where.
    public func place(of range: SourceRange) -> (source: Source, range: SourceRange) {
        let (number, range) = Overlay.origin(of: range)
        return number > 0 && number <= overlays.count ? (overlays[number - 1], range) : (source, range)
    }

    /// The override that a node of the tree comes from; nothing for the rule's own.
    public func isOverridden(at range: SourceRange) -> Bool { Overlay.holds(range) }
}
