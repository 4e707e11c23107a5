import Clinical

/// Reads cells of the schedule as what they should be; what they are not becomes a problem of that row.
struct ScheduleReading {
    var problems: ProblemList

    mutating func period(_ row: ScheduleRow, _ column: String) -> SchedulePeriod? {
        let text = row.text(column)
        if text.isEmpty { return nil }
        guard let period = SchedulePeriod(text) else {
            report(row, column, "`\(text)` is no age or interval", help: "write it as: 4 weeks - 4 days")
            return nil
        }
        return period
    }

    /// A period that must be there.
    mutating func neededPeriod(_ row: ScheduleRow, _ column: String) -> SchedulePeriod {
        if row.text(column).isEmpty { report(row, column, "`\(column)` is empty") }
        return period(row, column) ?? SchedulePeriod()
    }

    mutating func day(_ row: ScheduleRow, _ column: String) -> CivilDate? {
        let text = row.text(column)
        if text.isEmpty { return nil }
        guard let day = CivilDate(text) else {
            report(row, column, "`\(text)` is no day", help: "write it as: 2016-04-01")
            return nil
        }
        return day
    }

    mutating func integer(_ row: ScheduleRow, _ column: String) -> Int {
        if let value = Int(row.text(column)) { return value }
        report(row, column, "`\(row.text(column))` is no whole number")
        return 0
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ row: ScheduleRow, _ column: String, otherwise: Word
    ) -> Word where Word.RawValue == String {
        if let word = Word(rawValue: row.text(column)) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        report(row, column, "`\(row.text(column))` is not one of the words for \(column)", help: "write one of: \(known)")
        return otherwise
    }

    mutating func ages(_ row: ScheduleRow) -> AgeSpan {
        AgeSpan(begin: period(row, "begin_age"), end: period(row, "end_age"))
    }

    mutating func report(_ row: ScheduleRow, _ column: String, _ message: String, help: String? = nil) {
        guard let table = KnowledgeTable(rawValue: row.table.rawValue) else { return }
        problems.add(table, row.row, column, message, help: help)
    }
}
