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
    private var facts: [PlannedFact] = []
    private var numbers: [String: FactID] = [:]

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
            facts: facts, grades: planned, needs: reader.needs)
    }

    // MARK: - One row

    /// The grades of one row of the table; nothing, and a complaint, where a cell cannot be read.
    private mutating func rows(of row: DrugFactRow, _ grade: TableGrade) -> [PlannedGrade] {
        if table == .cpic { return genetic(row, grade).map { [$0] } ?? [] }
        guard let measured = measured(row) else { return [] }
        var planned: [PlannedGrade] = []
        for (number, way) in measured.enumerated() {
            guard var parts = conditions(row), let limit = limit(row, way, times: grade.times) else { return [] }
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

    // MARK: - What is measured

    struct Measured {
        let fact: FactID
        let words: String
        /// The unit of its result, where it is a quantity.
        var unit: Unit?
    }

    /// The fact that a row looks at; where it may be missing and another can tell, that one after it.
    private mutating func measured(_ row: DrugFactRow) -> [Measured]? {
        let parameter = row.cells["parameter"] ?? ""
        switch parameter {
        case "always":
            return [Measured(fact: add("order", .criterion(.all([]))), words: "order")]
        case "eGFR":
            return egfr().map { [$0] }
        case "CrCl":
            guard let clearance = clearance(), let egfr = egfr() else { return nil }
            return [
                clearance,
                Measured(fact: egfr.fact, words: "creatinine clearance could not be worked out; in its place the eGFR", unit: egfr.unit),
            ]
        case "SCr":
            return lab("serum-creatinine", row).map { [$0] }
        case "route":
            return [Measured(fact: add("route", .route(RoleID(index: 0))), words: "route")]
        case "age":
            return [Measured(fact: add("age", .age), words: "age")]
        default:
            if let amount = Self.doses[parameter] { return dose(row, parameter, amount).map { [$0] } }
            guard let lab = lab(parameter, row) else {
                complain(row, "parameter", "nothing is called `\(parameter)`")
                return nil
            }
            return [lab]
        }
    }

    private static let doses: [String: (DoseMeasure.Amount, DoseMeasure.Span)] = [
        "single dose": (.single, .orders), "daily dose": (.daily, .products), "total daily dose": (.daily, .everything),
        "weekly dose": (.weekly, .products), "doses a week": (.frequency, .orders), "duration": (.duration, .orders),
        "rate": (.rate, .orders),
    ]

    private mutating func lab(_ name: String, _ row: DrugFactRow) -> Measured? {
        guard let lab = reader.session.names.lab(name) else { return nil }
        let span = reader.conditionSpan(row.cells["conditions"]) ?? TimeSpan(amount: 90, unit: .days)
        let query = LabQuery(lab: reader.tableLab(lab), within: span)
        return Measured(fact: add("\(lab.title)", .lab(query)), words: lab.title, unit: lab.unit)
    }

    private mutating func egfr() -> Measured? {
        guard let lab = reader.session.names.lab("egfr"), let calculation = calculation(.ckdEPI2021) else { return nil }
        let query = LabQuery(lab: reader.tableLab(lab), within: TimeSpan(amount: 12, unit: .months))
        let fact = add("eGFR", .firstKnown([.lab(query), .calculate(calculation)]))
        return Measured(fact: fact, words: "eGFR", unit: lab.unit)
    }

    private mutating func clearance() -> Measured? {
        guard let calculation = calculation(.cockcroftGault) else { return nil }
        return Measured(fact: add("creatinine clearance", .calculate(calculation)), words: "creatinine clearance", unit: calculation.unit)
    }

    private func calculation(_ equation: Calculation.Equation) -> Calculation? {
        let names = reader.session.names
        guard let creatinine = names.lab("serum-creatinine"), let weight = names.lab("weight"), let words = equation.unitText,
            let unit = try? Unit(text: words)
        else { return nil }
        let query = LabQuery(lab: reader.tableLab(creatinine), within: TimeSpan(amount: 12, unit: .months))
        // The actual weight, as the labels that limit by this clearance were made with it.
        let actual = WeightQuery(choice: .actual, weight: LabQuery(lab: reader.tableLab(weight), within: nil), height: nil)
        return Calculation(equation: equation, inputs: [query], unit: unit, weight: equation == .cockcroftGault ? actual : nil)
    }

    private mutating func dose(
        _ row: DrugFactRow, _ words: String, _ kind: (amount: DoseMeasure.Amount, span: DoseMeasure.Span)
    ) -> Measured? {
        guard let measure = measure(kind, unit: row.cells["unit"] ?? "", row, "unit") else { return nil }
        let name = measure.basis == .absolute ? words : "\(words) for the patient's size"
        return Measured(fact: add(name, .measuredDose(RoleID(index: 0), measure)), words: words, unit: measure.unit)
    }

    /// What of a dosage a unit asks for: `mg/kg/day` is by weight.
    private func measure(
        _ kind: (amount: DoseMeasure.Amount, span: DoseMeasure.Span), unit text: String, _ row: DrugFactRow, _ column: String
    ) -> DoseMeasure? {
        let parts = text.split(separator: "/").map(String.init)
        let basis: DoseMeasure.Basis = parts.contains("kg") ? .perKilogram : parts.contains("m2") ? .perSquareMetre : .absolute
        guard let unit = try? Unit(text: text), let weight = reader.session.names.lab("weight"), let height = reader.session.names.lab("height")
        else {
            complain(row, column, "`\(text)` is no unit")
            return nil
        }
        // Amounts are worked out in mg, IU, mEq or mL, whatever the row's own unit.
        var own = unit
        if kind.amount != .frequency, kind.amount != .duration, kind.amount != .rate {
            let rest = parts.dropFirst().map { "/\($0)" }.joined()
            guard let base = ["mg", "[iU]", "meq", "mL"].lazy.compactMap({ try? Unit(text: $0 + rest) }).first(where: { $0.isCommensurable(with: unit) })
            else {
                complain(row, column, "`\(text)` is no unit of doses")
                return nil
            }
            own = base
        }
        return DoseMeasure(
            amount: kind.amount, basis: basis, span: kind.span, routes: rowRoutes(row), unit: own,
            weight: basis == .absolute && !Self.isRelative(kind.amount) ? nil : LabQuery(lab: reader.tableLab(weight), within: nil),
            height: LabQuery(lab: reader.tableLab(height), within: nil))
    }

    /// Amounts may be ordered by weight and limited in milligrams.
    private static func isRelative(_ amount: DoseMeasure.Amount) -> Bool {
        amount == .single || amount == .daily || amount == .weekly
    }

    mutating func add(_ name: String, _ definition: FactDefinition) -> FactID {
        let key = "\(name) \(definition)"
        if let known = numbers[key] { return known }
        let id = FactID(index: facts.count)
        facts.append(PlannedFact(name: name, definition: definition))
        numbers[key] = id
        return id
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

    // MARK: - Conditions

    func rowRoutes(_ row: DrugFactRow) -> Set<RouteGroup>? {
        guard let words = row.cells["routes"] else { return routes }
        return routeGroups(words, row, "routes")
    }

    private func routeGroups(_ words: String, _ row: DrugFactRow, _ column: String) -> Set<RouteGroup> {
        var groups: Set<RouteGroup> = []
        for word in words.split(separator: "|").map(String.init) {
            switch word {
            case "systemic": groups.formUnion(RouteGroup.allCases.filter(\.isSystemic))
            case "parenteral": groups.formUnion([.intravenous, .intramuscular, .subcutaneous])
            case let name:
                if let group = RouteGroup(rawValue: name) {
                    groups.insert(group)
                } else {
                    complain(row, column, "no route is called `\(name)`")
                }
            }
        }
        return groups
    }

    /// An order that does not say its route may be given by this one.
    mutating func isGiven(by routes: Set<RouteGroup>) -> Criterion {
        let route = add("route", .route(RoleID(index: 0)))
        return .any([.test(route, .routes(routes)), .test(route, .isUnknown)])
    }

    private mutating func conditions(_ row: DrugFactRow) -> [Criterion]? {
        var parts: [Criterion] = []
        if let routes = rowRoutes(row), row.cells["parameter"] != "route" { parts.append(isGiven(by: routes)) }
        for (column, comparison) in [("age_from", Comparison.atLeast), ("age_below", .below)] {
            guard let text = row.cells[column] else { continue }
            guard let span = TimeSpan(text) else {
                complain(row, column, "`\(text)` is no age")
                return nil
            }
            parts.append(.test(add("age", .age), .compare(comparison, .span(span))))
        }
        for atom in (row.cells["conditions"] ?? "").split(separator: "&").map(String.init) where !atom.hasPrefix("within:") {
            guard let part = condition(atom, row) else {
                complain(row, "conditions", "`\(atom)` cannot be read")
                return nil
            }
            parts.append(part)
        }
        if let dose = row.cells["dose_above"] {
            guard let part = doseAbove(dose, row) else {
                complain(row, "dose_above", "`\(dose)` is no dose")
                return nil
            }
            parts.append(part)
        }
        return parts
    }

    /// `daily dose 1400 mg/day`: only above it; a dose that cannot be worked out may be above it.
    private mutating func doseAbove(_ text: String, _ row: DrugFactRow) -> Criterion? {
        let choices = text.split(separator: "|").map(String.init).compactMap { choice -> Criterion? in
            guard let (name, kind) = Self.doses.first(where: { choice.hasPrefix($0.key + " ") }).map({ ($0.key, $0.value) }),
                let limit = Quantity(choice.dropFirst(name.count + 1)), limit.unit != nil
            else { return nil }
            let words = choice.split(separator: " ")
            guard let measure = measure((kind.0, .orders), unit: words.last.map(String.init) ?? "", row, "dose_above") else { return nil }
            let fact = add(name, .measuredDose(RoleID(index: 0), measure))
            return .any([.test(fact, .compare(.above, .quantity(limit))), .test(fact, .isUnknown)])
        }
        return choices.isEmpty ? nil : .any(choices)
    }

    private mutating func condition(_ atom: String, _ row: DrugFactRow) -> Criterion? {
        if atom.hasPrefix("!") { return condition(String(atom.dropFirst()), row).map { .none([$0]) } }
        let own = DrugSelector([.init(set: reader.session.builder.drugSet([drug]))])
        switch atom {
        case "new": return .test(add("already taken", .taking(own, .latest)), .isNo)
        case "continued": return .test(add("already taken", .taking(own, .latest)), .isYes)
        case "female": return .test(add("sex", .sex), .sex(.female))
        case "male": return .test(add("sex", .sex), .sex(.male))
        default: break
        }
        guard let (key, name) = atom.splitOnce(":") else { return labCondition(atom, row) }
        switch key {
        case "problem", "ever":
            guard let set = reader.session.names.codeSet(.problem, name) else { return nil }
            reader.needs.sections.insert(.conditions)
            return .test(add(name, .has(reader.session.builder.codeSet(set, as: "problem \(name)"), ever: key == "ever", .any)), .isYes)
        case "setting":
            guard let set = reader.session.names.codeSet(.setting, name) else { return nil }
            reader.needs.sections.insert(.encounters)
            return .test(add(name, .setting(reader.session.builder.codeSet(set, as: "setting \(name)"), .any)), .isYes)
        case "taking", "ordering":
            guard let selector = selector(name) else { return nil }
            return .test(add("\(key) \(name)", key == "taking" ? .taking(selector, .latest) : .ordering(selector)), .isYes)
        default: return nil
        }
    }

    private func selector(_ name: String) -> DrugSelector? {
        let names = reader.session.names
        let members = names.drugClass(name)?.members ?? names.drug(name).map { [$0] } ?? []
        return members.isEmpty ? nil : DrugSelector([.init(set: reader.session.builder.drugSet(members))])
    }

    /// `weight<50 kg`, `serum-albumin>=2 g/dL`.
    private mutating func labCondition(_ atom: String, _ row: DrugFactRow) -> Criterion? {
        let comparisons: [(String, Comparison)] = [("<=", .atMost), (">=", .atLeast), ("<", .below), (">", .above)]
        for (sign, comparison) in comparisons {
            if let (name, limit) = atom.splitOnce(sign), let kind = Self.doses[name], let quantity = Quantity(limit),
                let measure = measure((kind.0, .orders), unit: limit.split(separator: " ").last.map(String.init) ?? "", row, "conditions") {
                return .test(add(name, .measuredDose(RoleID(index: 0), measure)), .compare(comparison, .quantity(quantity)))
            }
            guard let (name, limit) = atom.splitOnce(sign), let lab = reader.session.names.lab(name), let quantity = Quantity(limit) else { continue }
            let within: TimeSpan? = name == "weight" || name == "height" ? nil : TimeSpan(amount: 90, unit: .days)
            let fact = add(lab.title, .lab(LabQuery(lab: reader.tableLab(lab), within: within)))
            return .test(fact, .compare(comparison, .quantity(quantity)))
        }
        return nil
    }
}
