import GRDB
import Knowledge

/// The CDC's table of vaccines: `cvx.txt`, with bars and no header.
///
/// - Source: CDC, IIS code sets, CVX: code, short description, full name, notes, status, non-vaccine, last updated.
struct CVXImport: ImportContent {
    private(set) var report: ImportReport
    let sourceTitle: String
    let fileDigests: [String]
    private var rows: [(code: String, name: String, status: String)] = []

    init(_ path: String, version: String, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        report = ImportReport(kind: "vaccines", name: "cvx", version: version)
        sourceTitle = version.isEmpty ? "CDC CVX" : "CDC CVX, \(version)"
        fileDigests = [digestOfFile(path)]
        var file = try DelimitedFile(path, delimiter: UInt8(ascii: "|"), isQuoted: false)
        var losses = LossList()
        while try file.next() {
            report.readCount += 1
            let code = Self.plain(file.text(0))
            guard (2...3).contains(code.utf8.count), code.utf8.allSatisfy({ (48...57).contains($0) }), file.cellCount >= 5 else {
                losses.add("this is no CVX code", code, line: file.line)
                continue
            }
            rows.append((code, Self.plain(file.text(1)), Self.plain(file.text(4))))
        }
        report.keptCount = rows.count
        report.lost = losses.sorted { _ in nil }
    }

    private static func plain(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    func write(in database: Database, source: Int) throws {
        for row in rows {
            let id = try Int.fetchOne(database, sql: "SELECT id FROM vaccine WHERE code = ?", arguments: [row.code])
            if let id {
                try database.execute(
                    sql: "UPDATE vaccine SET name = ?, source_id = ? WHERE id = ?", arguments: [row.name, source, id])
            } else {
                try database.execute(
                    sql: "INSERT INTO vaccine(id, code, name, groups, source_id) SELECT coalesce(max(id) + 1, 0), ?, ?, '', ? FROM vaccine",
                    arguments: [row.code, row.name, source])
            }
        }
        try CodeStatus.write(
            rows.filter { $0.status != "Active" }.map { ($0.code, $0.status.lowercased(), "") }, system: "http://hl7.org/fhir/sid/cvx",
            source: source, in: database)
    }
}

/// `Loinc.csv`: which codes are deprecated or discouraged, so that lint finds them where we use them.
struct LOINCImport: ImportContent {
    private(set) var report: ImportReport
    let sourceTitle: String
    let fileDigests: [String]
    private var retired: [(code: String, status: String, replacedBy: String)] = []
    private var codes: Set<String> = []

    init(_ path: String, version: String, progress: (ImportProgress) -> Void) throws(KnowledgeImportError) {
        report = ImportReport(kind: "laboratory codes", name: "loinc", version: version)
        sourceTitle = version.isEmpty ? "LOINC" : "LOINC \(version)"
        fileDigests = [digestOfFile(path)]
        var file = try DelimitedFile(path, delimiter: UInt8(ascii: ","), isQuoted: true)
        let columns = try DeclaredColumns(["code": "LOINC_NUM", "status": "STATUS"], in: &file, hasHeader: true)
        while try file.next() {
            report.readCount += 1
            let code = file.text(columns["code"])
            codes.insert(code)
            if !file.isEqual(columns["status"], "ACTIVE") {
                retired.append((code, file.text(columns["status"]).lowercased(), ""))
            }
        }
        report.keptCount = report.readCount
        report.notes = ["\(retired.count) codes are not active: `vigil knowledge lint --file` finds those that are used"]
    }

    func write(in database: Database, source: Int) throws {
        let system = "http://loinc.org"
        let used = try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT code FROM valueset_code JOIN code_system ON code_system.id = system_id WHERE uri = ? ORDER BY code
                """, arguments: [system])
        let unknown = used.filter { !codes.contains($0) }.map { ($0, "unknown", "") }
        try CodeStatus.write(retired + unknown, system: system, source: source, in: database)
    }
}

/// Codes that a release no longer has, or no longer wants.
enum CodeStatus {
    static func write(
        _ rows: [(code: String, status: String, replacedBy: String)], system: String, source: Int, in database: Database
    ) throws {
        try database.execute(sql: "DELETE FROM code_status WHERE system = ?", arguments: [system])
        let statement = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO code_status(system, code, status, replaced_by, source_id) VALUES (?, ?, ?, ?, ?)")
        for row in rows {
            try statement.execute(arguments: [system, row.code, row.status, row.replacedBy, source])
        }
    }
}
