import Clinical
public import Knowledge

/// A vaccine being ordered for a patient who should not have it, or not yet.
public struct VaccinePatientKind: RuleKind {
    public static let name = "vaccine-patient"
    public static let summary = "a vaccine being ordered, and something about the patient: pregnancy, immunity, age, other vaccines"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [RuleKindKey("ordering", meaning: "one named role: the vaccine being ordered, by its name")]

    let ordered: CodeSetID

    public init(ordered: CodeSetID) {
        self.ordered = ordered
    }

    public var anchor: Anchor { .everyone }

    public func matches(in record: PatientRecord) -> [Match] {
        record.entries.lazy.filter(\.isOrder).filter { record.concept($0.medication.code, isIn: ordered) }
            .map { Match(roles: [[.vaccine($0)]]) }
    }
}
