import Clinical
import Documents
import Engine
import Knowledge

/// Makes the ladder of one drug from the rows of a table that speak of it: facts, conditions and cards.
struct TableLadder {
    let reader: RuleReader
    let table: DrugTable
    let drug: IngredientID
    let routes: Set<RouteGroup>?
    var facts: [PlannedFact] = []
    var numbers: [String: FactID] = [:]

    init(reader: RuleReader, table: DrugTable, drug: IngredientID, routes: Set<RouteGroup>?) {
        self.reader = reader
        self.table = table
        self.drug = drug
        self.routes = routes
    }

    mutating func rule(of rows: [DrugFactRow], grades: [TableGrade], heading: RuleHeading, isShown: Bool) -> PlannedRule {
        var planned: [PlannedGrade] = []
        for grade in grades {
            if table == .monitoring {
                if let row = monitoring(rows, grade) { planned.append(row) }
                continue
            }
            for row in rows where grade.actions.isEmpty || grade.actions.contains(row.cells["action"] ?? "") {
                planned += self.rows(of: row, grade)
            }
        }
        return PlannedRule(
            heading: heading, occasions: Set(DrugTableKind.occasions), isShown: isShown,
            kind: DrugPatientKind(ordered: DrugSelector([.init(set: reader.session.builder.drugSet([drug]))])), roleNames: ["drug"],
            facts: facts, grades: planned, needs: DataNeeds())
    }

    // MARK: - One row

    /// The grades of one row of the table; nothing, and a complaint, where a cell cannot be read.
    private mutating func rows(of row: DrugFactRow, _ grade: TableGrade) -> [PlannedGrade] {
        if table == .cpic { return genetic(row, grade).map { [$0] } ?? [] }
        if grade.dose == .notTold, row.cells["dose_above"] == nil { return [] }
        guard let measured = measured(row) else { return [] }
        var planned: [PlannedGrade] = []
        for (number, way) in measured.enumerated() {
            guard var parts = conditions(row, dose: grade.dose), let limit = limit(row, way, times: grade.times) else { return [] }
            if number > 0, let better = measured.first { parts.append(.test(better.fact, .isUnknown)) }
            parts.append(limit)
            let cells = self.cells(row, way)
            planned.append(
                PlannedGrade(
                    name: grade.name, when: .all(parts), severity: grade.severity, card: grade.card.filled(with: cells),
                    evidence: evidence(of: row)))
        }
        return planned
    }

    private func evidence(of row: DrugFactRow) -> [Evidence] {
        let id = row.cells["rule_id"] ?? "\(table.rawValue) \(row.row + 1)"
        return [Evidence(cite: "\(row.source) (\(id))", grade: row.cells["strength"])]
    }

    private func cells(_ row: DrugFactRow, _ way: Measured) -> [TextTemplate.Cell: [TextTemplate.Piece]] {
        [
            .effect: [.text(row.cells["effect"] ?? "")], .advice: [.text(row.cells["advice"] ?? "")], .value: [.fact(way.fact)],
            .measured: [.text(way.words)], .limit: [.text(limitWords(row))],
        ]
    }

    private func limitWords(_ row: DrugFactRow) -> String {
        let number = row.cells["threshold"] ?? ""
        let unit = row.cells["unit"].map { " \($0)" } ?? ""
        return switch row.cells["operator"] {
        case "<": "below \(number)\(unit)"
        case "<=": "at or below \(number)\(unit)"
        case ">": "above \(number)\(unit)"
        case ">=": "at or above \(number)\(unit)"
        case "between": "between \(number) and \(row.cells["upper"] ?? "")\(unit)"
        default: number
        }
    }

    func complain(_ row: DrugFactRow, _ column: String, _ why: String) {
        reader.report(
            "V204", "row \(row.row + 2) of \(table.file): \(why) in the column `\(column)`",
            at: reader.map.keyRange("table") ?? reader.map.range.start(of: 1))
    }

    // MARK: - From where on it is wrong

    private func limit(_ row: DrugFactRow, _ way: Measured, times: Int) -> Criterion? {
        let comparison = row.cells["operator"] ?? ""
        if row.cells["parameter"] == "always" { return .test(way.fact, .isYes) }
        if comparison == "is" {
            let wanted = routeGroups(row.cells["threshold"] ?? "", row, "threshold")
            return wanted.isEmpty ? nil : .test(way.fact, .routes(wanted))
        }
        func threshold(_ column: String) -> Threshold? {
            let text = row.cells[column] ?? ""
            if row.cells["parameter"] == "age", let span = TimeSpan(text) { return .span(span) }
            guard let value = Decimal(text), let scaled = value.multiplied(by: Decimal(times)) else {
                complain(row, column, "`\(text)` is no number")
                return nil
            }
            let unit = row.cells["unit"].flatMap { try? Unit(text: $0) }
            // Where another measure stands in, its own unit is meant: the number is the same.
            guard let own = way.unit, let unit, unit.isCommensurable(with: own) else { return .quantity(Quantity(scaled, way.unit ?? unit)) }
            return .quantity(Quantity(scaled, unit))
        }
        guard let low = threshold("threshold") else { return nil }
        switch comparison {
        case "<": return .test(way.fact, .compare(.below, low))
        case "<=": return .test(way.fact, .compare(.atMost, low))
        case ">": return .test(way.fact, .compare(.above, low))
        case ">=": return .test(way.fact, .compare(.atLeast, low))
        case "between":
            guard let high = threshold("upper") else { return nil }
            return .all([.test(way.fact, .compare(.atLeast, low)), .test(way.fact, .compare(.below, high))])
        default:
            complain(row, "operator", "`\(comparison)` is no comparison")
            return nil
        }
    }
}
