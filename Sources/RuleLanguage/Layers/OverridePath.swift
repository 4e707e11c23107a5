import Documents

/// Where a path such as `grades.monitor.severity` leads in a rule.
///
/// Each step is a key, or in a list the `name` of a member or its number, from 1. Keys may hold points themselves
/// (`metformin.daily_dose`): the longest key that fits is taken.
struct OverridePath {
    let steps: [YAMLStep]
    /// The place in words that stay the same however the path was spelled: keys, and of members of lists their names, else numbers.
    let place: [String]
    /// What stands there now; nothing where the last key is new.
    let current: YAMLNode?

    /// A step that leads nowhere, and what could have stood there.
    struct DeadEnd: Error {
        let step: String
        let before: String
        let known: [String]
    }

    init(_ path: String, in root: YAMLNode) throws(DeadEnd) {
        var words = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...]
        var steps: [YAMLStep] = []
        var place: [String] = []
        var node: YAMLNode? = root
        var before = "the rule"
        while let first = words.first {
            guard let here = node else { break }
            if let entries = here.mapping {
                let fitting = words.indices.reversed().lazy.map { words[words.startIndex...$0] }.first { here[$0.joined(separator: ".")] != nil }
                guard let key = fitting ?? (words.count == 1 ? words : nil) else {
                    throw DeadEnd(step: first, before: before, known: entries.compactMap(\.key.text))
                }
                let name = key.joined(separator: ".")
                steps.append(.key(name))
                place.append(name)
                node = here[name]
                before = "`\(name)`"
                words = words.dropFirst(key.count)
            } else if let elements = here.sequence {
                let names = elements.map { $0["name"]?.text ?? "" }
                let number = Int(first).map { $0 - 1 }
                guard let index = names.firstIndex(of: first) ?? number.flatMap({ elements.indices.contains($0) ? $0 : nil }) else {
                    throw DeadEnd(step: first, before: before, known: names.filter { !$0.isEmpty })
                }
                steps.append(.index(index))
                place.append(names[index].isEmpty ? String(index + 1) : names[index])
                node = elements[index]
                before = "`\(first)`"
                words = words.dropFirst()
            } else {
                throw DeadEnd(step: first, before: before, known: [])
            }
        }
        self.steps = steps
        self.place = place
        current = node
    }

    private init(steps: [YAMLStep], current: YAMLNode?) {
        self.steps = steps
        place = []
        self.current = current
    }

    /// The status of a rule, which every rule has.
    static let status = OverridePath(steps: [.key("status")], current: .scalar(text: "", style: .plain, range: SourceRange(start: 0, end: 0)))

    /// The tree with another value there.
    func setting(_ value: YAMLNode, keyRange: SourceRange, in root: YAMLNode) -> YAMLNode {
        if current != nil { return root.changing(steps) { _ in value } ?? root }
        guard case .key(let key)? = steps.last else { return root }
        return root.changing(Array(steps.dropLast())) { $0.adding(.scalar(text: key, style: .plain, range: keyRange), value) } ?? root
    }

    /// The key at the top of the rule, and the row of the ladder that it leads into.
    var top: String? {
        guard case .key(let key)? = steps.first else { return nil }
        return key
    }

    var row: Int? {
        guard top == "grades", steps.count > 1, case .index(let index) = steps[1] else { return nil }
        return index
    }

    /// The key below the row; of what is no row, the first.
    var field: String? {
        guard row != nil else { return top }
        guard steps.count > 2, case .key(let key) = steps[2] else { return nil }
        return key
    }
}
