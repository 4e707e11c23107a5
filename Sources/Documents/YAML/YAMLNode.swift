/// One value of a YAML text, with its place. Every scalar is text: what it means is for the reader of the rule to say.
///
/// Built only by `YAMLReader`, which bounds depth, so walks may recurse. Keys are scalars and differ within a map.
public indirect enum YAMLNode: Sendable {
    /// How a scalar was written.
    public enum Style: String, Sendable, Hashable, CaseIterable { case plain, single, double, literal, folded }

    /// A key (always a scalar) and its value.
    public typealias Entry = (key: YAMLNode, value: YAMLNode)

    /// Text. `range` includes quotes and the sign of a block; nothing written is empty plain text.
    case scalar(text: String, style: Style, range: SourceRange)
    /// A map in the order written. `isFlow` if it stands in braces.
    case mapping([Entry], range: SourceRange, isFlow: Bool)
    /// A list. `isFlow` if it stands in brackets.
    case sequence([YAMLNode], range: SourceRange, isFlow: Bool)

    // MARK: Place

    public var range: SourceRange {
        switch self {
        case .scalar(_, _, let range), .mapping(_, let range, _), .sequence(_, let range, _): range
        }
    }

    /// Whether this is a map in braces or a list in brackets.
    public var isFlow: Bool {
        switch self {
        case .scalar: false
        case .mapping(_, _, let isFlow), .sequence(_, _, let isFlow): isFlow
        }
    }

    // MARK: Content

    /// A scalar's text; nil for maps and lists.
    public var text: String? {
        guard case .scalar(let text, _, _) = self else { return nil }
        return text
    }

    /// How a scalar was written; nil for maps and lists.
    public var style: Style? {
        guard case .scalar(_, let style, _) = self else { return nil }
        return style
    }

    /// Whether nothing was written here: `key:` with nothing after it.
    public var isEmptyScalar: Bool {
        guard case .scalar(let text, .plain, _) = self else { return false }
        return text.isEmpty
    }

    /// A map's entries in the order written; nil if this is no map.
    public var mapping: [Entry]? {
        guard case .mapping(let entries, _, _) = self else { return nil }
        return entries
    }

    /// A list's elements; nil if this is no list.
    public var sequence: [YAMLNode]? {
        guard case .sequence(let elements, _, _) = self else { return nil }
        return elements
    }

    /// A map's entries in the order written; none if this is no map.
    public var entries: [Entry] { mapping ?? [] }

    /// A list's elements; none if this is no list.
    public var elements: [YAMLNode] { sequence ?? [] }

    /// The value at `key`; nil if this is no map or has no such key.
    public subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// The key and value at `key`, for messages that point at the key.
    public func entry(_ key: String) -> Entry? {
        mapping?.first { $0.key.text == key }
    }
}
