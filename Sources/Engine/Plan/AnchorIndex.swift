import Clinical

/// Which rules hang on which drug or problem, of those that answer one occasion.
///
/// A rule of an order hook hangs on the drug sets of which a member must be ordered; a care gap on the problems of its
/// population. A rule without an anchor is asked for every patient.
struct AnchorIndex: Sendable {
    /// The rules in the order in which they are asked: that of the plan, rules of a table last, since the others speak for
    /// their pairs.
    private(set) var rules: [PlannedRule] = []
    /// Places in `rules`.
    private(set) var byDrugSet: [Int32: [Int32]] = [:]
    private(set) var byCodeSet: [Int32: [Int32]] = [:]
    private(set) var unanchored: [Int32] = []

    init() {}

    init(_ all: [PlannedRule], on occasion: Occasion) {
        let answering = all.filter { $0.occasions.contains(occasion) }
        rules = answering.filter { !$0.isTable } + answering.filter(\.isTable)
        for (place, rule) in rules.enumerated() {
            switch rule.kind.anchor {
            case .drugs(let sets):
                for set in Set(sets.map(\.index)).sorted() { byDrugSet[set, default: []].append(Int32(place)) }
            case .problems(let sets):
                for set in Set(sets.map(\.index)).sorted() { byCodeSet[set, default: []].append(Int32(place)) }
            case .everyone:
                unanchored.append(Int32(place))
            }
        }
    }
}
