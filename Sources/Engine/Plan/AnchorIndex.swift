import Clinical

/// Which rules hang on which drug or problem.
///
/// A rule of an order hook hangs on the drug sets of which a member must be ordered; a care gap on the problems of its
/// population. A rule without an anchor is asked for every patient.
struct AnchorIndex: Sendable {
    private(set) var byDrugSet: [Int32: [Int32]] = [:]
    private(set) var byCodeSet: [Int32: [Int32]] = [:]
    private(set) var unanchored: [Int32] = []

    init(_ rules: [PlannedRule]) {
        for (number, rule) in rules.enumerated() {
            switch rule.kind.anchor {
            case .drugs(let sets):
                for set in Set(sets.map(\.index)).sorted() { byDrugSet[set, default: []].append(Int32(number)) }
            case .problems(let sets):
                for set in Set(sets.map(\.index)).sorted() { byCodeSet[set, default: []].append(Int32(number)) }
            case .everyone:
                unanchored.append(Int32(number))
            }
        }
    }
}
