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
        ("denominator_exception", "integer"), ("numerator", "integer"), ("reason", "string"), ("evidence", "string"),
    ]

    init(_ folder: WorkFolder) throws(SweepError) {
        self.folder = folder
        file = try OutputFile(folder.path(Self.name + ".part"))
        try file.write(Self.columns.map(\.name).joined(separator: ",") + "\r\n")
    }

    func add(_ patient: PatientResults) throws(SweepError) {
        for result in patient.results {
            func population(_ code: String) -> String {
                result.populations.first { $0.code == code }.map { String($0.count) } ?? ""
            }
            let cells = [
                patient.patient, patient.site, result.rule, String(result.version), result.state.rawValue,
                result.due?.description ?? "", result.last?.description ?? "", population("initial-population"),
                population("denominator"), population("denominator-exclusion"), population("denominator-exception"),
                population("numerator"), result.reason ?? "", result.evidence.joined(separator: " "),
            ]
            try file.write(cells.map(Self.cell).joined(separator: ",") + "\r\n")
        }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try file.close()
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
        let fields = Self.columns.map { "    {\"name\": \"\($0.name)\", \"type\": \"\($0.type)\"}" }.joined(separator: ",\n")
        let schema = "{\n  \"fields\": [\n\(fields)\n  ],\n  \"missingValues\": [\"\"],\n  \"primaryKey\": [\"patient\", \"rule\"]\n}\n"
        try folder.write(Array(schema.utf8), to: "results.schema.json")
    }

    /// A cell, quoted where it must be. One that a spreadsheet would take for a formula gets a quote in front.
    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
        var quoted = "\""
        for character in text { quoted += character == "\"" ? "\"\"" : String(character) }
        return quoted + "\""
    }
}
