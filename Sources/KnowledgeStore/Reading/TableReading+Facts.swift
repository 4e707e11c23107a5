import Documents
import Knowledge

extension TableReading {
    /// Tables that say one thing of a drug each become sentences with their sources.
    mutating func readFacts(into tables: inout KnowledgeTables) {
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
        facts(.renal, .renal, ["type", "id", "name", "parameter", "operator", "threshold", "upper", "action", "advice"], into: &tables) {
            reader, row in
            let upper = reader.text(row, "upper")
            let limit = upper.isEmpty ? reader.text(row, "threshold") : "\(reader.text(row, "threshold")) and \(upper)"
            let condition = "\(reader.text(row, "parameter")) \(reader.text(row, "operator")) \(limit)"
            return (reader.text(row, "action"), "\(condition): \(Self.phrase(reader.text(row, "action"))). \(reader.text(row, "advice"))")
        }
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
        facts(.monitoring, .monitoring, ["type", "id", "name", "test", "interval_days", "reason"], into: &tables) { reader, row in
            let every = reader.text(row, "interval_days")
            let interval = every.isEmpty ? "" : ", every \(every) days"
            return ("", "\(reader.text(row, "test"))\(interval): \(reader.text(row, "reason"))")
        }
    }

    private mutating func facts(
        _ name: KnowledgeTable, _ kind: DrugFactRow.Kind, _ columns: [String], into tables: inout KnowledgeTables,
        _ statement: (inout TableReader, Int) -> (level: String, text: String)
    ) {
        let isTyped = columns.contains("type")
        table(name, columns + ["source"] + (isTyped ? [] : ["ingredient_rxcui"])) { reader, _ in
            for row in reader.rows {
                let subject = isTyped
                    ? reader.subject(row, type: "type", id: "id", name: "name") : .ingredient(reader.integer(row, "ingredient_rxcui"))
                let (level, text) = statement(&reader, row)
                tables.facts.append(
                    DrugFactRow(
                        kind: kind, subject: subject, level: level, statement: text, source: reader.filled(row, "source"), row: row))
            }
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
