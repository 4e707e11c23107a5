import Clinical
import Documents
import Engine
import Knowledge

/// The names that rules may use: those of the knowledge base, and those that a site's sets add.
struct Names {
    let knowledge: KnowledgeBase
    var drugs: [String: IngredientID] = [:]
    var classes: [String: DrugClass] = [:]
    var codeSets: [CodeSetKind: [String: CodeSet]] = [:]
    var labs: [String: LabDefinition] = [:]
    var relations: [String: DrugRelation] = [:]
    var reasonLists: [String: [OverrideReason]] = [:]
    var conditions: [String: NamedCondition] = [:]
    /// Where each name was given, by its section: `classes`, `problems` …
    var places: [String: [String: (file: String, range: SourceRange)]] = [:]
    /// Sets to which a site has added members.
    var extendedClasses: [String: DrugClass] = [:]
    var extendedCodeSets: [CodeSetKind: [String: CodeSet]] = [:]

    init(knowledge: KnowledgeBase) {
        self.knowledge = knowledge
    }

    func drug(_ name: String) -> IngredientID? { knowledge.ingredient(named: name) ?? drugs[name] }
    func drugClass(_ name: String) -> DrugClass? { extendedClasses[name] ?? knowledge.drugClass(named: name) ?? classes[name] }
    func codeSet(_ kind: CodeSetKind, _ name: String) -> CodeSet? {
        extendedCodeSets[kind]?[name] ?? knowledge.codeSet(kind, named: name) ?? codeSets[kind]?[name]
    }
    func lab(_ name: String) -> LabDefinition? { knowledge.lab(named: name) ?? labs[name] }
    /// One reason, or all of a list that has the name.
    func overrideReasons(_ name: String) -> [OverrideReason]? {
        knowledge.overrideReason(named: name).map { [$0] } ?? reasonLists[name]
    }
    func relation(_ name: String) -> DrugRelation? { knowledge.relation(named: name) ?? relations[name] }

    /// True where some dose form has these words.
    func hasForm(_ words: [String]) -> Bool {
        !words.isEmpty && knowledge.doseForms.contains { $0.hasWords(words) }
    }

    var formNames: [String] { Set(knowledge.doseForms.map { $0.lowercased() }).sorted() }

    /// Names near a misspelt one, of the knowledge base and of the site.
    func nearest(to name: String, _ kind: NameKind) -> String? {
        NearestName.find(name, in: knowledge.names(of: kind) + siteNames(kind))
    }

    /// Names in which a name stands as whole words.
    func containing(_ name: String, _ kind: NameKind) -> [String] {
        NearestName.containing(name, in: knowledge.names(of: kind) + siteNames(kind))
    }

    private func siteNames(_ kind: NameKind) -> [String] {
        let names: [String] =
            switch kind {
            case .drug: Array(drugs.keys)
            case .drugClass: Array(classes.keys)
            case .problem: Array(codeSets[.problem, default: [:]].keys)
            case .procedure: Array(codeSets[.procedure, default: [:]].keys)
            case .vaccine: Array(codeSets[.vaccine, default: [:]].keys)
            case .reaction: Array(codeSets[.reaction, default: [:]].keys)
            case .setting: Array(codeSets[.setting, default: [:]].keys)
            case .lab: Array(labs.keys)
            case .relation: Array(relations.keys)
            case .overrideReason: Array(reasonLists.keys)
            default: []
            }
        return names.sorted()
    }
}

extension CodeSetKind {
    /// The word that rules use for a set of this kind, and the kind of its names.
    var words: (article: String, names: NameKind) {
        switch self {
        case .problem: ("problem", .problem)
        case .procedure: ("procedure", .procedure)
        case .vaccine: ("vaccine", .vaccine)
        case .reaction: ("reaction", .reaction)
        case .setting: ("setting", .setting)
        }
    }
}
