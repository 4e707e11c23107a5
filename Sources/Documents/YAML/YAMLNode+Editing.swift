/// One step from a value of a YAML text to a value inside it.
public enum YAMLStep: Sendable, Hashable {
    case key(String)
    case index(Int)
}

extension YAMLNode {
    /// The value at the end of a path; nil where there is none.
    public func node(at path: [YAMLStep]) -> YAMLNode? {
        path.reduce(Optional(self)) { node, step in
            switch step {
            case .key(let key): node?[key]
            case .index(let index): node?.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }

    /// The same tree with the value at the end of a path put in another's place, or taken out with its key.
    ///
    /// Places stay those of the text that was read. A path that leads nowhere changes nothing.
    ///
    /// - Parameter change: the new value of the old one; nil takes it out.
    public func changing(_ path: [YAMLStep], _ change: (YAMLNode) -> YAMLNode?) -> YAMLNode? {
        guard let step = path.first else { return change(self) }
        let rest = Array(path.dropFirst())
        switch (self, step) {
        case (.mapping(let entries, let range, let isFlow), .key(let key)):
            let changed = entries.compactMap { entry -> Entry? in
                guard entry.key.text == key else { return entry }
                return entry.value.changing(rest, change).map { (entry.key, $0) }
            }
            return .mapping(changed, range: range, isFlow: isFlow)
        case (.sequence(let elements, let range, let isFlow), .index(let index)):
            let changed = elements.enumerated().compactMap { $0.offset == index ? $0.element.changing(rest, change) : $0.element }
            return .sequence(changed, range: range, isFlow: isFlow)
        default:
            return self
        }
    }

    /// A scalar with other words, at the same place.
    public func saying(_ text: String) -> YAMLNode {
        .scalar(text: text, style: .plain, range: range)
    }

    /// The same tree with one key of the map at the end of a path renamed.
    public func renaming(_ key: String, to name: String, at path: [YAMLStep]) -> YAMLNode? {
        changing(path) { node in
            guard case .mapping(let entries, let range, let isFlow) = node else { return node }
            let renamed = entries.map { entry -> Entry in entry.key.text == key ? (entry.key.saying(name), entry.value) : entry }
            return .mapping(renamed, range: range, isFlow: isFlow)
        }
    }

    /// Equal in what it says: the same texts, keys and members in the same order, wherever and however they are written.
    public func says(theSameAs other: YAMLNode) -> Bool {
        switch (self, other) {
        case (.scalar(let one, _, _), .scalar(let two, _, _)):
            return one == two
        case (.sequence(let one, _, _), .sequence(let two, _, _)):
            return one.count == two.count && zip(one, two).allSatisfy { $0.says(theSameAs: $1) }
        case (.mapping(let one, _, _), .mapping(let two, _, _)):
            return one.count == two.count
                && zip(one, two).allSatisfy { $0.key.text == $1.key.text && $0.value.says(theSameAs: $1.value) }
        default:
            return false
        }
    }
}
