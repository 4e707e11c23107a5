/// What an intolerance of one drug says of another.
public struct CrossReactivity: Sendable, Hashable {
    public enum Risk: String, Sendable, Hashable, Comparable, CaseIterable {
        case negligible, low, moderate, high

        private var rank: Int {
            switch self {
            case .negligible: 0
            case .low: 1
            case .moderate: 2
            case .high: 3
            }
        }

        public static func < (left: Risk, right: Risk) -> Bool { left.rank < right.rank }
    }

    /// `XR-02`.
    public let id: String
    public let group: String
    /// The side that was not tolerated, and the side that is ordered, as the table names them.
    public let allergenName: String
    public let drugName: String
    /// Such as `identical R1 side chain`.
    public let relation: String
    public let risk: Risk
    public let advice: String
    public let source: String
}

extension CrossReactivity {
    /// The same in the words of an interaction, so that a card can quote it and cite its source.
    public var toldAsInteraction: Interaction {
        Interaction(
            facts: .init(
                InteractionRuleRow(
                    id: id, a: .other(kind: "allergen", name: allergenName), aName: allergenName,
                    b: .other(kind: "drug", name: drugName), bName: drugName, severity: .none, effect: relation, management: advice,
                    source: source), layer: .curated))
    }
}

/// Cross-reactivities with their sides as ingredients.
struct CrossReactivityIndex: Sendable {
    private struct Entry: Sendable {
        let row: CrossReactivityRow
        let a: [IngredientID]
        let b: [IngredientID]
        /// How many sides are classes: fewer is more specific.
        let classCount: Int
        /// A side chain is shared both ways.
        let isMutual: Bool
    }

    private var entries: [Entry] = []

    init(_ rows: [CrossReactivityRow], drugs: DrugIndex, classes: ClassIndex, problems: inout ProblemList) {
        for (index, row) in rows.enumerated() {
            let a = Self.members(row.a, "a_id", index, drugs, classes, &problems)
            let b = Self.members(row.b, "b_id", index, drugs, classes, &problems)
            let classCount = [row.a, row.b].filter { if case .drugClass = $0 { true } else { false } }.count
            let isMutual = row.relation.hasPrefix("identical") || row.relation.hasPrefix("similar")
            entries.append(Entry(row: row, a: a, b: b, classCount: classCount, isMutual: isMutual))
        }
    }

    /// The most specific first, then the higher risk, then the table's order; none for a drug with itself.
    func find(allergen: IngredientID, drug: IngredientID) -> [CrossReactivity] {
        guard allergen != drug else { return [] }
        return entries
            .compactMap { entry -> (Entry, isTurned: Bool)? in
                if entry.a.containsSorted(allergen), entry.b.containsSorted(drug) { return (entry, false) }
                guard entry.isMutual, entry.b.containsSorted(allergen), entry.a.containsSorted(drug) else { return nil }
                return (entry, true)
            }
            .enumerated()
            .sorted { left, right in
                let (a, b) = (left.element.0, right.element.0)
                if a.classCount != b.classCount { return a.classCount < b.classCount }
                if a.row.risk != b.row.risk { return a.row.risk > b.row.risk }
                return left.offset < right.offset
            }
            .map { CrossReactivity($0.element.0.row, isTurned: $0.element.isTurned) }
    }

    /// The rows that name an ingredient on either side, in the table's order.
    func rows(of id: IngredientID) -> [CrossReactivityRow] {
        entries.filter { $0.a.containsSorted(id) || $0.b.containsSorted(id) }.map(\.row)
    }

    private static func members(
        _ side: SubstanceReference, _ column: String, _ row: Int, _ drugs: DrugIndex, _ classes: ClassIndex,
        _ problems: inout ProblemList
    ) -> [IngredientID] {
        switch side {
        case .ingredient(let rxcui):
            if let id = drugs.ingredient(rxcui: rxcui) { return [id] }
            problems.add(.crossReactivity, row, column, "no ingredient has the RxNorm code \(rxcui)")
        case .drugClass(let identifier):
            if let found = classes.row(of: identifier) { return classes.classes[found].members }
            problems.add(.crossReactivity, row, column, "no class is called \(identifier)")
        case .other:
            break  // foods and materials: kept for reading, of no use against drugs
        }
        return []
    }
}

extension CrossReactivity {
    fileprivate init(_ row: CrossReactivityRow, isTurned: Bool) {
        self.init(
            id: row.id, group: row.group, allergenName: isTurned ? row.bName : row.aName,
            drugName: isTurned ? row.aName : row.bName, relation: row.relation, risk: row.risk, advice: row.advice,
            source: row.source)
    }
}
