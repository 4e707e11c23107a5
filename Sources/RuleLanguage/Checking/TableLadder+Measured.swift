import Clinical
import Engine
import Knowledge

/// What a row of a table looks at.
extension TableLadder {
    struct Measured {
        let fact: FactID
        let words: String
        /// The unit of its result, where it is a quantity.
        var unit: Unit?
    }

    /// The fact that a row looks at; where it may be missing and another can tell, that one after it.
    mutating func measured(_ row: DrugFactRow) -> [Measured]? {
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

    static let doses: [String: (DoseMeasure.Amount, DoseMeasure.Span)] = [
        "single dose": (.single, .orders), "daily dose": (.daily, .products), "total daily dose": (.daily, .everything),
        "weekly dose": (.weekly, .products), "doses a week": (.frequency, .orders), "duration": (.duration, .orders),
        "rate": (.rate, .orders),
    ]

    private mutating func lab(_ name: String, _ row: DrugFactRow) -> Measured? {
        guard let lab = reader.session.names.lab(name) else { return nil }
        let span = reader.conditionSpan(row.cells["conditions"]) ?? TimeSpan(amount: 90, unit: .days)
        let query = LabQuery(lab: reader.tableLab(lab), within: span)
        return Measured(fact: add(lab.title, .lab(query), apart: span.words), words: lab.title, unit: lab.unit)
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
        return Measured(fact: add(name, .measuredDose(RoleID(index: 0), measure), apart: measure.words), words: words, unit: measure.unit)
    }

    /// What of a dosage a unit asks for: `mg/kg/day` is by weight.
    func measure(
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

    /// The number of a fact, each once: by its name, and by what tells it from others of that name.
    mutating func add(_ name: String, _ definition: FactDefinition, apart: String = "") -> FactID {
        let key = "\(name) \(apart)"
        if let known = numbers[key] { return known }
        let id = FactID(index: facts.count)
        facts.append(PlannedFact(name: name, definition: definition, shared: reader.session.builder.sharedFact(definition)))
        numbers[key] = id
        return id
    }
}

extension DoseMeasure {
    /// What tells it from other measures of its name, the same in every process.
    var words: String {
        "\(amount) \(basis) \(span) \(unit.code) \(routes.map { $0.map(\.rawValue).sorted().joined(separator: " ") } ?? "")"
    }
}
