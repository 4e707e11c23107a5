import Documents
import Knowledge

extension TableReading {
    /// Tables that say one thing of a drug each become sentences with their sources.
    mutating func readFacts(into tables: inout KnowledgeTables) {
        readProperties(into: &tables)
        readLimits(into: &tables)
        readWarnings(into: &tables)
        readTests(into: &tables)
    }

    /// What a drug is and does.
    private mutating func readProperties(into tables: inout KnowledgeTables) {
        facts(.cyp, .metabolism, ["enzyme", "role", "strength"], into: &tables) { reader, row in
            (reader.text(row, "strength"), Self.words(reader, row, "strength", "enzyme", "role"))
        }
        facts(.qt, .qt, ["level", "basis"], into: &tables) { reader, row in
            (reader.filled(row, "level"), "\(reader.text(row, "level")): \(reader.text(row, "basis"))")
        }
        facts(.acb, .anticholinergic, ["score", "basis"], into: &tables) { reader, row in
            (reader.text(row, "score"), "score \(reader.text(row, "score")): \(reader.text(row, "basis"))")
        }
        facts(.opioidMME, .opioid, ["route", "unit", "factor"], into: &tables) { reader, row in
            // The level carries what a sum needs: factor, route, unit of the dose.
            (
                ["factor", "route", "unit"].map { reader.text(row, $0) }.joined(separator: " "),
                "\(reader.text(row, "route")): factor \(reader.text(row, "factor")) for \(reader.text(row, "unit"))"
            )
        }
    }

    private mutating func readLimits(into tables: inout KnowledgeTables) {
        limits(.renal, .renal, into: &tables)
        limits(.doseLimits, .doseLimit, into: &tables)
        limits(.labLimits, .labLimit, into: &tables)
        limits(.routeLimits, .routeLimit, into: &tables)
    }

    /// For whom a drug is no good.
    private mutating func readWarnings(into tables: inout KnowledgeTables) {
        facts(.pregnancy, .pregnancy, ["type", "id", "name", "state", "level", "reason", "advice"], into: &tables) { reader, row in
            (
                reader.text(row, "level"),
                "\(reader.text(row, "state")): \(Self.phrase(reader.text(row, "level"))). \(reader.text(row, "reason")). \(reader.text(row, "advice"))"
            )
        }
        facts(.beers, .beers, ["type", "id", "name", "condition", "recommendation", "reason"], into: &tables) { reader, row in
            let condition = reader.text(row, "condition")
            let when = condition.isEmpty ? "" : " (\(condition))"
            return (
                reader.text(row, "recommendation"), "\(reader.text(row, "recommendation"))\(when): \(reader.text(row, "reason"))"
            )
        }
        facts(.drugDisease, .drugDisease, ["type", "id", "name", "condition", "severity", "reason", "advice"], into: &tables) {
            reader, row in
            (
                reader.text(row, "severity"),
                "\(reader.text(row, "condition")): \(reader.text(row, "severity")). \(reader.text(row, "reason")). \(reader.text(row, "advice"))"
            )
        }
    }

    /// What is measured because of a drug, and what its genes tell.
    private mutating func readTests(into tables: inout KnowledgeTables) {
        facts(
            .monitoring, .monitoring, ["type", "id", "name", "rule_id", "test", "labs", "first_due_days", "interval_days", "baseline", "reason"],
            keepingCells: true, into: &tables
        ) { reader, row in
            let every = reader.text(row, "interval_days")
            let interval = every.isEmpty ? "" : ", every \(every) days"
            return ("", "\(reader.text(row, "test"))\(interval): \(reader.text(row, "reason"))")
        }
        facts(
            .cpic, .pharmacogenomics,
            ["gene", "phenotype", "recommendation", "strength", "action", "effect", "advice"], keepingCells: true, into: &tables
        ) { reader, row in
            let state = Self.words(reader, row, "gene", "phenotype")
            return (reader.text(row, "strength"), "\(state): \(reader.text(row, "advice")). \(reader.text(row, "effect"))")
        }
        facts(.testIntervals, .testInterval, ["type", "id", "name", "days", "reason"], keepingCells: true, into: &tables) { reader, row in
            (reader.text(row, "days"), "not again within \(reader.text(row, "days")) days: \(reader.text(row, "reason"))")
        }
    }

