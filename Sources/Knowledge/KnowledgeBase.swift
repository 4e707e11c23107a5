public import Clinical

/// What is known of drugs, and of the names that rules use.
///
/// Immutable, and nothing in it is looked up by a database: built once from tables, then shared by all threads.
public final class KnowledgeBase: Sendable {
    public let version: KnowledgeVersion
    let drugs: DrugIndex
    let classes: ClassIndex
    let interactions: InteractionTable
    let codeSets: CodeSetIndex
    let labs: LabIndex
    let relations: [String: DrugRelation]
    let overrideReasons: [String: OverrideReason]
    let orderables: [String: Orderable]
    let routes: RouteTable
    let allergens: AllergenIndex
    let crossReactivity: CrossReactivityIndex
    let facts: [DrugFactRow]
    let scores: DrugScores
    /// Drugs that some patients should not have, in the order of their table.
    public let patientWarnings: [DrugPatientWarning]
    /// When whom to vaccinate with what.
    public let immunizations: ImmunizationSchedule
    /// Other names that rules may write for an ingredient, lower case.
    let drugAliases: [String: IngredientID]

    /// Joins the tables.
    ///
    /// - Throws: `KnowledgeError` with every row that leads nowhere, never only the first.
    public init(_ tables: KnowledgeTables) throws(KnowledgeError) {
        var problems = ProblemList()
        version = tables.version
        drugs = DrugIndex(tables, problems: &problems)
        classes = ClassIndex(tables, drugs: drugs, problems: &problems)
        interactions = InteractionTable(tables, drugs: drugs, classes: classes, problems: &problems)
        codeSets = CodeSetIndex(tables, problems: &problems)
        labs = LabIndex(tables, codeSets: codeSets, problems: &problems)
        relations = DrugRelation.collect(tables.relationMembers, drugs: drugs, problems: &problems)
        overrideReasons = tables.overrideReasons.reduce(into: [:]) { reasons, row in
            reasons[row.name] = OverrideReason(name: row.name, code: row.code, system: row.system, display: row.display)
        }
        orderables = Orderable.collect(tables, labs: labs, problems: &problems)
        routes = RouteTable(tables.routes, doseForms: tables.doseForms, problems: &problems)
        allergens = AllergenIndex(tables, drugs: drugs, classes: classes, problems: &problems)
        crossReactivity = CrossReactivityIndex(
            tables.crossReactivities, drugs: drugs, classes: classes, problems: &problems)
        facts = tables.facts
        scores = DrugScores(tables.facts, drugs: drugs)
        Self.check(facts, drugs, classes, &problems)
        let aliases = Self.aliases(tables.names, drugs, &problems)
        drugAliases = aliases
        immunizations = ImmunizationSchedule(tables.schedule, problems: &problems)
        let byName = drugs.byName
        patientWarnings = DrugPatientWarning.collect(tables.patientWarnings, classes: classes, problems: &problems) {
            aliases[$0.lowercased()] ?? byName[$0.lowercased()]
        }
        if !problems.problems.isEmpty { throw KnowledgeError(problems.problems) }
    }

    /// Pairs of ingredients with a known interaction, without those of imported layers.
    public var interactionPairCount: Int { interactions.count }

    /// Pairs of imported layers; one that two of them have counts twice.
    public var importedPairCount: Int { interactions.layers.count }

    /// Every pair that any source knows, by RxNorm codes: the smaller in the upper half; ascending, each once.
    public var pairKeys: [UInt64] { interactions.keys(drugs) }

    /// The expanded interaction pairs, as a built file keeps them.
    public var pairRows: [PairRow] { interactions.rows(drugs) }

    /// `drug,paracetamol,RXNORM:161`.
    private static func aliases(
        _ rows: [NameRow], _ drugs: DrugIndex, _ problems: inout ProblemList
    ) -> [String: IngredientID] {
        var aliases: [String: IngredientID] = [:]
        for (index, row) in rows.enumerated() where row.kind == "drug" {
            let target = row.targets.first ?? ""
            guard row.targets.count == 1, target.hasPrefix("RXNORM:"), let rxcui = Int(target.dropFirst(7)),
                let id = drugs.ingredient(rxcui: rxcui)
            else {
                problems.add(.names, index, "targets", "\(row.name) needs one ingredient: RXNORM: and its code")
                continue
            }
            aliases[row.name.lowercased()] = id
        }
        return aliases
    }

    private static func check(
        _ facts: [DrugFactRow], _ drugs: DrugIndex, _ classes: ClassIndex, _ problems: inout ProblemList
    ) {
        for fact in facts {
            guard let table = KnowledgeTable(rawValue: fact.kind.rawValue) else { continue }
            switch fact.subject {
            case .ingredient(let rxcui) where drugs.ingredient(rxcui: rxcui) == nil:
                problems.add(table, fact.row, "ingredient_rxcui", "no ingredient has the RxNorm code \(rxcui)")
            case .drugClass(let identifier) where classes.row(of: identifier) == nil:
                problems.add(table, fact.row, "id", "no class is called \(identifier)")
            default:
                break
            }
        }
    }
}

