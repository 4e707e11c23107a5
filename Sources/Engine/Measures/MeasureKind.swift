public import Knowledge

/// A quality measure: populations over a period, counted for each patient, and at the bedside the gap that is still open.
public final class MeasureKind: RuleKind {
    public static let name = "measure"
    public static let summary = "a quality measure: populations over a measurement period, and the gap that is open"
    public static let occasions: [Occasion] = [.patientView]
    public static let keys = [
        RuleKindKey("counts", isRequired: false, meaning: "`patients`, or the name of a fact whose entries are counted one by one"),
        RuleKindKey("better", isRequired: false, meaning: "`higher`, or `lower` where the numerator is what should not be"),
        RuleKindKey("initial_population", meaning: "whom it is about"),
        RuleKindKey("denominator", isRequired: false, meaning: "which of them count; without it, all"),
        RuleKindKey("exclusions", isRequired: false, meaning: "whom it leaves out: any one of these is enough"),
        RuleKindKey("numerator", meaning: "what is measured: any one of these is enough"),
        RuleKindKey("exceptions", isRequired: false, meaning: "what excuses those who did not get it: any one of these is enough"),
        RuleKindKey(
            "same_gap_as", isRequired: false,
            meaning: "rules about the same gap: where one of them speaks, this one is counted and shows no card"),
        RuleKindKey("rates", isRequired: false, meaning: "several of these under names, where a measure gives several rates"),
    ]

    public let measure: Measure
    public let severity: Severity
    /// The card for an open gap; nothing where the measure is only counted.
    public let card: CardText?
    /// The ids of rules about the same gap, whether or not they are loaded: one problem, one card.
    public let sameGapAs: [String]

    public init(measure: Measure, severity: Severity, card: CardText?, sameGapAs: [String] = []) {
        self.sameGapAs = sameGapAs
        self.measure = measure
        self.severity = severity
        self.card = card
    }

    public var anchor: Anchor { .everyone }

    /// One match without roles.
    public func matches(in record: PatientRecord) -> [Match] {
        record.isDeceased ? [] : [Match(roles: [])]
    }
}
