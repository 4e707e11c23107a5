public import Clinical
public import Documents

/// A case that an author wrote beside a rule: who the patient is, and what the rule must say, or that it must be silent.
///
/// What is given and what is expected stand here as they were written; `Replay` reads them.
public struct RuleTest: Sendable {
    /// The rule that it belongs to.
    public let rule: String
    public let name: String
    /// The file it stands in, for messages.
    public let file: String
    /// Where it stands.
    public let range: SourceRange
    /// The day that counts as today; nothing for the language's own, 2026-01-15.
    public let today: CivilDate?
    /// The map under `given:`.
    public let given: YAMLNode?
    /// What stands under `expect:`.
    public let expect: YAMLNode
    /// Why it is not run, where an override says that it need not hold any more.
    public let setAside: String?
    /// For a case of a pack the overrides that change its rule.
    public let overriddenBy: [String]

    public init(
        rule: String, name: String, file: String, range: SourceRange, today: CivilDate?, given: YAMLNode?, expect: YAMLNode,
        setAside: String? = nil, overriddenBy: [String] = []
    ) {
        self.rule = rule
        self.name = name
        self.file = file
        self.range = range
        self.today = today
        self.given = given
        self.expect = expect
        self.setAside = setAside
        self.overriddenBy = overriddenBy
    }
}

// MARK: Each

extension RuleTest {
    private static let placeholder = "$each"

    /// Whether a text of the patient or of the expectation waits for an item of `each`.
    var saysEach: Bool {
        [given, expect].contains { $0?.holds(Self.placeholder) ?? false }
    }

    /// The same case about one item of `each`: a text takes the place of `$each`, a map is given beside what all are given.
    func about(_ item: YAMLNode) -> RuleTest {
        let fill = { (node: YAMLNode) in item.text.map { node.replacing(Self.placeholder, with: $0) } ?? node }
        let given = (given ?? item.emptied).adding(item.entries)
        return RuleTest(
            rule: rule, name: "\(name): \(item.text ?? item.entryWords)", file: file, range: Overlay.origin(of: item.range).range,
            today: today, given: fill(given).inItsText, expect: fill(expect), setAside: setAside, overriddenBy: overriddenBy)
    }
}

extension String {
    /// Whether a placeholder is in the text. Few texts hold a dollar sign, and a byte is found sooner than a string.
    fileprivate func says(_ placeholder: String) -> Bool { utf8.contains(UInt8(ascii: "$")) && contains(placeholder) }
}

extension YAMLNode {
    fileprivate func holds(_ piece: String) -> Bool {
        text?.says(piece) ?? (elements + entries.map(\.value)).contains { $0.holds(piece) }
    }

    /// The same tree with a piece of its texts replaced; keys stay.
    fileprivate func replacing(_ piece: String, with other: String) -> YAMLNode {
        switch self {
        case .scalar(let text, _, _):
            return text.says(piece) ? saying(text.split(separator: piece, omittingEmptySubsequences: false).joined(separator: other)) : self
        case .sequence(let elements, let range, let isFlow):
            return .sequence(elements.map { $0.replacing(piece, with: other) }, range: range, isFlow: isFlow)
        case .mapping(let entries, let range, let isFlow):
            return .mapping(entries.map { ($0.key, $0.value.replacing(piece, with: other)) }, range: range, isFlow: isFlow)
        }
    }

    /// A map with more entries: lists grow by what the other has under the same key, anything else gives way to it.
    fileprivate func adding(_ more: [Entry]) -> YAMLNode {
        guard case .mapping(var entries, let range, let isFlow) = self else { return self }
        for entry in more {
            guard let index = entries.firstIndex(where: { $0.key.text == entry.key.text }) else {
                entries.append(entry)
                continue
            }
            let old = entries[index].value
            if case .sequence(let elements, let range, let isFlow) = old {
                entries[index].value = .sequence(elements + (entry.value.sequence ?? [entry.value]), range: range, isFlow: isFlow)
            } else {
                entries[index].value = entry.value
            }
        }
        return .mapping(entries, range: range, isFlow: isFlow)
    }

    /// A map with nothing in it, at the same place.
    fileprivate var emptied: YAMLNode { .mapping([], range: range, isFlow: true) }

    /// The entries of a map without its braces: `problems: [hospice]`.
    fileprivate var entryWords: String {
        entries.map { "\($0.key.flowText): \($0.value.flowText)" }.joined(separator: ", ")
    }
}
