/// The rows of the table that are about duplicate therapy.
///
/// Only a word of the language, as `drug-patient-table` is: each row becomes a planned rule of kind `duplicate`.
public struct DuplicateTableKind: RuleKind {
    public static let name = "duplicate-table"
    public static let summary = "groups of which two different drugs at a time are one too many, as the table lists them"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("topics", meaning: "the topics of the table that this rule answers for"),
        RuleKindKey("unless", isRequired: false, meaning: "a condition under which none of its rows speaks"),
    ]

    public init() {}

    public var anchor: Anchor { .drugs([]) }

    public func matches(in record: PatientRecord) -> [Match] { [] }
}
