import Clinical
public import Knowledge

/// A drug that is ordered twice alike in one go: two drafts of the same ingredients, by the same route, with the same dosage.
///
/// Two strengths that make one dose, a loading dose before a daily one, and a dose as needed beside one at set times differ in
/// their dosage, and are not meant.
public struct DuplicateOrderKind: RuleKind {
    public static let name = "duplicate-order"
    public static let summary = "a drug that is ordered twice alike among the drafts"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [RuleKindKey("ordering", meaning: "one named role: the drug that is ordered twice")]

    let drug: DrugSelector

    public init(drug: DrugSelector) {
        self.drug = drug
    }

    public var anchor: Anchor { .drugs(drug.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [drug] }

    public func matches(in record: PatientRecord) -> [Match] {
        var seen: Set<[ResourceReference]> = []
        return record.presences(of: drug).compactMap { presence in
            let twins = presence.orders.filter { one in presence.orders.contains { one.isTwin(of: $0) } }
            guard twins.count > 1, seen.insert(twins.map(\.medication.reference)).inserted else { return nil }
            return Match(
                roles: [[.drug(presence)]], certainty: twins.contains { $0.medication.dosages.isEmpty } ? .unknown(Self.noDosage) : .yes)
        }
    }

    private static let noDosage = UnknownReason(.notRecorded, "it is among the orders twice, and no dosage tells whether both are meant")
}

extension MedicationEntry {
    fileprivate func isTwin(of other: MedicationEntry) -> Bool {
        guard medication.reference != other.medication.reference, let drug, let otherDrug = other.drug else { return false }
        let replacesOther = medication.replaces == other.medication.reference || other.medication.replaces == medication.reference
        let isOfOneStrength =
            drug.strengths.isEmpty || otherDrug.strengths.isEmpty || drug.strengths == otherDrug.strengths
        return !replacesOther && drug.ingredients == otherDrug.ingredients && route == other.route && isOfOneStrength
            && strengths == other.strengths && medication.dosages == other.medication.dosages
    }
}
