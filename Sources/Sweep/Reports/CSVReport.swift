import CareGaps
import Clinical

/// `results.csv` after RFC 4180, and `results.schema.json`, the types of its columns, from which DuckDB or pyarrow make Parquet.
final class CSVReport: SweepReportWriter {
    private let folder: WorkFolder
    private let file: OutputFile
    private static let name = "results.csv"

    /// Columns and their types, in the words of Table Schema.
    ///
    /// - Source: Frictionless Data, Table Schema 1.0, fields.
    private static let columns: [(name: String, type: String)] = [
        ("patient", "string"), ("site", "string"), ("rule", "string"), ("version", "integer"), ("state", "string"), ("due", "date"),
        ("last", "date"), ("initial_population", "integer"), ("denominator", "integer"), ("denominator_exclusion", "integer"),
        ("denominator_exception", "integer"), ("numerator", "integer"), ("uncertain", "integer"), ("reason", "string"),
        ("evidence", "string"),
    ]

    init(_ folder: WorkFolder) throws(SweepError) {
        self.folder = folder
        file = try OutputFile(folder.path(Self.name + ".part"))
        try file.write(Self.columns.map(\.name).joined(separator: ",") + "\r\n")
    }

    func add(_ patient: PatientResults) throws(SweepError) {
        var opening = CSVRow()
        opening.add(patient.patient)
        opening.add(patient.site)
        var row = CSVRow()
        for result in patient.results {
            row.add(opening)
            row.add(result.rule)
            row.add(String(result.version))
            row.add(result.state.rawValue)
            row.add(result.due?.description ?? "")
            row.add(result.last?.description ?? "")
            for code in Self.populations { row.add(result.populations.first { $0.code == code }?.count) }
            row.add(result.uncertainty)
            row.add(result.reason ?? "")
            row.add(result.evidence.joined(separator: " "))
            row.end()
        }
        try file.write(row.bytes)
    }

    /// The populations of a measure, in the order of its columns.
    static let populations = [
        "initial-population", "denominator", "denominator-exclusion", "denominator-exception", "numerator",
    ]

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
        let fields = Self.columns.map { "    {\"name\": \"\($0.name)\", \"type\": \"\($0.type)\"}" }.joined(separator: ",\n")
        let schema = "{\n  \"fields\": [\n\(fields)\n  ],\n  \"missingValues\": [\"\"],\n  \"primaryKey\": [\"patient\", \"rule\"]\n}\n"
        try folder.write(Array(schema.utf8), to: "results.schema.json")
    }
}

extension CareGapResult {
    /// Of a measure 1 where not all populations could be told, so that a count of 0 may mean *not known*; else 0.
    var uncertainty: Int? { populations.isEmpty ? nil : isUncertain ? 1 : 0 }
}

/// Rows as they are written.
private struct CSVRow {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    /// Adds a cell, quoted where it must be. One that a spreadsheet would take for a formula gets a quote in front.
    mutating func add(_ text: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        let text = text.utf8
        var isQuoted = false
        for byte in text where byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D { isQuoted = true }
        if isQuoted { bytes.append(0x22) }
        if let first = text.first, "=+-@\t\r".utf8.contains(first) { bytes.append(UInt8(ascii: "'")) }
        if isQuoted {
            for byte in text {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        } else {
            bytes.append(contentsOf: text)
        }
    }

    /// Adds a number, or an empty cell.
    mutating func add(_ number: Int?) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        guard let number else { return }
        if 0..<10 ~= number { bytes.append(UInt8(ascii: "0") + UInt8(number)) } else { bytes.append(contentsOf: "\(number)".utf8) }
    }

    /// Adds the cells of another row, as they stand.
    mutating func add(_ cells: CSVRow) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(contentsOf: cells.bytes)
    }

    mutating func end() {
        bytes.append(0x0D)
        bytes.append(0x0A)
        isFirst = true
    }
}
