public import Clinical
public import Knowledge

/// An allergy on record, and an order of a drug that it forbids or makes risky.
public struct AllergyKind: RuleKind {
    public static let name = "allergy"
    public static let summary = "an allergy on record that meets a drug being ordered"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("allergic_to", meaning: "one named role: the allergen, as a drug or a class"),
        RuleKindKey("ordering", meaning: "one named role: the drug being ordered"),
    ]

    let allergen: DrugSelector
    let ordered: DrugSelector
    /// True where only a drug that the allergy itself names or covers meets, not any member of the second set.
    let isSameDrug: Bool

    public init(allergen: DrugSelector, ordered: DrugSelector, isSameDrug: Bool = false) {
        self.allergen = allergen
        self.ordered = ordered
        self.isSameDrug = isSameDrug
    }

    public var anchor: Anchor { .drugs(ordered.alternatives.map(\.set)) }

    public func matches(in record: PatientRecord) -> [Match] {
        let drugs = record.presences(of: ordered).filter(\.isOrdered)
        guard !drugs.isEmpty else { return [] }
        var met: Set<ResourceReference> = []
        return allergen.alternatives.flatMap { record.allergies(to: $0.set) }.flatMap { allergy -> [Match] in
            // An allergy that several alternatives name is still one.
            guard met.insert(allergy.entry.allergy.reference).inserted else { return [] }
            return drugs.compactMap { drug in
                guard !isSameDrug || allergy.covers(drug.ingredient) else { return nil }
                return Match(roles: [[.allergy(allergy)], [.drug(drug)]])
            }
        }
    }
}
