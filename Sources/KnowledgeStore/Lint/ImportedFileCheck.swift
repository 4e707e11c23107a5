import GRDB
import Knowledge

/// What was imported into a knowledge file: pairs lost on the way, codes that a release has retired and that we still use.
enum ImportedFileCheck {
    static func findings(in file: String, _ context: LintContext) throws(KnowledgeStoreError) -> [LintFinding] {
        try KnowledgeFile.verify(file)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            let findings = try queue.read { database in try losses(file, database) + retired(file, database, context) }
            try queue.close()
            return findings
        } catch {
            throw .file(path: file, problem: .unreadable("\(error)"))
        }
    }

    /// K301.
    private static func losses(_ file: String, _ database: Database) throws -> [LintFinding] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, version, kind, read_count, lost_count FROM import WHERE lost_count > 0 ORDER BY name")
        return rows.map { row in
            let (name, version): (String, String) = (row[0], row[1])
            return LintFinding(
                code: "K301", key: "\(name) \(version)", file: file, line: 0,
                message: "\(row[4] as Int) of the \(row[3] as Int) rows of \(name) \(version) (\(row[2] as String)) were not mapped",
                mend: "read the table of what was not mapped, add `names:` or a crosswalk to the mapping, and import again")
        }
    }

    /// K302: codes of our value sets and labs, and ingredients of our rules.
    private static func retired(_ file: String, _ database: Database, _ context: LintContext) throws -> [LintFinding] {
        var findings: [LintFinding] = []
        let rows = try Row.fetchAll(database, sql: "SELECT system, code, status, replaced_by FROM code_status ORDER BY system, code")
        var statuses: [String: (status: String, replacedBy: String)] = [:]
        for row in rows { statuses["\(row[0] as String) \(row[1] as String)"] = (row[2], row[3]) }
        func check(_ system: String, _ code: String, _ table: KnowledgeTable, _ row: Int, _ what: String) {
            guard let found = statuses["\(system) \(code)"] else { return }
            findings.append(
                LintFinding(
                    code: "K302", key: "\(table.rawValue):\(code)", file: context.file(table), line: context.line(table, row),
                    message: "the code \(code) of \(what) is \(found.status)",
                    mend: found.replacedBy.isEmpty ? "find what replaced it" : "write \(found.replacedBy)"))
        }
        for (index, row) in context.tables.valueSetCodes.enumerated() { check(row.system, row.code, .valuesets, index, row.set) }
        for (index, row) in context.tables.labs.enumerated() {
            for code in row.codes where code.hasPrefix("LOINC:") { check("http://loinc.org", String(code.dropFirst(6)), .labs, index, row.name) }
        }
        for (index, row) in context.tables.interactionRules.enumerated() {
            for side in [row.a, row.b] {
                if case .ingredient(let code) = side {
                    check("http://www.nlm.nih.gov/research/umls/rxnorm", String(code), .interactions, index, row.id)
                }
            }
        }
        return findings
    }
}