// MARK: - Drugs

extension KnowledgeBase {
    public var ingredientCount: Int { drugs.ingredients.count }

    /// The ingredient of an id of this knowledge base.
    ///
    /// - Precondition: `id` came from this knowledge base.
    public func ingredient(_ id: IngredientID) -> Ingredient { drugs.ingredients[Int(id.index)] }

    /// By RxNorm code: an ingredient, a precise ingredient (its base), a retired code (its current one).
    public func ingredient(rxcui: Int) -> IngredientID? { drugs.ingredient(rxcui: rxcui) }

    /// By the name that rules write, whatever its case; a salt leads to its base.
    public func ingredient(named name: String) -> IngredientID? {
        let key = name.lowercased()
        return drugAliases[key] ?? drugs.byName[key]
    }

    /// What a stated medicine is. All codings of one concept are one drug: the most specific known product wins.
    public func resolve(_ concept: CodeableConcept) -> DrugResolution { drugs.resolve(concept) }

    /// What an entry about a medicine is: its code, else the active ingredients that it lists.
    public func resolve(_ medication: Medication) -> DrugResolution { drugs.resolve(medication) }

    /// The rows of a table that says one thing of a drug each, in the order of the file.
    public func facts(of kind: DrugFactRow.Kind) -> [DrugFactRow] { facts.filter { $0.kind == kind } }

    /// The ingredients that a row of a table speaks of: one, or those of a class.
    public func members(of subject: SubstanceReference) -> [IngredientID] {
        switch subject {
        case .ingredient: drugs.ingredient(of: subject).map { [$0] } ?? []
        case .drugClass(let identifier): classes.row(of: identifier).map { classes.classes[$0].members } ?? []
        case .other: []
        }
    }

    /// The interaction of two ingredients in either order; `nil` where none is known.
    public func interaction(_ a: IngredientID, _ b: IngredientID) -> Interaction? { interactions.interaction(a, b) }

    /// What each source says of two ingredients, the one that ranks highest first: where they differ, they differ visibly.
    public func interactionOpinions(_ a: IngredientID, _ b: IngredientID) -> [Interaction] { interactions.opinions(a, b) }

    /// What a recorded allergen means.
    public func resolveAllergen(_ concept: CodeableConcept) -> AllergenResolution {
        allergens.resolve(concept, drugs: drugs, classes: classes)
    }

    /// What an intolerance of `allergen` says of `drug`, the most specific first; empty for a drug with itself.
    public func crossReactivities(allergen: IngredientID, drug: IngredientID) -> [CrossReactivity] {
        crossReactivity.find(allergen: allergen, drug: drug)
    }

    /// How a drug is given: the stated route, else the dose form of the product; `nil` where neither says it.
    public func route(_ stated: CodeableConcept?, doseForm: String?) -> RouteGroup? {
        routes.route(stated, doseForm: doseForm)
    }
}

// MARK: - Names

/// The kinds of name that a rule may write.
public enum NameKind: String, CaseIterable, Sendable, Hashable {
    case drug, drugClass, problem, lab, procedure, vaccine, vaccineGroup, reaction, relation, overrideReason, setting, orderable, route
}

extension KnowledgeBase {
    /// `ssri-or-snri`, `CDS:ppi`, `FDA-EPC:N0000175413`.
    public func drugClass(named name: String) -> DrugClass? { classes.find(name) }

    public func codeSet(_ kind: CodeSetKind, named name: String) -> CodeSet? { codeSets.find(kind, name) }

    /// A laboratory test or vital sign.
    public func lab(named name: String) -> LabDefinition? { labs.find(name) }

    public func relation(named name: String) -> DrugRelation? { relations[name] }

    public func overrideReason(named name: String) -> OverrideReason? { overrideReasons[name] }

    /// What `order:` creates; a lab is ordered by its first code where it has no row of its own.
    public func orderable(named name: String) -> Orderable? { orderables[name] }

    /// Every name of a kind, ascending: for completion, and for the nearest one to a misspelt one.
    public func names(of kind: NameKind) -> [String] {
        switch kind {
        case .drug: (Array(drugs.byName.keys) + drugAliases.keys).sorted()
        case .drugClass: classes.names
        case .problem: codeSets.names(.problem)
        case .procedure: codeSets.names(.procedure)
        case .vaccine: codeSets.names(.vaccine)
        case .vaccineGroup: immunizations.groups.map(\.name).sorted()
        case .reaction: codeSets.names(.reaction)
        case .setting: codeSets.names(.setting)
        case .lab: labs.names
        case .relation: relations.keys.sorted()
        case .overrideReason: overrideReasons.keys.sorted()
        case .orderable: orderables.keys.sorted()
        case .route: RouteGroup.allCases.map(\.rawValue).sorted()
        }
    }
}
