import CareGaps
import Clinical
import Engine
import GRDB

/// `results.sqlite`: the results in tables, for whoever would rather ask than read.
final class SQLiteReport: SweepReportWriter {
    private let folder: WorkFolder
    private let queue: DatabaseQueue
    private static let name = "results.sqlite"
    private var waiting: [PatientResults] = []
    /// So many patients go into one transaction.
    private static let batch = 2_000

    init(_ folder: WorkFolder, headings: [SweptRule], context: ReportContext) throws(SweepError) {
        self.folder = folder
        folder.remove(Self.name + ".part")
        folder.remove(Self.name + ".part-journal")
        do {
            var configuration = Configuration()
            // Every row comes from one patient and one heading: looking both up for each would double the work.
            configuration.foreignKeysEnabled = false
            // The file is renamed when it is whole; until then nothing of it need survive.
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA journal_mode = OFF")
                try db.execute(sql: "PRAGMA synchronous = OFF")
                // 32 MiB: what is inserted lies all over the tables.
                try db.execute(sql: "PRAGMA cache_size = -32768")
            }
            queue = try DatabaseQueue(path: folder.path(Self.name + ".part"), configuration: configuration)
            try queue.write { db in
                try db.execute(sql: Self.schema)
                try db.execute(
                    sql: "INSERT INTO sweep VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        context.asOf.description, context.period.start.description,
                        context.period.end.description, context.edition.rules, context.edition.knowledge,
                        context.edition.vigil,
                    ])
                for heading in headings {
                    try db.execute(
                        sql: "INSERT INTO rule VALUES (?, ?, ?)", arguments: [heading.id, heading.version, heading.title])
                }
            }
        } catch {
            throw Self.failure(error)
        }
    }

    /// Populations, and the columns in which a result counts them: a row for each would be more than half of the file.
    private static let populations = CSVReport.populations.map { (code: $0, column: $0.replacing("-", with: "_")) }

    private static let schema = """
        CREATE TABLE sweep (as_of TEXT NOT NULL, period_start TEXT NOT NULL, period_end TEXT NOT NULL, rules TEXT NOT NULL,
            knowledge TEXT NOT NULL, vigil TEXT NOT NULL) STRICT;
        CREATE TABLE rule (id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE patient (id TEXT PRIMARY KEY, site TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE result (patient TEXT NOT NULL REFERENCES patient, rule TEXT NOT NULL REFERENCES rule, state TEXT NOT NULL,
            due TEXT, last TEXT, reason TEXT, evidence TEXT, \(populations.map { "\($0.column) INTEGER" }.joined(separator: ", ")), uncertain INTEGER,
            PRIMARY KEY (rule, state, patient)) STRICT, WITHOUT ROWID;
        CREATE VIEW population (patient, rule, code, count) AS
            \(populations.map {
                "SELECT patient, rule, '\($0.code)', \($0.column) FROM result WHERE \($0.column) IS NOT NULL"
            }.joined(separator: "\n            UNION ALL "));
        """

    func add(_ patient: PatientResults) throws(SweepError) {
        // Without the text that they were read from: many wait here.
        waiting.append(
            PatientResults(patient: patient.patient, site: patient.site, digest: patient.digest, results: patient.results))
        if waiting.count >= Self.batch { try flush() }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try flush()
        do { try queue.close() } catch { throw Self.failure(error) }
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }

    private func flush() throws(SweepError) {
        let patients = waiting.sorted { $0.patient < $1.patient }
        waiting = []
        do {
            try queue.write { db in try Self.insert(patients, into: db) }
        } catch {
            throw Self.failure(error)
        }
    }

    /// A stretch of the table of results, whose key begins with a rule and a state.
    private struct Stretch: Hashable, Comparable {
        let rule: String
        let state: String

        static func < (left: Stretch, right: Stretch) -> Bool { (left.rule, left.state) < (right.rule, right.state) }
    }

    /// Inserts the rows in the order in which the tables keep them: neighbours one after the other.
    private static func insert(_ patients: [PatientResults], into db: Database) throws {
        var table = try RowInsertion(into: "patient", columns: 3, of: db)
        var stretches: [Stretch: [(patient: Int, result: Int)]] = [:]
        for (number, patient) in patients.enumerated() {
            table.add(patient.patient)
            table.add(patient.site)
            table.add(patient.digest)
            try table.endRow()
            for (place, result) in patient.results.enumerated() {
                stretches[Stretch(rule: result.rule, state: result.state.rawValue), default: []].append((number, place))
            }
        }
        try table.finish()
        var results = try RowInsertion(into: "result", columns: 8 + populations.count, of: db)
        for (_, rows) in stretches.sorted(by: { $0.key < $1.key }) {
            for row in rows { try insert(patients[row.patient].results[row.result], of: patients[row.patient].patient, into: &results) }
        }
        try results.finish()
    }

    private static func insert(_ result: CareGapResult, of patient: String, into table: inout RowInsertion) throws {
        table.add(patient)
        table.add(result.rule)
        table.add(result.state.rawValue)
        table.add(result.due?.description)
        table.add(result.last?.description)
        table.add(result.reason)
        table.add(result.evidence.isEmpty ? nil : result.evidence.joined(separator: " "))
        for population in populations { table.add(result.populations.first { $0.code == population.code }?.count) }
        table.add(result.uncertainty)
        try table.endRow()
    }

    private static func failure(_ error: any Error) -> SweepError {
        SweepError("`\(name)` cannot be written: \(error)")
    }
}
