public import Knowledge

/// A load that adds up over all the drugs of a group, at least one of them being ordered.
public struct AdditiveKind: RuleKind {
    public static let name = "additive"
    public static let summary = "a risk that adds up over several drugs: QT, bleeding, sedation"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("among", meaning: "the group: a class or a choice of drugs"),
        RuleKindKey("at_least", meaning: "how many different drugs it takes for the ladder to be walked"),
        RuleKindKey("merges", isRequired: false, meaning: "what is said of pairs of the group elsewhere and becomes part of this card: one problem, one card"),
    ]

    let group: DrugSelector
    let atLeast: Int
    let merging: Merging?

    public init(group: DrugSelector, atLeast: Int, merging: Merging? = nil) {
        self.merging = merging
        self.group = group
        self.atLeast = atLeast
    }

    public var anchor: Anchor { .drugs(group.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [group] }

    /// What of other findings speaks of the same clinical problem.
    public struct Merging: Sendable, Hashable {
        /// Words in the effect of a pair of the interaction table, in small letters.
        public let effects: [String]
        /// Categories of interaction rules.
        public let categories: Set<String>

        public init(effects: [String], categories: Set<String>) {
            self.effects = effects
            self.categories = categories
        }
    }

    public func matches(in record: PatientRecord) -> [Match] {
        let members = record.presences(of: group)
        guard members.count >= atLeast, members.contains(where: \.isOrdered) else { return [] }
        return [Match(roles: [members.map(Filler.drug)], certainty: members.certainty(ofAtLeast: atLeast))]
    }
}
