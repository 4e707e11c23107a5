public import Documents

/// A rule with one thing changed that its tests should notice.
public struct Mutant: Sendable {
    /// What kind of change: `comparison`, `threshold`, `unit`, `look-back`, `status`, `condition`, `row`, `severity`,
    /// `merging`.
    public let change: String
    /// What was written, and what stands there instead; empty where it was taken out.
    public let original: String
    public let replacement: String
    /// Where it stands in the file.
    public let range: SourceRange
    /// The whole rule with the change.
    public let tree: YAMLNode

    /// The change in a line: `above: 5.5 mmol/L → at_least: 5.5 mmol/L`.
    public var words: String {
        replacement.isEmpty ? "`\(original)` left out" : "`\(original)` → `\(replacement)`"
    }
}

/// All the ways in which a rule is changed to try its tests, in the order of its text.
public struct MutantMaker {
    private let root: YAMLNode
    private var mutants: [Mutant] = []
    private var isMerging = false

    public static func mutants(of rule: YAMLNode) -> [Mutant] {
        var maker = MutantMaker(root: rule)
        for entry in rule.entries {
            guard let key = entry.key.text, !silentKeys.contains(key) else { continue }
            maker.isMerging = key == "merges"
            maker.visit(entry.value, key: key, keyRange: entry.key.range, path: [.key(key)])
        }
        let ordered = maker.mutants.enumerated().sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }
        // A change that says what the rule says, or what an earlier change says, is none: an entry of `route` is dropped as one of a list and as a route.
        var seen: Set = [rule.flowText]
        return ordered.map(\.element).filter { seen.insert($0.tree.flowText).inserted }
    }

    private init(root: YAMLNode) {
        self.root = root
    }

    /// Keys below which nothing decides: governance, words, tests.
    private static let silentKeys: Set<String> = [
        "rule", "kind", "title", "version", "status", "owner", "review_by", "approved", "evidence", "category", "hooks", "summary",
        "detail", "consequence", "mechanism", "management", "suggest", "override_reasons", "tests", "missing", "name", "label",
        "if_unknown", "otherwise", "links", "uses", "notes", "source",
    ]
    private static let flipped = [
        "above": ["at_least", "below"], "at_least": ["above", "below"], "below": ["at_most", "above"], "at_most": ["below", "above"],
    ]
    private static let spans: Set<String> = [
        "within", "latest_within", "stopped_within", "or_stopped_within", "every", "interval", "grace", "due_soon",
    ]
    private static let severities = ["contraindicated", "major", "moderate", "minor"]
    private static let lists: Set<String> = ["exclude", "done_by", "not_due_while", "except"]
    /// Keys that begin a fact: a map with one of them is a definition, not a list of conditions.
    private static let sources: Set<String> = [
        "lab", "taking", "ordering", "has", "done", "vaccine", "family_history", "allergic_to", "setting", "count_of", "time_since", "calculate", "share",
        "fhirpath", "drug", "class", "set", "any_of",
    ]

    private mutating func visit(_ node: YAMLNode, key: String, keyRange: SourceRange, path: [YAMLStep]) {
        if let text = node.text { return change(text, node, key: key, keyRange: keyRange, path: path) }
        if let elements = node.sequence { return visit(list: elements, key: key, path: path) }
        let entries = node.entries
        let isDefinition = entries.contains { $0.key.text.map(Self.sources.contains) ?? false }
        for entry in entries {
            guard let inner = entry.key.text, !Self.silentKeys.contains(inner) else { continue }
            let innerPath = path + [.key(inner)]
            if entries.count > 1, Self.isCondition(path), !isDefinition { drop(innerPath, "condition", "\(inner): \(entry.value.flowText)", entry) }
            if inner == "has", node["ever"] == nil, isDefinition { addEver(to: node, entry, path: path) }
            if entry.value.sequence.map({ $0.count > 1 }) ?? false { flipGroup(inner, entry, path: path) }
            visit(entry.value, key: inner, keyRange: entry.key.range, path: innerPath)
        }
    }

    private mutating func visit(list: [YAMLNode], key: String, path: [YAMLStep]) {
        let mayBeEmptied = Self.lists.contains(key) && path.count == 1
        for (index, element) in list.enumerated() {
            let inner = path + [.index(index)]
            let what = key == "grades" ? "row" : "condition"
            let words = element["name"]?.text.map { "row \($0)" } ?? element.flowText
            if list.count > 1 {
                add(what, words, "", element.range, root.changing(inner) { _ in nil })
            } else if mayBeEmptied {
                add(what, "\(key): \(words)", "", element.range, root.changing(path) { _ in nil })
            }
            visit(element, key: key, keyRange: element.range, path: inner)
        }
    }

    /// True inside `when`, `population` and the like, where the entries of a map must all hold.
    private static func isCondition(_ path: [YAMLStep]) -> Bool {
        for step in path.reversed() {
            guard case .key(let key) = step else { continue }
            return ["when", "population", "any", "all", "none", "exclude", "not_due_while", "only_if"].contains(key)
        }
        return false
    }

    // MARK: Changes

    private mutating func change(_ text: String, _ node: YAMLNode, key: String, keyRange: SourceRange, path: [YAMLStep]) {
        let place = keyRange.union(node.range)
        if let others = Self.flipped[key], path.count > 1 {
            for other in others {
                let tree = root.renaming(key, to: other, at: Array(path.dropLast()))
                add("comparison", "\(key): \(text)", "\(other): \(text)", place, tree)
            }
            for number in WrittenNumber.neighbours(of: text) { replace("threshold", key, text, number, node, path) }
            for unit in WrittenNumber.otherUnits(of: text) { replace("unit", key, text, unit, node, path) }
        } else if key == "between" {
            for other in WrittenNumber.otherEnds(of: text) { replace("threshold", key, text, other, node, path) }
        } else if Self.spans.contains(key) {
            for other in WrittenNumber.otherSpans(of: text) { replace("look-back", key, text, other, node, path) }
        } else if key == "at_least", let number = Int(text) {
            for other in [number - 1, number + 1] where other > 0 { replace("threshold", key, text, String(other), node, path) }
        } else if key == "severity", let index = Self.severities.firstIndex(of: text) {
            replace("severity", key, text, Self.severities[index == 0 ? 1 : index - 1], node, path)
        } else if key == "ever" || key == "routes" || key == "route" || key == "else" {
            add("status", "\(key): \(text)", "", place, root.changing(path) { _ in nil })
        } else if let other = ["yes": "no", "no": "yes", "latest": "earliest", "highest": "lowest", "lowest": "highest"][text] {
            replace("status", key, text, other, node, path)
        } else if ["taking", "ordering"].contains(key), path.count > 1 {
            rename(key, to: key == "taking" ? "ordering" : "taking", "status", text, place, path)
        }
    }

    private mutating func replace(_ change: String, _ key: String, _ text: String, _ other: String, _ node: YAMLNode, _ path: [YAMLStep]) {
        add(change, "\(key): \(text)", "\(key): \(other)", node.range, root.changing(path) { $0.saying(other) })
    }

    private mutating func rename(
        _ key: String, to other: String, _ change: String, _ text: String, _ place: SourceRange, _ path: [YAMLStep]
    ) {
        add(change, "\(key): \(text)", "\(other): \(text)", place, root.renaming(key, to: other, at: Array(path.dropLast())))
    }

    private mutating func drop(_ path: [YAMLStep], _ change: String, _ words: String, _ entry: YAMLNode.Entry) {
        add(change, words, "", entry.key.range.union(entry.value.range), root.changing(path) { _ in nil })
    }

    private mutating func addEver(to node: YAMLNode, _ entry: YAMLNode.Entry, path: [YAMLStep]) {
        let tree = root.changing(path) { node in
            guard case .mapping(let entries, let range, let isFlow) = node else { return node }
            return .mapping(entries + [(entry.key.saying("ever"), entry.value.saying("yes"))], range: range, isFlow: isFlow)
        }
        let words = "has: \(entry.value.flowText)"
        add("status", words, words + ", ever: yes", entry.value.range, tree)
    }

    private mutating func flipGroup(_ key: String, _ entry: YAMLNode.Entry, path: [YAMLStep]) {
        guard let other = ["any": "all", "all": "any", "none": "any"][key] else { return }
        add("condition", "\(key): …", "\(other): …", entry.key.range, root.renaming(key, to: other, at: path))
    }

    private mutating func add(_ change: String, _ original: String, _ replacement: String, _ range: SourceRange, _ tree: YAMLNode?) {
        guard let tree else { return }
        let change = isMerging ? "merging" : change
        mutants.append(Mutant(change: change, original: original, replacement: replacement, range: range, tree: tree))
    }
}
