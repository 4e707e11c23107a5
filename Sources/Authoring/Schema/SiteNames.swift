public import Documents
public import Knowledge
public import RuleLanguage

/// Every name that rules may use: those of the knowledge base and those of the site's own files of sets.
public struct SiteNames: Sendable {
    private var own: [NameKind: [String: Place]] = [:]
    /// Conditions with a name, for `meets:`.
    public private(set) var conditions: [String: Place] = [:]
    let knowledge: KnowledgeBase

    /// Where a name is given.
    public struct Place: Sendable, Hashable {
        public let file: String
        public let range: SourceRange
    }

    private static let sections: [String: NameKind] = [
        "drugs": .drug, "classes": .drugClass, "problems": .problem, "reactions": .reaction, "procedures": .procedure, "vaccines": .vaccine,
        "settings": .setting, "labs": .lab, "relations": .relation, "override_reasons": .overrideReason,
    ]

    public init(_ files: [RuleFile], knowledge: KnowledgeBase) {
        self.knowledge = knowledge
        for file in files where file.holdsNames {
            for section in file.node?.entries ?? [] {
                for entry in section.value.entries {
                    guard let name = entry.key.text else { continue }
                    let place = Place(file: file.source.name, range: entry.key.range)
                    if section.key.text == "conditions" { conditions[name] = place }
                    if let kind = Self.sections[section.key.text ?? ""] { own[kind, default: [:]][name] = place }
                }
            }
        }
    }

    /// All names of a kind, ascending.
    public func all(_ kind: NameKind) -> [String] {
        let known = knowledge.names(of: kind)
        guard let more = own[kind], !more.isEmpty else { return known }
        return Set(known).union(more.keys).sorted()
    }

    /// Where a site gives a name; nothing for those of the knowledge base.
    public func place(of name: String, _ kind: NameKind) -> Place? { own[kind]?[name] }
}
