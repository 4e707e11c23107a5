public import Documents

/// A rule as it is in force, line by line, each with where it comes from.
///
/// Read as YAML the lines say what the plan was made of; comments are left out.
public struct EffectiveRule: Sendable {
    public struct Line: Sendable, Hashable {
        public let text: String
        /// The file and the line, counted from 1, where it was written; what an override says counts before what stood there.
        public let file: String
        public let line: Int
        /// The override that put it there.
        public let override: OverrideStanding?
        /// True for all that a site or a unit wrote, cases included.
        public let isOverridden: Bool
    }

    public let id: String
    public let version: String
    public let status: String
    public let file: String
    public let lines: [Line]
    /// What changes the rule, ended ones included.
    public let overrides: [OverrideStanding]

    /// The rule with this id; nothing where there is none.
    public init?(_ id: String, in ruleSet: RuleSet) {
        guard let file = ruleSet.files.first(where: { $0.ruleID == id && !$0.holdsNames }), let node = file.node else { return nil }
        self.id = id
        self.file = file.source.name
        version = node["version"]?.text ?? ""
        status = node["status"]?.text ?? ""
        let own = ruleSet.overrides.filter { $0.subject == id }
        overrides = own
        // How a rule is muted stands in the tree in words of ours.
        let entries = node.entries.map { $0.key.text == "mute_when" && Overlay.holds($0.key.range) ? Self.muted($0) : $0 }
        lines = Printed(entries).lines.map { line in
            let range = line.ranges.first(where: Overlay.holds) ?? line.ranges.first ?? SourceRange(start: 0, end: 0)
            let place = file.place(of: range)
            let override = own.first {
                $0.file == place.source.name && $0.file != file.source.name && $0.extent.start <= place.range.start && place.range.end <= $0.extent.end
            }
            return Line(
                text: line.text, file: place.source.name, line: place.source.position(of: place.range.start).line, override: override,
                isOverridden: Overlay.holds(range))
        }
    }

    private static func muted(_ entry: YAMLNode.Entry) -> YAMLNode.Entry {
        let conditions = entry.value.elements.compactMap { $0["when"] }
        return (entry.key, conditions.count == 1 ? conditions[0] : .sequence(conditions, range: entry.value.range, isFlow: false))
    }
}

/// A tree as lines of YAML, each with the places of what stands on it.
private struct Printed {
    struct Line {
        var text: String
        var ranges: [SourceRange]
    }

    private(set) var lines: [Line] = []

    init(_ entries: [YAMLNode.Entry]) {
        write(entries, indent: 0)
    }

    private mutating func write(_ entries: [YAMLNode.Entry], indent: Int) {
        for entry in entries { write(entry, indent: indent) }
    }

    private mutating func write(_ entry: YAMLNode.Entry, indent: Int) {
        let lead = String(repeating: " ", count: indent) + YAMLNode.blockScalar(entry.key.text ?? "") + ":"
        switch entry.value {
        case .scalar(let text, let style, _):
            if style == .literal || style == .folded || text.contains("\n") {
                lines.append(Line(text: lead + (text.hasSuffix("\n") ? " |" : " |-"), ranges: [entry.key.range, entry.value.range]))
                let rest = text.hasSuffix("\n") ? text.dropLast() : text[...]
                for line in rest.split(separator: "\n", omittingEmptySubsequences: false) {
                    let padding = line.isEmpty ? "" : String(repeating: " ", count: indent + 2)
                    lines.append(Line(text: padding + line, ranges: [entry.value.range]))
                }
            } else {
                lines.append(Line(text: lead + (text.isEmpty ? "" : " " + YAMLNode.blockScalar(text)), ranges: [entry.key.range, entry.value.range]))
            }
        case .mapping(let entries, _, let isFlow) where !isFlow && !entries.isEmpty:
            lines.append(Line(text: lead, ranges: [entry.key.range]))
            write(entries, indent: indent + 2)
        case .sequence(let elements, _, let isFlow) where !isFlow && !elements.isEmpty:
            lines.append(Line(text: lead, ranges: [entry.key.range]))
            for element in elements { write(element, indent: indent + 2) }
        default:
            lines.append(Line(text: lead + " " + entry.value.flowText, ranges: [entry.key.range] + entry.value.allRanges))
        }
    }

    /// A member of a list: its first line begins with a dash.
    private mutating func write(_ element: YAMLNode, indent: Int) {
        let dash = String(repeating: " ", count: indent) + "- "
        guard case .mapping(let entries, _, false) = element, !entries.isEmpty else {
            lines.append(Line(text: dash + element.flowText, ranges: element.allRanges))
            return
        }
        let first = lines.count
        write(entries, indent: indent + 2)
        lines[first].text = dash + lines[first].text.dropFirst(indent + 2)
    }
}
