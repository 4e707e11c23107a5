public import Knowledge

/// A drug being ordered that the patient already has in another product: one of the two is a combination.
///
/// A renewal, and the same drug in two strengths, are not meant.
public struct DuplicateIngredientKind: RuleKind {
    public static let name = "duplicate-ingredient"
    public static let summary = "a drug being ordered that is also in another product, one of them a combination"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("ordering", meaning: "one named role: the drug that is there twice; `$partner` is what it is combined with")
    ]

    let drug: DrugSelector

    public init(drug: DrugSelector) {
        self.drug = drug
    }

    public var anchor: Anchor { .drugs(drug.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [drug] }

    public func matches(in record: PatientRecord) -> [Match] {
        record.presences(of: drug).compactMap { presence in
            let entries = presence.orders + presence.taken
            guard presence.isOrdered, entries.count > 1 else { return nil }
            let products = Set(entries.compactMap { $0.drug?.ingredients })
            guard products.count > 1, let first = products.first else { return nil }
            // Those that are not in every one of the products.
            let shared = products.reduce(Set(first)) { $0.intersection($1) }
            let partners = Set(products.joined()).subtracting(shared)
            let known = record.allPresences.filter { partners.contains($0.ingredient) }
            return Match(roles: [[.drug(presence)], known.map(Filler.drug)], certainty: presence.certainty)
        }
    }
}
