public import Clinical
public import Knowledge

/// The plain pairs of the interaction table, of one or several severities.
///
/// A pair that an interaction rule of its own speaks for is left to that rule: one pair, one card.
public struct InteractionTableKind: RuleKind {
    public static let name = "interaction-table"
    public static let summary = "pairs of the interaction table, less those that a rule of kind interaction speaks for"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("severities", meaning: "the severities of the table that this rule answers for"),
        RuleKindKey("routes", isRequired: false, meaning: "routes by which both drugs must be given to count; unknown counts"),
    ]

    public let severities: Set<Severity>
    let routes: Set<RouteGroup>?

    public init(severities: Set<Severity>, routes: Set<RouteGroup>?) {
        self.severities = severities
        self.routes = routes
    }

    public var anchor: Anchor { .everyone }

    public func matches(in record: PatientRecord) -> [Match] {
        record.tablePairs(routes: routes).compactMap { pair in
            guard severities.contains(pair.interaction.severity) else { return nil }
            return Match(roles: [[.drug(pair.first)], [.drug(pair.second)]], interaction: pair.interaction)
        }
    }
}
