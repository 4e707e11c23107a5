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

    private static let schema = """
        CREATE TABLE sweep (as_of TEXT NOT NULL, period_start TEXT NOT NULL, period_end TEXT NOT NULL, rules TEXT NOT NULL,
            knowledge TEXT NOT NULL, vigil TEXT NOT NULL) STRICT;
        CREATE TABLE rule (id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE patient (id TEXT PRIMARY KEY, site TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE result (patient TEXT NOT NULL REFERENCES patient, rule TEXT NOT NULL REFERENCES rule, state TEXT NOT NULL,
            due TEXT, last TEXT, reason TEXT, evidence TEXT, PRIMARY KEY (rule, state, patient)) STRICT, WITHOUT ROWID;
        CREATE TABLE population (patient TEXT NOT NULL REFERENCES patient, rule TEXT NOT NULL REFERENCES rule, code TEXT NOT NULL,
            count INTEGER NOT NULL, PRIMARY KEY (rule, code, patient)) STRICT, WITHOUT ROWID;
        """

    func add(_ patient: PatientResults) throws(SweepError) {
        waiting.append(patient)
        if waiting.count >= Self.batch { try flush() }
    }

    func finish(_ summary: SweepSummary) throws(SweepError) {
        try flush()
        do { try queue.close() } catch { throw Self.failure(error) }
        try folder.rename(folder.path(Self.name + ".part"), to: Self.name)
    }

    private func flush() throws(SweepError) {
        let patients = waiting
        waiting = []
        do {
            try queue.write { db in
                var addPatient = try Insertion(into: "patient", columns: 3, of: db)
                var addResult = try Insertion(into: "result", columns: 7, of: db)
                var addPopulation = try Insertion(into: "population", columns: 4, of: db)
                for patient in patients { try addPatient.add([patient.patient, patient.site, patient.digest]) }
                for (patient, result) in Self.inOrder(patients) {
                    try addResult.add([
                        patient, result.rule, result.state.rawValue, result.due?.description, result.last?.description,
                        result.reason, result.evidence.isEmpty ? nil : result.evidence.joined(separator: " "),
                    ])
                    for population in result.populations {
                        try addPopulation.add([patient, result.rule, population.code, population.count])
                    }
                }
                try addPatient.finish()
                try addResult.finish()
                try addPopulation.finish()
            }
        } catch {
            throw Self.failure(error)
        }
    }

    /// The results by rule and state, as their table keeps them: neighbours are inserted one after the other.
    private static func inOrder(_ patients: [PatientResults]) -> [(patient: String, result: CareGapResult)] {
        var byPlace: [String: [(patient: String, result: CareGapResult)]] = [:]
        for patient in patients {
            for result in patient.results { byPlace["\(result.rule) \(result.state.rawValue)", default: []].append((patient.patient, result)) }
        }
        return byPlace.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.patient < $1.patient } }
    }

    private static func failure(_ error: any Error) -> SweepError {
        SweepError("`\(name)` cannot be written: \(error)")
    }
}

/// Inserts rows of one table, several by one statement: beginning and ending a statement costs as much as a row of it.
private struct Insertion {
    private static let batch = 16

    private let columns: Int
    private let one: Statement
    private let many: Statement
    private var waiting: [(any DatabaseValueConvertible)?] = []

    init(into table: String, columns: Int, of db: Database) throws {
        func statement(rows: Int) throws -> Statement {
            let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
            return try db.makeStatement(
                sql: "INSERT INTO \(table) VALUES " + Array(repeating: row, count: rows).joined(separator: ", "))
        }
        self.columns = columns
        one = try statement(rows: 1)
        many = try statement(rows: Self.batch)
    }

    mutating func add(_ row: [(any DatabaseValueConvertible)?]) throws {
        waiting += row
        guard waiting.count == columns * Self.batch else { return }
        try many.execute(arguments: StatementArguments(waiting))
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func finish() throws {
        for start in stride(from: 0, to: waiting.count, by: columns) {
            try one.execute(arguments: StatementArguments(waiting[start..<(start + columns)]))
        }
        waiting = []
    }
}
