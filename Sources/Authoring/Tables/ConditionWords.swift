import Documents

extension YAMLNode {
    /// A condition, a fact or a choice of drugs as a sentence part, in its author's words without the braces.
    ///
    /// `{ potassium: { above: 5.0 mmol/L } }` is `potassium above 5.0 mmol/L`.
    var conditionWords: String {
        if let text { return text }
        if let elements = sequence { return elements.map(\.conditionWords).joined(separator: ", ") }
        return entries.map(Self.words).joined(separator: " and ")
    }

    private static func words(_ entry: Entry) -> String {
        let key = entry.key.text ?? ""
        switch key {
        case "any": return list(entry.value, " or ")
        case "all": return list(entry.value, " and ")
        case "none": return "none of: " + list(entry.value, ", ")
        case "drug", "class": return entry.value.sequence == nil ? (entry.value.text ?? "") : "any of " + entry.value.conditionWords
        default: break
        }
        let name = String(key.map { $0 == "_" ? " " : $0 })
        if let text = entry.value.text { return text == "yes" ? key : "\(name) \(text)" }
        if entry.value.entries.contains(where: { comparisons.contains($0.key.text ?? "") }) {
            let tests = entry.value.entries.map { "\(String(($0.key.text ?? "").map { $0 == "_" ? " " : $0 })) \($0.value.conditionWords)" }
            return "\(key) " + tests.joined(separator: " and ")
        }
        return "\(name) \(entry.value.conditionWords)"
    }

    private static let comparisons: Set<String> = ["above", "at_least", "below", "at_most", "between"]

    private static func list(_ node: YAMLNode, _ word: String) -> String {
        let parts = (node.sequence ?? [node]).map { part in part.entries.count > 1 ? "(\(part.conditionWords))" : part.conditionWords }
        return parts.count > 1 && word == " or " ? "(" + parts.joined(separator: word) + ")" : parts.joined(separator: word)
    }
}
