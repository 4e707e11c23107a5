/// Everything known of one ingredient, each fact with its source.
public struct DrugPortrait: Sendable, Hashable {
    public var ingredient: Ingredient
    /// Other codes: `UNII R16CO5Y76E`, `ATC N02BE01`.
    public var codes: [String]
    /// Salts, and retired codes that lead here.
    public var forms: [String]
    public var productCount: Int
    public var drugCodeCount: Int
    public var brands: [String]
    public var classes: [Membership]
    public var relations: [String]
    public var interactions: [Counterpart]
    public var facts: [Fact]
    public var crossReactivities: [String]

    /// A class it belongs to.
    public struct Membership: Sendable, Hashable {
        public var identifier: String
        public var title: String
        public var source: String
    }

    /// An ingredient it interacts with.
    public struct Counterpart: Sendable, Hashable {
        public var name: String
        public var severity: Severity
        public var effect: String
        public var rule: String
        public var source: String
    }

    /// One sentence of one table.
    public struct Fact: Sendable, Hashable {
        public var kind: DrugFactRow.Kind
        public var statement: String
        public var source: String
    }
}

extension KnowledgeBase {
    /// What is known of a drug by the name that rules write; `nil` where no ingredient has that name.
    public func description(ofDrug name: String) -> DrugPortrait? {
        guard let id = ingredient(named: name) else { return nil }
        let own = ingredient(id)
        let ownSets = Set(drugs.sets.indices.filter { drugs.sets[$0].contains(id) })
        return DrugPortrait(
            ingredient: own,
            codes: (drugs.byUNII.filter { $0.value == id }.map { "UNII \($0.key)" }
                + drugs.byATC.filter { $0.value == id }.map { "ATC \($0.key)" }).sorted(),
            forms: drugs.byName.filter { $0.value == id && $0.key != own.name.lowercased() }.map(\.key).sorted(),
            productCount: drugs.products.count { ownSets.contains($0.ingredientSet) },
            drugCodeCount: drugs.drugCodes.count { ownSets.contains($0.ingredientSet) },
            brands: Set(drugs.products.lazy.filter { !$0.brand.isEmpty && ownSets.contains($0.ingredientSet) }.map(\.brand))
                .sorted(),
            classes: memberships(of: id), relations: relationNames(of: id), interactions: counterparts(of: id),
            facts: facts(of: id),
            crossReactivities: crossReactivity.groups(of: id))
    }

    private func memberships(of id: IngredientID) -> [DrugPortrait.Membership] {
        zip(classes.identifiers, classes.classes).filter { $0.1.contains(id) }.map {
            DrugPortrait.Membership(identifier: $0.0, title: $0.1.title, source: $0.1.source)
        }
    }

    private func relationNames(of id: IngredientID) -> [String] {
        relations.values.flatMap { relation in
            relation.groups.filter { $0.containsSorted(id) }.map { group in
                let others = group.filter { $0 != id }.map { ingredient($0).name }
                return others.isEmpty
                    ? "\(relation.title): shared with none" : "\(relation.title): shared with \(others.joined(separator: ", "))"
            }
        }.sorted()
    }

    private func counterparts(of id: IngredientID) -> [DrugPortrait.Counterpart] {
        drugs.ingredients.indices
            .compactMap { index -> DrugPortrait.Counterpart? in
                let other = IngredientID(index: Int32(index))
                return interaction(id, other).map {
                    DrugPortrait.Counterpart(
                        name: ingredient(other).name, severity: $0.severity, effect: $0.effect, rule: $0.id,
                        source: $0.sources + dissent(id, other, from: $0))
                }
            }
            .sorted { ($1.severity, $0.name) < ($0.severity, $1.name) }
    }

    /// Sources that give the pair another severity than the one that speaks.
    private func dissent(_ a: IngredientID, _ b: IngredientID, from speaker: Interaction) -> String {
        interactionOpinions(a, b).filter { $0.severity != speaker.severity }
            .map { "; \($0.id) of \($0.sources) says \($0.severity.rawValue)" }.joined()
    }

    private func facts(of id: IngredientID) -> [DrugPortrait.Fact] {
        facts
            .filter { fact in
                switch fact.subject {
                case .ingredient: drugs.ingredient(of: fact.subject) == id
                case .drugClass(let identifier): classes.row(of: identifier).map { classes.classes[$0].contains(id) } ?? false
                case .other: false
                }
            }
            .map { DrugPortrait.Fact(kind: $0.kind, statement: $0.statement, source: $0.source) }
    }
}

extension CrossReactivityIndex {
    /// The groups that name an ingredient on either side.
    func groups(of id: IngredientID) -> [String] {
        rows(of: id).map { "\($0.group): \($0.aName) to \($0.bName), \($0.relation), risk \($0.risk.rawValue) (\($0.source))" }
    }
}
