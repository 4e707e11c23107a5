public import Knowledge

/// A drug being ordered for a patient who should not have it, or not so much of it.
public struct DrugPatientKind: RuleKind {
    public static let name = "drug-patient"
    public static let summary = "a drug being ordered, and something about the patient: disease, kidney, pregnancy, age, dose"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [RuleKindKey("ordering", meaning: "one named role: the drug being ordered")]

    let ordered: DrugSelector

    public init(ordered: DrugSelector) {
        self.ordered = ordered
    }

    public var anchor: Anchor { .drugs(ordered.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [ordered] }

    public func matches(in record: PatientRecord) -> [Match] {
        record.presences(of: ordered).filter(\.isOrdered).map { Match(roles: [[.drug($0)]]) }
    }
}
