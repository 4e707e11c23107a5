public import Clinical
public import Knowledge

/// The rows of a table that speak of a drug being ordered: its limits by kidney function, result, dose or route, what must be
/// monitored, what a gene does to it.
///
/// Each drug has a ladder of its own, made from its rows when the rule is checked: the first row that is true decides, so that
/// one table gives one card for one drug. A drug that no row names costs nothing.
public struct DrugTableKind: RuleKind {
    public static let name = "drug-table"
    public static let summary = "a drug being ordered, and the rows of a table of limits that speak of it"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("table", meaning: "the table: renal, lab_limits, dose_limits, route_limits, monitoring or cpic"),
        RuleKindKey("except", isRequired: false, meaning: "drugs for which a rule of their own answers"),
        RuleKindKey("routes", isRequired: false, meaning: "routes by which a drug must be given to count, where its row names none"),
    ]

    /// The ladder of each drug, with the facts it reads.
    let ladders: [IngredientID: PlannedRule]
    let ordered: DrugSelector

    public init(ladders: [IngredientID: PlannedRule], ordered: DrugSelector) {
        self.ladders = ladders
        self.ordered = ordered
    }

    public var anchor: Anchor { .drugs(ordered.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [ordered] }

    public func matches(in record: PatientRecord) -> [Match] {
        record.presences(of: ordered).filter(\.isOrdered).compactMap { drug in
            ladders[drug.ingredient].map { Match(roles: [[.drug(drug)]], rule: $0) }
        }
    }
}
