import GRDB
import GRDBSQLite

/// Inserts rows of one table, several by one statement, without a value being made of each cell.
///
/// The cells' texts lie one after the other in one buffer, and SQLite reads them there.
struct RowInsertion {
    private enum Cell {
        case text(Range<Int>)
        case integer(Int)
        case null
    }

    /// Beginning and ending a statement costs as much as a row of it.
    private static let batch = 16

    private let columns: Int
    private let one: Statement
    private let many: Statement
    private var cells: [Cell] = []
    private var texts: [UInt8] = []

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

    /// The next cell of the row.
    mutating func add(_ text: String?) {
        guard let text else { return cells.append(.null) }
        let start = texts.count
        texts.append(contentsOf: text.utf8)
        cells.append(.text(start..<texts.count))
    }

    /// The next cell of the row.
    mutating func add(_ number: Int?) { cells.append(number.map { .integer($0) } ?? .null) }

    /// Inserts what has gathered, once it is enough; to be called after each row.
    mutating func endRow() throws {
        guard cells.count == columns * Self.batch else { return }
        try execute(many, cells[...])
        clear()
    }

    /// Inserts what is left.
    mutating func finish() throws {
        for start in stride(from: 0, to: cells.count, by: columns) { try execute(one, cells[start..<(start + columns)]) }
        clear()
    }

    private mutating func clear() {
        cells.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    private func execute(_ statement: Statement, _ cells: ArraySlice<Cell>) throws {
        let handle = statement.sqliteStatement
        let outcome = texts.withUnsafeBufferPointer { texts -> CInt in
            texts.withMemoryRebound(to: CChar.self) { texts -> CInt in
                var place: CInt = 0
                for cell in cells {
                    place += 1
                    switch cell {
                    case .text(let range):
                        // Without a destructor: the bytes stay where they are until the statement has run.
                        sqlite3_bind_text(handle, place, texts.baseAddress.map { $0 + range.lowerBound } ?? Self.empty, CInt(range.count), nil)
                    case .integer(let number): sqlite3_bind_int64(handle, place, Int64(number))
                    case .null: sqlite3_bind_null(handle, place)
                    }
                }
                let outcome = sqlite3_step(handle)
                sqlite3_reset(handle)
                sqlite3_clear_bindings(handle)
                return outcome
            }
        }
        guard outcome == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: outcome), message: String(cString: sqlite3_errstr(outcome)))
        }
    }

    /// An address for texts without bytes.
    private static var empty: UnsafePointer<CChar> {
        let empty: StaticString = ""
        return UnsafeRawPointer(empty.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
