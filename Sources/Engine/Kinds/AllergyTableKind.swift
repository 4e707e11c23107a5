public import Clinical
public import Knowledge

/// Cross-reactivities of the table, of one or several levels of risk.
///
/// An allergy and a drug for which an allergy rule of its own speaks are left to that rule, and so is a drug that the allergy
/// itself names or covers.
public struct AllergyTableKind: RuleKind {
    public static let name = "allergy-table"
    public static let summary = "cross-reactivities of the table, less those that a rule of kind allergy speaks for"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [RuleKindKey("risks", meaning: "the levels of risk that this rule answers for")]

    let risks: Set<CrossReactivity.Risk>

    public init(risks: Set<CrossReactivity.Risk>) {
        self.risks = risks
    }

    public var anchor: Anchor { .everyone }

    public func matches(in record: PatientRecord) -> [Match] {
        let allergies = record.allergyEntries.filter { !$0.resolution.noneKnown && !$0.ingredients.isEmpty }
        guard !allergies.isEmpty else { return [] }
        let ordered = record.allPresences.filter(\.isOrdered)
        return allergies.flatMap { entry in
            ordered.compactMap { drug -> Match? in
                guard !entry.ingredients.contains(drug.ingredient), let cross = record.crossReactivity(entry, drug.ingredient),
                    risks.contains(cross.risk)
                else { return nil }
                return Match(
                    roles: [[.allergy(AllergyMatch(entry: entry, name: entry.label(record.knowledge), rxcui: nil))], [.drug(drug)]],
                    interaction: cross.toldAsInteraction)
            }
        }
    }
}

extension PatientRecord {
    /// What the table says of an allergy and a drug: of all that the allergen names or covers the most specific, then the riskiest.
    func crossReactivity(_ entry: AllergyEntry, _ drug: IngredientID) -> CrossReactivity? {
        entry.ingredients.compactMap { knowledge.crossReactivities(allergen: $0, drug: drug).first }
            .max { ($0.risk, $1.id) < ($1.risk, $0.id) }
    }
}

extension AllergyEntry {
    /// What a card calls the allergen: the drugs that the record names, else the classes.
    fileprivate func label(_ knowledge: KnowledgeBase) -> String {
        let names = resolution.ingredients.map { knowledge.ingredient($0).name }
        return joined(unique(names.isEmpty ? resolution.classes.map(\.title) : names))
    }
}
