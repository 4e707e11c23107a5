public import Clinical
public import Knowledge

/// Two drugs that should not meet, at least one of which is being ordered.
public struct InteractionKind: RuleKind {
    public static let name = "interaction"
    public static let summary = "two drugs that act on each other, at least one of them being ordered"
    public static let occasions: [Occasion] = [.orderSelect, .orderSign]
    public static let keys = [RuleKindKey("between", meaning: "two named roles, each a drug, a class or a choice of them")]

    let first: DrugSelector
    let second: DrugSelector

    public init(first: DrugSelector, second: DrugSelector) {
        self.first = first
        self.second = second
    }

    public var anchor: Anchor { .drugs((first.alternatives + second.alternatives).map(\.set)) }
    public var selectors: [DrugSelector] { [first, second] }

    public func matches(in record: PatientRecord) -> [Match] {
        let left = record.presences(of: first)
        guard !left.isEmpty else { return [] }
        let right = record.presences(of: second)
        var met: [Match] = []
        var places: [UInt64: Int] = [:]
        for one in left {
            for other in right where one.meets(other) {
                let match = Match(roles: [[.drug(one)], [.drug(other)]], certainty: one.certainty.and(other.certainty))
                let pair = one.ingredient.pairKey(with: other.ingredient)
                if let known = places[pair] {
                    // Both drugs may fill either role: the way round that is sure goes before one that is not.
                    if met[known].certainty.isUnknown, match.certainty.isYes { met[known] = match }
                    continue
                }
                places[pair] = met.count
                met.append(match)
            }
        }
        return met
    }
}

extension IngredientID {
    /// One number for two ingredients, whichever comes first.
    func pairKey(with other: IngredientID) -> UInt64 {
        let low = UInt32(bitPattern: min(index, other.index))
        let high = UInt32(bitPattern: max(index, other.index))
        return UInt64(high) << 32 | UInt64(low)
    }
}
