import GRDB

extension KnowledgeDiff {
    /// Rows of one table that one of two knowledge files has and the other has not; a row that was changed is in both lists.
    public struct TableRows: Sendable, Hashable {
        /// As the table is called in the file.
        public let table: String
        public let came: [String]
        public let went: [String]
    }
}

extension KnowledgeStore {
    /// What differs between two knowledge files: clinically, and by the rows of every table, so that nothing differs unsaid.
    ///
    /// Only the order of rows within a table is passed over.
    ///
    /// - Throws: `KnowledgeStoreError.file` for a file that cannot be opened.
    public static func diff(from old: String, to new: String) throws(KnowledgeStoreError) -> KnowledgeDiff {
        let (before, after) = (try open(old), try open(new))
        do {
            return KnowledgeDiff(from: before, to: after, rows: try RowComparison.rows(from: old, to: new))
        } catch {
            throw .file(path: new, problem: .unreadable("\(error)"))
        }
    }
}

/// The tables of two knowledge files, held against each other row by row.
private struct RowComparison {
    /// Tables about the file, tables whose rows are said by those that refer to them, and the index of pairs, which is told as pairs.
    private static let passedOver: Set<String> = ["about", "manifest", "source", "ingredient_set", "dose_form", "code_system", "pair"]
    /// The number of a row says nothing.
    private static let numbers: Set<String> = ["id", "row_number", "number"]

    private let database: Database

    static func rows(from old: String, to new: String) throws -> [KnowledgeDiff.TableRows] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: new, configuration: configuration)
        return try queue.inDatabase { database in
            try database.execute(sql: "ATTACH DATABASE ? AS old", arguments: [old])
            let comparison = RowComparison(database: database)
            let tables = try String.fetchAll(database, sql: "SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
            return try tables.filter { !passedOver.contains($0) }.compactMap { try comparison.changes(of: $0) }
        }
    }

    private func changes(of table: String) throws -> KnowledgeDiff.TableRows? {
        let came = try rows(of: table, in: "main", butNotIn: "old")
        let went = try rows(of: table, in: "old", butNotIn: "main")
        return came.isEmpty && went.isEmpty ? nil : KnowledgeDiff.TableRows(table: table, came: came, went: went)
    }

    private func rows(of table: String, in schema: String, butNotIn other: String) throws -> [String] {
        let sql = "SELECT \(try columns(of: table, in: schema)) FROM \(schema).\(table) AS t EXCEPT SELECT \(try columns(of: table, in: other)) FROM \(other).\(table) AS t"
        return try Row.fetchAll(database, sql: sql).map(Self.text).sorted()
    }

    /// What a row says: in place of the number of a row elsewhere, what that row is called.
    private func columns(of table: String, in schema: String) throws -> String {
        var named: [String: String] = [:]
        for key in try Row.fetchAll(database, sql: "SELECT * FROM pragma_foreign_key_list(?)", arguments: [table]) {
            // What refers to a code, not to the number of a row, speaks for itself.
            guard (key["to"] as String?) ?? "id" == "id" else { continue }
            let (column, target): (String, String) = (key["from"], key["table"])
            let name = try names(of: target).first { !Self.numbers.contains($0) } ?? "id"
            named[column] = "(SELECT \(name) FROM \(schema).\(target) WHERE id = t.\(column))"
        }
        return try names(of: table).filter { !Self.numbers.contains($0) }.map { named[$0] ?? "t.\($0)" }.joined(separator: ", ")
    }

    private func names(of table: String) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [table])
    }

    /// The cells that hold something. What divides the parts of a cell is no text.
    private static func text(_ row: Row) -> String {
        row.databaseValues.compactMap { value -> String? in
            switch value.storage {
            case .null: nil
            case .blob(let data): "\(data.count) bytes"
            case .int64(let number): String(number)
            case .double(let number): String(number)
            case .string(let text): text.isEmpty ? nil : String(text.map { $0.isASCII && ($0.asciiValue ?? 0x20) < 0x20 ? " " : $0 })
            }
        }.joined(separator: " | ")
    }
}