    mutating func readPatientWarnings(into tables: inout KnowledgeTables) {
        table(
            .drugPatient,
            ["id", "topic", "drugs", "routes", "condition", "when", "severity", "effect", "management", "source"]
        ) { reader, _ in
            tables.patientWarnings = reader.rows.map { row in
                DrugPatientRow(
                    id: reader.filled(row, "id"), topic: reader.filled(row, "topic"), drugs: reader.list(row, "drugs"),
                    routes: reader.list(row, "routes"), condition: reader.filled(row, "condition"),
                    when: reader.filled(row, "when"),
                    severity: reader.word(row, "severity", as: Severity.self, otherwise: .none),
                    effect: reader.filled(row, "effect"), management: reader.filled(row, "management"),
                    source: reader.filled(row, "source"))
            }
        }
    }

    /// A table of limits: a drug, what is measured of the patient or of the order, and from where on it is wrong.
    private mutating func limits(_ name: KnowledgeTable, _ kind: DrugFactRow.Kind, into tables: inout KnowledgeTables) {
        facts(name, kind, Self.limitColumns, keepingCells: true, into: &tables) { reader, row in
            let upper = reader.text(row, "upper")
            let limit = upper.isEmpty ? reader.text(row, "threshold") : "\(reader.text(row, "threshold")) and \(upper)"
            let condition = "\(reader.text(row, "parameter")) \(reader.text(row, "operator")) \(limit)"
            let unit = reader.text(row, "unit").isEmpty ? "" : " \(reader.text(row, "unit"))"
            return (
                reader.filled(row, "action"),
                "\(condition)\(unit): \(Self.phrase(reader.text(row, "action"))). \(reader.text(row, "advice"))"
            )
        }
    }

    private static let limitColumns = [
        "type", "id", "name", "rule_id", "routes", "age_from", "age_below", "conditions", "parameter", "operator", "threshold", "upper",
        "unit", "dose_above", "action", "effect", "advice", "source_checked",
    ]

    private mutating func facts(
        _ name: KnowledgeTable, _ kind: DrugFactRow.Kind, _ columns: [String], keepingCells: Bool = false,
        into tables: inout KnowledgeTables, _ statement: (inout TableReader, Int) -> (level: String, text: String)
    ) {
        let isTyped = columns.contains("type")
        table(name, columns + ["source"] + (isTyped ? [] : ["ingredient_rxcui"])) { reader, _ in
            for row in reader.rows {
                let subject = isTyped
                    ? reader.subject(row, type: "type", id: "id", name: "name") : .ingredient(reader.integer(row, "ingredient_rxcui"))
                let (level, text) = statement(&reader, row)
                tables.facts.append(
                    DrugFactRow(
                        kind: kind, subject: subject, level: level, statement: text, source: reader.filled(row, "source"), row: row,
                        cells: keepingCells ? Self.cells(reader, row, columns) : [:]))
            }
        }
    }

    /// The filled cells of a row by column.
    private static func cells(_ reader: TableReader, _ row: Int, _ columns: [String]) -> [String: String] {
        columns.reduce(into: [:]) { cells, column in
            let text = reader.text(row, column)
            if !text.isEmpty { cells[column] = text }
        }
    }

    private static func words(_ reader: TableReader, _ row: Int, _ columns: String...) -> String {
        columns.map { reader.text(row, $0) }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// `do_not_start` in words.
    private static func phrase(_ word: String) -> String {
        String(word.map { $0 == "_" ? " " : $0 })
    }
}
