import Clinical
import Documents
import Engine
import Knowledge

/// A row of `grades` of a rule over a table: which rows of the table it is for, and the card that they share.
struct TableGrade {
    let name: String
    /// Words of the table's column `action`; empty where the table has none, and every row is meant.
    let actions: [String]
    /// Only from so many times the limit on.
    let times: Int
    /// Of rows that speak only above a dose: those where the order tells one, or none.
    let dose: Dose?
    let severity: Severity
    let card: CardText

    enum Dose: String, CaseIterable {
        case told
        case notTold = "not-told"
    }
}

extension RuleReader {
    /// `kind: drug-table`: the rows of a table as ladders, one for each drug.
    func readDrugTable() -> (any RuleKind)? {
        roles = ["drug"]
        let choices = DrugTable.allCases.map { ($0.rawValue, $0) }
        guard let table = word(map.take("table"), "table", among: choices) else { return nil }
        let excepted = map.take("except").flatMap(readSelector)?.alternatives.flatMap { session.builder.members(of: $0.set) } ?? []
        let routes = map.take("routes").map { readRoutes($0) }
        let grades = readTableGrades()
        tableGrades = grades.map { PlannedGrade(name: $0.name, when: .all([]), severity: $0.severity, card: $0.card) }
        guard let heading, !grades.isEmpty else { return nil }

        var rows: [IngredientID: [DrugFactRow]] = [:]
        for row in session.names.knowledge.facts(of: table.kind) {
            for member in session.names.knowledge.members(of: row.subject) { rows[member, default: []].append(row) }
        }
        for drug in excepted { rows[drug] = nil }
        var ladders: [IngredientID: PlannedRule] = [:]
        var known: [LadderKey: PlannedRule] = [:]
        for drug in rows.keys.sorted() {
            // What is said of the drug itself stands in place of what is said of its class.
            let all = rows[drug] ?? []
            let own = all.filter { if case .ingredient = $0.subject { true } else { false } }
            let speaking = table.prefersOwnRows && !own.isEmpty ? own : all
            let isOwn = speaking.contains { $0.cells["conditions"]?.contains("new") ?? $0.cells["conditions"]?.contains("continued") ?? false }
            let key = LadderKey(rows: speaking.map(\.row), drug: isOwn ? drug : nil)
            if let made = known[key] {
                ladders[drug] = made
                continue
            }
            var ladder = TableLadder(reader: self, table: table, drug: drug, routes: routes)
            let planned = ladder.rule(of: speaking, grades: grades, heading: heading, isShown: isShown)
            known[key] = planned
            ladders[drug] = planned
        }
        guard !ladders.isEmpty else {
            report("V206", "the table `\(table.rawValue)` has no row", at: map.keyRange("table") ?? map.range.start(of: 1))
            return nil
        }
        let set = session.builder.drugSet(ladders.keys)
        return DrugTableKind(ladders: ladders, ordered: DrugSelector([.init(set: set)]))
    }

    /// The rows of `grades`, whose texts speak of the cells of a row of the table.
    func readTableGrades() -> [TableGrade] {
        let base = CardParts(map)
        guard let node = map.take("grades"), let rows = node.sequence, !rows.isEmpty else {
            report("V111", "`grades` is missing: the rows that decide severity and card", at: map.range.start(of: 1))
            return []
        }
        return rows.compactMap { row in
            guard let reader = MapReader(row, session, file: file, what: "a row of `grades`") else { return nil }
            let name = text(reader.need("name", why: "each row has a name, so that a test and the log can speak of it"), "`name`") ?? ""
            let actions = (reader.take("rows")?.listOrSelf ?? []).compactMap { text($0, "`rows`") }
            let times = reader.take("at_times").flatMap { count($0, "`at_times`") } ?? 1
            let dose = reader.take("dose").flatMap { node in
                word(node, "dose", among: TableGrade.Dose.allCases.map { ($0.rawValue, $0) })
            }
            let severity: Severity? = word(
                reader.need("severity", why: "`contraindicated`, `major`, `moderate`, `minor` or `none`"), "severity",
                among: Severity.allCases.map { ($0.rawValue, $0) })
            let card = readCard(
                CardParts(reader).over(base), known: [], at: row.range.start(of: 1), needsSummary: severity != Severity.none)
            readFloor(reader.take("floor"), of: severity, name)
            reader.finish()
            addOrigin(.grade(origins.count), row.range)
            return severity.map { TableGrade(name: name, actions: actions, times: times, dose: dose, severity: $0, card: card) }
        }
    }
}

private struct LadderKey: Hashable {
    let rows: [Int]
    let drug: IngredientID?
}

/// The tables that a rule of kind `drug-table` may speak for.
enum DrugTable: String, CaseIterable {
    case renal
    case labLimits = "lab_limits"
    case doseLimits = "dose_limits"
    case routeLimits = "route_limits"
    case monitoring
    case cpic

    var kind: DrugFactRow.Kind {
        switch self {
        case .renal: .renal
        case .labLimits: .labLimit
        case .doseLimits: .doseLimit
        case .routeLimits: .routeLimit
        case .monitoring: .monitoring
        case .cpic: .pharmacogenomics
        }
    }

    /// False where a drug is to meet the rows of its classes as well as its own.
    var prefersOwnRows: Bool { self == .renal }

    /// Words of the file's name, for messages.
    var file: String { "\(rawValue).csv" }
}
