public import Knowledge

/// Several different drugs of one group at the same time, at least one of them being ordered.
///
/// An order for a drug that is already taken is a renewal and counts once.
public struct DuplicateKind: RuleKind {
    public static let name = "duplicate"
    public static let summary = "two or more different drugs of one group at a time"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [
        RuleKindKey("among", meaning: "the group: a class or a choice of drugs"),
        RuleKindKey("at_least", meaning: "how many different drugs make it a duplicate"),
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
        // A renewal alone adds nothing new to what was there.
        guard members.contains(where: { $0.isOrdered && !$0.isTaken }) else { return [] }
        // The parts of one product are meant to be together.
        guard members.contains(where: { one in members.contains { one.meets($0) } }) else { return [] }
        return [Match(roles: [members.map(Filler.drug)], certainty: members.certainty(ofAtLeast: atLeast))]
    }
}
