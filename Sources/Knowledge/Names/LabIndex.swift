import Clinical

/// Labs by name.
struct LabIndex: Sendable {
    private(set) var labs: [String: LabDefinition] = [:]
    private var aliases: [String: String] = [:]

    init(_ tables: KnowledgeTables, codeSets: CodeSetIndex, problems: inout ProblemList) {
        for (index, row) in tables.labs.enumerated() {
            guard let lab = Self.lab(row, index, codeSets, &problems) else { continue }
            if labs.updateValue(lab, forKey: row.name) != nil {
                problems.add(.labs, index, "name", "the lab \(row.name) is here twice")
            }
        }
        for (index, row) in tables.names.enumerated() where row.kind == "lab" {
            guard let target = row.targets.first, row.targets.count == 1, labs[target] != nil else {
                problems.add(.names, index, "targets", "\(row.name) needs the name of one lab of labs.csv")
                continue
            }
            aliases[row.name] = target
        }
    }

    func find(_ name: String) -> LabDefinition? { labs[aliases[name] ?? name] }

    var names: [String] { (Array(labs.keys) + aliases.keys).sorted() }

    private static func lab(
        _ row: LabRow, _ index: Int, _ codeSets: CodeSetIndex, _ problems: inout ProblemList
    ) -> LabDefinition? {
        guard let unit = try? Unit(ucum: row.unit) else {
            problems.add(.labs, index, "unit", "`\(row.unit)` is no UCUM unit")
            return nil
        }
        var codes: [CodeMatch] = []
        for target in row.codes {
            let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2, parts[0] == "VS", let set = codeSets.valueSet(target) {
                codes.append(contentsOf: set.codes.filter { $0.system == .loinc })
            } else if parts.count == 2, parts[0] != "VS", let system = SystemNames.system(parts[0]) {
                codes.append(CodeMatch(system: system, code: parts[1]))
            } else {
                problems.add(.labs, index, "codes", "\(target) is no value set and no code that we know")
            }
        }
        if codes.isEmpty { problems.add(.labs, index, "codes", "\(row.name) has no code") }
        return LabDefinition(
            name: row.name, title: row.title, codes: codes, unit: unit, analyte: analyte(row, index, &problems),
            plausible: plausible(row, index, &problems), source: row.source)
    }

    private static func analyte(_ row: LabRow, _ index: Int, _ problems: inout ProblemList) -> Analyte? {
        let molarMass = number(row.molarMass, "molar_mass", index, &problems)
        var valence: Int?
        if !row.valence.isEmpty {
            valence = Int(row.valence)
            if valence == nil { problems.add(.labs, index, "valence", "`\(row.valence)` is no whole number") }
        }
        let lines = row.lines.compactMap { line($0, index, &problems) }
        guard molarMass != nil || valence != nil || !lines.isEmpty else { return nil }
        return Analyte(molarMass: molarMass, valence: valence, lines: lines)
    }

    /// `mmol/mol>%:0.09148:2.152`.
    private static func line(_ text: String, _ index: Int, _ problems: inout ProblemList) -> Analyte.Line? {
        let parts = text.split(separator: ":").map(String.init)
        let units = (parts.first ?? "").split(separator: ">").map(String.init)
        guard parts.count == 3, units.count == 2, let from = try? Unit(ucum: units[0]), let to = try? Unit(ucum: units[1]),
            let slope = Decimal(parts[1]), let intercept = Decimal(parts[2])
        else {
            problems.add(
                .labs, index, "lines", "`\(text)` is no line between two units", help: "write `mmol/mol>%:0.09148:2.152`")
            return nil
        }
        return Analyte.Line(from: from, to: to, slope: slope, intercept: intercept)
    }

    private static func plausible(_ row: LabRow, _ index: Int, _ problems: inout ProblemList) -> ClosedRange<Decimal>? {
        let low = number(row.plausibleLow, "plausible_low", index, &problems)
        let high = number(row.plausibleHigh, "plausible_high", index, &problems)
        guard let low, let high else { return nil }
        guard low <= high else {
            problems.add(.labs, index, "plausible_high", "the plausible range ends below its beginning")
            return nil
        }
        return low...high
    }

    private static func number(
        _ text: String, _ column: String, _ index: Int, _ problems: inout ProblemList
    ) -> Decimal? {
        guard !text.isEmpty else { return nil }
        guard let value = Decimal(text) else {
            problems.add(.labs, index, column, "`\(text)` is no number")
            return nil
        }
        return value
    }
}
