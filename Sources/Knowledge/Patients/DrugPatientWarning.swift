/// A drug that some patients should not have, with its drugs found.
///
/// Its condition stays a text here: the rule language reads it when a rule asks for the topic.
public struct DrugPatientWarning: Sendable, Hashable {
    /// Ascending, each once; never empty.
    public let ingredients: [IngredientID]
    /// Nothing where every route counts.
    public let routes: Set<RouteGroup>?
    let row: DrugPatientRow

    public var id: String { row.id }
    public var topic: String { row.topic }
    public var condition: String { row.condition }
    public var when: String { row.when }
    public var severity: Severity { row.severity }
    public var effect: String { row.effect }
    public var management: String { row.management }
    public var source: String { row.source }
}

extension DrugPatientWarning {
    /// Every row with its drugs found; what is not found is a problem of its row.
    static func collect(
        _ rows: [DrugPatientRow], classes: ClassIndex, problems: inout ProblemList, drug: (String) -> IngredientID?
    ) -> [DrugPatientWarning] {
        var ids: Set<String> = []
        return rows.enumerated().map { number, row in
            if !ids.insert(row.id).inserted { problems.add(.drugPatient, number, "id", "\(row.id) is here twice") }
            return DrugPatientWarning(
                ingredients: ingredients(row, number, classes, &problems, drug), routes: routes(row, number, &problems), row: row)
        }
    }

    private static func ingredients(
        _ row: DrugPatientRow, _ number: Int, _ classes: ClassIndex, _ problems: inout ProblemList,
        _ drug: (String) -> IngredientID?
    ) -> [IngredientID] {
        var members: Set<IngredientID> = [], excluded: Set<IngredientID> = []
        for target in row.drugs {
            let isExcluded = target.hasPrefix("-")
            let name = String(isExcluded ? target.dropFirst() : target[...])
            let found: [IngredientID]
            if name.hasPrefix("class:") {
                found = classes.find(String(name.dropFirst(6)))?.members ?? []
            } else {
                found = drug(name).map { [$0] } ?? []
            }
            if found.isEmpty { problems.add(.drugPatient, number, "drugs", "no drug or class is called \(name)") }
            if isExcluded { excluded.formUnion(found) } else { members.formUnion(found) }
        }
        members.subtract(excluded)
        if members.isEmpty { problems.add(.drugPatient, number, "drugs", "no drug is left") }
        return members.sorted()
    }

    private static func routes(_ row: DrugPatientRow, _ number: Int, _ problems: inout ProblemList) -> Set<RouteGroup>? {
        var routes: Set<RouteGroup> = []
        for word in row.routes {
            if word == "systemic" {
                routes.formUnion(RouteGroup.allCases.filter(\.isSystemic))
            } else if let route = RouteGroup(rawValue: word) {
                routes.insert(route)
            } else {
                problems.add(.drugPatient, number, "routes", "no route is called \(word)")
            }
        }
        return routes.isEmpty ? nil : routes
    }
}
