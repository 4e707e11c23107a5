public import Clinical

/// Groups of ingredients that share something, such as the R1 side chain of beta-lactams.
public struct DrugRelation: Sendable, Hashable {
    public let name: String
    public let title: String
    /// Each ascending. An ingredient may be in several.
    public let groups: [[IngredientID]]

    public init(name: String, title: String, groups: [[IngredientID]]) {
        self.name = name
        self.title = title
        self.groups = groups
    }

    /// Whether `a` and `b` share it; unknown where no source places one of them.
    public func share(_ a: IngredientID, _ b: IngredientID) -> Truth {
        if a == b { return .yes }
        var knowsA = false
        var knowsB = false
        for group in groups {
            let hasA = group.containsSorted(a)
            let hasB = group.containsSorted(b)
            if hasA && hasB { return .yes }
            knowsA = knowsA || hasA
            knowsB = knowsB || hasB
        }
        return knowsA && knowsB ? .no : .unknown(UnknownReason(.notRecorded, "\(title) is not known"))
    }

    /// Relations by name; a member that is no ingredient is a problem.
    static func collect(
        _ rows: [RelationMemberRow], drugs: DrugIndex, problems: inout ProblemList
    ) -> [String: DrugRelation] {
        var groups: [String: [String: [IngredientID]]] = [:]
        var titles: [String: String] = [:]
        for (index, row) in rows.enumerated() {
            guard let id = drugs.ingredient(rxcui: row.rxcui) else {
                problems.add(.relations, index, "ingredient_rxcui", "no ingredient has the RxNorm code \(row.rxcui)")
                continue
            }
            groups[row.relation, default: [:]][row.group, default: []].append(id)
            titles[row.relation] = row.title
        }
        return groups.reduce(into: [:]) { relations, entry in
            relations[entry.key] = DrugRelation(
                name: entry.key, title: titles[entry.key] ?? entry.key,
                groups: entry.value.sorted { $0.key < $1.key }.map { Array(Set($0.value)).sorted() })
        }
    }
}
