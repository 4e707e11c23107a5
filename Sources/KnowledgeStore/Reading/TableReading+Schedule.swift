import Documents
import Knowledge

extension TableReading {
    /// The tables of the immunization schedule, cell by cell; `ImmunizationSchedule` joins them.
    mutating func readSchedule(into tables: inout KnowledgeTables) {
        for part in ScheduleTable.allCases {
            guard let name = KnowledgeTable(rawValue: part.rawValue) else { continue }
            table(name, part.columns + ["source"]) { reader, _ in
                for row in reader.rows {
                    tables.schedule.append(
                        ScheduleRow(
                            table: part, row: row, cells: part.columns.map { reader.text(row, $0) },
                            source: reader.filled(row, "source")))
                }
            }
        }
    }
}
