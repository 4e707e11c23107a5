public import Documents

/// What two texts of one rule say otherwise, path by path: `grades.high.severity: major → moderate`.
public enum TreeDiff {
    /// Lines in the order of the older text, then what is new.
    public static func lines(_ old: YAMLNode, _ new: YAMLNode) -> [String] {
        var diff = Walk()
        diff.compare(old, new, at: "")
        return diff.lines
    }

    private struct Walk {
        var lines: [String] = []

        mutating func compare(_ old: YAMLNode, _ new: YAMLNode, at path: String) {
            if old.says(theSameAs: new) { return }
            if let before = old.mapping, let after = new.mapping {
                members(before.map { ($0.key.text ?? "", $0.value) }, after.map { ($0.key.text ?? "", $0.value) }, at: path, isList: false)
            } else if let before = Self.named(old), let after = Self.named(new) {
                members(before, after, at: path, isList: true)
            } else {
                lines.append("\(path): \(Self.short(old)) → \(Self.short(new))")
            }
        }

        private mutating func members(_ old: [(String, YAMLNode)], _ new: [(String, YAMLNode)], at path: String, isList: Bool) {
            for (name, value) in old {
                let place = path.isEmpty ? name : "\(path).\(name)"
                if let other = new.first(where: { $0.0 == name })?.1 {
                    compare(value, other, at: place)
                } else {
                    lines.append("\(place) is gone: \(Self.short(value))")
                }
            }
            for (index, (name, value)) in new.enumerated() where !old.contains(where: { $0.0 == name }) {
                let place = path.isEmpty ? name : "\(path).\(name)"
                let next = isList && index + 1 < new.count ? " before \(new[index + 1].0)" : ""
                lines.append("\(place) is new\(next): \(Self.short(value))")
            }
            let shared = new.map(\.0).filter { name in old.contains { $0.0 == name } }
            if isList, shared != old.map(\.0).filter({ name in new.contains { $0.0 == name } }) {
                lines.append("\(path) is in another order: \(shared.joined(separator: ", "))")
            }
        }

        /// The members of a list by their names; nothing where they have none.
        private static func named(_ node: YAMLNode) -> [(String, YAMLNode)]? {
            guard let elements = node.sequence else { return nil }
            var named: [(String, YAMLNode)] = []
            for element in elements {
                guard let name = (element["name"] ?? element["case"] ?? element["label"] ?? element["cite"])?.text else { return nil }
                named.append((name, element))
            }
            return named
        }

        private static func short(_ node: YAMLNode) -> String {
            let text = node.text ?? node.flowText
            let line = String(text.map { $0.isNewline ? " " : $0 })
            return line.count > 160 ? "\(line.prefix(159))…" : line
        }
    }
}
