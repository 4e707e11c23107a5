public import Clinical
public import Knowledge

/// A way in which drugs, allergies and patients meet: what an author writes after `kind:`.
///
/// A kind knows its word, its default hooks and who meets; the ladder, the facts and the card are the same for all.
/// To add one: a file that conforms, a line in `RuleKindCatalog`.
public protocol RuleKind: Sendable {
    /// The word that authors write.
    static var name: String { get }
    /// What the word means, for the manual and for `--help`.
    static var summary: String { get }
    /// The hooks it answers unless a rule says otherwise.
    static var occasions: [Occasion] { get }
    /// The keys under which an author says who meets; those with `isRequired` must be there.
    static var keys: [RuleKindKey] { get }
    /// What a patient must have for the rule to be asked at all.
    var anchor: Anchor { get }
    /// The drugs of each role, in the order of the roles; for those who ask why a rule was silent.
    var selectors: [DrugSelector] { get }
    /// Everyone who meets in this patient, each a reason to walk the ladder once.
    func matches(in record: PatientRecord) -> [Match]
}

extension RuleKind {
    public var selectors: [DrugSelector] { [] }
}

/// A key of a kind, as the rule language reads it.
public struct RuleKindKey: Sendable {
    public let name: String
    public let isRequired: Bool
    public let meaning: String

    public init(_ name: String, isRequired: Bool = true, meaning: String) {
        self.name = name
        self.isRequired = isRequired
        self.meaning = meaning
    }
}

/// What a rule hangs on.
public enum Anchor: Sendable {
    /// A member of one of these sets must be among the orders.
    case drugs([DrugSetID])
    /// One of these problems must be on the record.
    case problems([CodeSetID])
    case everyone
}

/// The kinds there are, one line each.
public enum RuleKindCatalog {
    public static let all: [any RuleKind.Type] = [
        InteractionKind.self,
        InteractionTableKind.self,
        AllergyKind.self,
        AllergyTableKind.self,
        DrugPatientKind.self,
        DrugPatientTableKind.self,
        VaccinePatientKind.self,
        DuplicateKind.self,
        DuplicateIngredientKind.self,
        DuplicateOrderKind.self,
        DuplicateTableKind.self,
        AdditiveKind.self,
        DrugTableKind.self,
        RepeatedTestKind.self,
        CareGapKind.self,
        MeasureKind.self,
    ]
}

/// One meeting: what fills each role, and how sure it is.
public struct Match: Sendable {
    /// What fills each role of the rule, by the number of the role.
    let roles: [[Filler]]
    /// Unknown where it is not certain that they meet: a washout whose end is not recorded, for instance.
    let certainty: Truth
    /// What the interaction table says of the pair.
    let interaction: Interaction?
    /// The rule to be walked in place of the one that met: the rows of a table that speak of this drug.
    let rule: PlannedRule?
    /// Draft orders that it is about, beside those of the drugs.
    let orders: [ResourceReference]

    init(
        roles: [[Filler]], certainty: Truth = .yes, interaction: Interaction? = nil, rule: PlannedRule? = nil,
        orders: [ResourceReference] = []
    ) {
        self.rule = rule
        self.orders = orders
        self.roles = roles
        self.certainty = certainty
        self.interaction = interaction
    }
}

/// A kind whose matches come from a table: what a rule of its own speaks for is left to that rule.
protocol TableKind: RuleKind {}

extension InteractionTableKind: TableKind {}
extension AllergyTableKind: TableKind {}

/// Two that meet, whichever comes first: what can be claimed by a rule.
enum Meeting: Hashable {
    case drugs(UInt64)
    case allergy(ResourceReference, IngredientID)
}

extension Match {
    /// The two that meet; nothing where it is one, or more.
    var meeting: Meeting? {
        guard roles.count == 2, case .drug(let drug)? = roles[1].first else { return nil }
        return switch roles[0].first {
        case .drug(let other): .drugs(other.ingredient.pairKey(with: drug.ingredient))
        case .allergy(let allergy): .allergy(allergy.entry.allergy.reference, drug.ingredient)
        case .vaccine, nil: nil
        }
    }
}

extension Match {
    /// The pairs for which a rule of this kind speaks once it has decided: its two drugs, or each two of a duplicate.
    func claims(of kind: any RuleKind) -> [Meeting] {
        if kind is InteractionKind || kind is AllergyKind { return isRouteOpen(for: kind) ? [] : meeting.map { [$0] } ?? [] }
        guard kind is DuplicateKind, let members = roles.first else { return [] }
        let ingredients = members.compactMap { if case .drug(let drug) = $0 { drug.ingredient } else { nil } }
        return ingredients.indices.flatMap { one in
            ingredients[(one + 1)...].map { .drugs(ingredients[one].pairKey(with: $0)) }
        }
    }

    /// True where a rule for a form that acts where it is put met a drug by a route that nobody tells: what holds for the whole body may hold too.
    private func isRouteOpen(for kind: any RuleKind) -> Bool {
        zip(kind.selectors, roles).contains { selector, fillers in
            guard selector.alternatives.contains(where: { $0.routes?.contains(where: \.isSystemic) == false }) else { return false }
            return fillers.contains { if case .drug(let drug) = $0 { drug.hasUntoldRoute } else { false } }
        }
    }
}

/// A drug, an allergy or the order of a vaccine that fills a role.
enum Filler: Sendable {
    case drug(DrugPresence)
    case allergy(AllergyMatch)
    case vaccine(MedicationEntry)
}
