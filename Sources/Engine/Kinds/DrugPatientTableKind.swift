/// The rows of the table of drugs that some patients should not have, of one or several topics.
///
/// Only a word of the language: each row becomes a planned rule of kind `drug-patient` of its own, anchored on its drugs,
/// so that a patient pays for the rows he touches and for no others.
public struct DrugPatientTableKind: RuleKind {
    public static let name = "drug-patient-table"
    public static let summary = "drugs that some patients should not have, as the table lists them: disease, pregnancy, age"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("topics", meaning: "the topics of the table that this rule answers for"),
        RuleKindKey("unless", isRequired: false, meaning: "a condition under which none of its rows speaks"),
    ]

    public init() {}

    public var anchor: Anchor { .drugs([]) }

    public func matches(in record: PatientRecord) -> [Match] { [] }
}
