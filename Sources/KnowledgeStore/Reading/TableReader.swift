import Documents
import Knowledge

/// Reads the cells of one table as what they should be; what they are not becomes a diagnostic.
struct TableReader {
    let table: CSVTable
    var diagnostics: [Diagnostic] = []
    private var columns: [String: Int] = [:]

    /// - Parameter required: columns that must be there; a missing one is said once, and the rows are not read.
    init?(_ table: CSVTable, required: [String], diagnostics: inout [Diagnostic]) {
        self.table = table
        for name in required {
            if let column = table.column(name) {
                columns[name] = column
            } else {
                diagnostics.append(
                    Diagnostic(
                        code: "V802", message: "the column `\(name)` is missing", file: table.name, range: table.range(-1, 0),
                        help: ["the header is: \(table.header.joined(separator: ","))"]))
            }
        }
        if columns.count != required.count { return nil }
    }

    var rows: Range<Int> { 0..<table.rowCount }

    func text(_ row: Int, _ column: String) -> String {
        columns[column].map { table.text(row, $0) } ?? ""
    }

    /// Cells divided by `|`, empty ones left out.
    func list(_ row: Int, _ column: String) -> [String] {
        text(row, column).split(separator: "|").map(String.init)
    }

    /// A number that must be there; 0 where it is none, after saying so.
    mutating func integer(_ row: Int, _ column: String) -> Int {
        if let index = columns[column], let value = table.integer(row, index) { return value }
        report(row, column, "V805", "`\(text(row, column))` is no whole number")
        return 0
    }

    /// A number that may be absent.
    mutating func optionalInteger(_ row: Int, _ column: String) -> Int? {
        guard let index = columns[column], !table.isEmpty(row, index) else { return nil }
        return integer(row, column)
    }

    mutating func integers(_ row: Int, _ column: String) -> [Int] {
        if let index = columns[column], let values = table.integers(row, index) { return values }
        report(row, column, "V805", "`\(text(row, column))` is no list of whole numbers", help: "divide them by |")
        return []
    }

    /// One of a few words.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ row: Int, _ column: String, as type: Word.Type, otherwise: Word
    ) -> Word where Word.RawValue == String {
        let value = text(row, column)
        if let word = Word(rawValue: value) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        report(row, column, "V806", "`\(value)` is not one of the words for \(column)", help: "write one of: \(known)")
        return otherwise
    }

    /// A cell that must not be empty.
    mutating func filled(_ row: Int, _ column: String) -> String {
        let value = text(row, column)
        if value.isEmpty { report(row, column, "V808", "`\(column)` is empty") }
        return value
    }

    /// An ingredient by code, a class by identifier, or something else by name.
    mutating func subject(_ row: Int, type: String, id: String, name: String) -> SubstanceReference {
        switch text(row, type) {
        case "ingredient": .ingredient(integer(row, id))
        case "class": .drugClass(filled(row, id))
        case let kind: .other(kind: kind, name: text(row, name))
        }
    }

    mutating func report(_ row: Int, _ column: String, _ code: String, _ message: String, help: String? = nil) {
        guard diagnostics.count < 1000 else { return }
        diagnostics.append(
            Diagnostic(
                code: code, message: message, file: table.name, range: columns[column].flatMap { table.range(row, $0) },
                label: column, help: help.map { [$0] } ?? []))
    }
}
