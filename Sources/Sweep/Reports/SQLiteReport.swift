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
    private var patientCount = 0
    private var standings: [Standing: Int] = [:]
    private var latest: [(standing: Standing, number: Int)?] = []
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
                // 32 MiB: what is inserted lies in many places of the tables.
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

    private static let names = populations.map(\.column).joined(separator: ", ")

    /// The results lie by standing and patient, both as numbers: what is added goes to the ends of a few stretches, and no name is
    /// written or compared once a row. `result` gives the names back.
    private static let schema = """
        CREATE TABLE sweep (as_of TEXT NOT NULL, period_start TEXT NOT NULL, period_end TEXT NOT NULL, rules TEXT NOT NULL,
            knowledge TEXT NOT NULL, vigil TEXT NOT NULL) STRICT;
        CREATE TABLE rule (id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE patient (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, site TEXT NOT NULL, digest TEXT NOT NULL) STRICT;
        CREATE TABLE standing (number INTEGER PRIMARY KEY, rule TEXT NOT NULL REFERENCES rule, state TEXT NOT NULL,
            UNIQUE (rule, state)) STRICT;
        CREATE TABLE patient_standing (standing INTEGER NOT NULL REFERENCES standing, patient INTEGER NOT NULL REFERENCES patient,
            due TEXT, last TEXT, reason TEXT, evidence TEXT, \(populations.map { "\($0.column) INTEGER" }.joined(separator: ", ")), uncertain INTEGER,
            PRIMARY KEY (standing, patient)) STRICT, WITHOUT ROWID;
        CREATE VIEW result (patient, rule, state, due, last, reason, evidence, \(names), uncertain) AS
            SELECT patient.id, standing.rule, standing.state, due, last, reason, evidence, \(names), uncertain
            FROM patient_standing
                JOIN standing ON standing.number = patient_standing.standing
                JOIN patient ON patient.number = patient_standing.patient;
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
        let patients = waiting
        waiting = []
        do {
            try queue.write { db in try insert(patients, into: db) }
        } catch {
            throw Self.failure(error)
        }
    }

    private func insert(_ patients: [PatientResults], into db: Database) throws {
        var table = try RowInsertion(into: "patient", columns: 4, of: db)
        var results = try RowInsertion(into: "patient_standing", columns: 7 + Self.populations.count, of: db)
        for patient in patients {
            patientCount += 1
            table.add(patientCount)
            table.add(patient.patient)
            table.add(patient.site)
            table.add(patient.digest)
            try table.endRow()
            for (place, result) in patient.results.enumerated() {
                results.add(try number(of: Standing(rule: result.rule, state: result.state), at: place, in: db))
                results.add(patientCount)
                results.add(result.due?.description)
                results.add(result.last?.description)
                results.add(result.reason)
                results.add(result.evidence.isEmpty ? nil : result.evidence.joined(separator: " "))
                for population in Self.populations { results.add(result.populations.first { $0.code == population.code }?.count) }
                results.add(result.uncertainty)
                try results.endRow()
            }
        }
        try table.finish()
        try results.finish()
    }

    /// A rule, and where a patient stands with it.
    private struct Standing: Hashable {
        let rule: String
        let state: CareGapState
    }

    /// The number of a standing, which gets one when it is met first.
    ///
    /// - Parameter place: of the result among the patient's; the next patient's result there is mostly of the same standing.
    private func number(of standing: Standing, at place: Int, in db: Database) throws -> Int {
        if latest.indices.contains(place), let (known, number) = latest[place], known == standing { return number }
        while latest.count <= place { latest.append(nil) }
        if let number = standings[standing] {
            latest[place] = (standing, number)
            return number
        }
        let number = standings.count + 1
        try db.execute(sql: "INSERT INTO standing VALUES (?, ?, ?)", arguments: [number, standing.rule, standing.state.rawValue])
        standings[standing] = number
        latest[place] = (standing, number)
        return number
    }

    private static func failure(_ error: any Error) -> SweepError {
        SweepError("`\(name)` cannot be written: \(error)")
    }
}
