public import Knowledge

/// A load that adds up over all the drugs of a group, at least one of them being ordered.
public struct AdditiveKind: RuleKind {
    public static let name = "additive"
    public static let summary = "a risk that adds up over several drugs: QT, bleeding, sedation"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("among", meaning: "the group: a class or a choice of drugs"),
        RuleKindKey("at_least", meaning: "how many different drugs it takes for the ladder to be walked"),
    ]

    let group: DrugSelector
    let atLeast: Int

    public init(group: DrugSelector, atLeast: Int) {
        self.group = group
        self.atLeast = atLeast
    }

    public var anchor: Anchor { .drugs(group.alternatives.map(\.set)) }
    public var selectors: [DrugSelector] { [group] }

    public func matches(in record: PatientRecord) -> [Match] {
        let members = record.presences(of: group)
        guard members.count >= atLeast, members.contains(where: \.isOrdered) else { return [] }
        return [Match(roles: [members.map(Filler.drug)], certainty: members.certainty(ofAtLeast: atLeast))]
    }
}
