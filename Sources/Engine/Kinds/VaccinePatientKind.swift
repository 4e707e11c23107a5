import Clinical
public import Knowledge

/// A vaccine being ordered for a patient who should not have it, or not yet.
public struct VaccinePatientKind: RuleKind {
    public static let name = "vaccine-patient"
    public static let summary = "a vaccine being ordered, and something about the patient: pregnancy, immunity, age, other vaccines"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("ordering", meaning: "one named role: the vaccine being ordered, by its name"),
        RuleKindKey("taking", isRequired: false, meaning: "one named role: a drug that is taken or ordered as well, where its dose matters"),
    ]

    let ordered: CodeSetID
    let taken: DrugSelector?

    public init(ordered: CodeSetID, taken: DrugSelector? = nil) {
        self.ordered = ordered
        self.taken = taken
    }

    public var anchor: Anchor { .everyone }
    public var selectors: [DrugSelector] { taken.map { [$0] } ?? [] }

    public func matches(in record: PatientRecord) -> [Match] {
        let vaccines = record.entries.lazy.filter(\.isOrder).filter { record.concept($0.medication.code, isIn: ordered) }
        guard let taken else { return vaccines.map { Match(roles: [[.vaccine($0)]]) } }
        return vaccines.flatMap { vaccine in
            record.presences(of: taken).map { Match(roles: [[.vaccine(vaccine)], [.drug($0)]], certainty: $0.certainty) }
        }
    }
}
