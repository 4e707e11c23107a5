public import Documents

/// What `names.yaml` beside the decks says of names that a story leaves without a code.
public struct DeckNames: Sendable {
    private let sections: [String: [String: YAMLNode]]

    /// Nothing at all.
    public init() { sections = [:] }

    public init(_ source: Source) throws(DeckError) {
        let root = try DeckEntries.root(of: source)
        try DeckEntries(root, in: source).allow("codes", "classes", "reactions", "genes", "allele_tests", "days_since", "topics")
        sections = Dictionary(
            root.entries.map { entry in
                (entry.key.text ?? "", Dictionary(entry.value.entries.map { ($0.key.text ?? "", $0.value) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    func entry(_ section: String, _ name: String) -> YAMLNode? { sections[section]?[name] }

    /// The code of a name, by the key of its code system.
    func code(_ key: String, of name: String) -> String? { entry("codes", key)?[name]?.text }

    func text(_ section: String, _ name: String) -> String? { entry(section, name)?.text }
}
