import GRDB

/// An open journal as a database: one connection that writes, several that read, errors in the journal's own words.
struct JournalDatabase: Sendable {
    let path: String
    /// The journal's own name, a part of its first link.
    let name: String
    /// `nil` where it is only read and the key is not at hand.
    let key: JournalKey?
    let isReadOnly: Bool
    private let pool: DatabasePool
    private let identity: SystemFile.Identity?

    /// Opens the journal at `path` and lets SQLite recover it; for writing, its schema is brought up.
    init(_ path: String, readOnly: Bool) throws(JournalError) {
        guard SystemFile.exists(path) else { throw JournalError(path, .unreadable("there is no such file")) }
        try JournalFile.recognise(path)
        self.path = path
        isReadOnly = readOnly
        key = try Self.key(of: path, readOnly: readOnly)
        do {
            pool = try Self.pool(path, readOnly: readOnly)
            try Self.checkSchema(pool, path: path, readOnly: readOnly)
            name = try pool.read { try Self.about("journal", $0) } ?? ""
            let check = try pool.read { try Self.about("key_check", $0) } ?? ""
            if let key, key.check != check { throw JournalError(path, .keyWrong(JournalKey.path(beside: path))) }
        } catch {
            throw JournalError(path, error)
        }
        identity = SystemFile.identity(path)
    }

    /// The key, for whatever cannot be done without it.
    func requiredKey() throws(JournalError) -> JournalKey {
        guard let key else { throw JournalError(path, .keyMissing(JournalKey.path(beside: path))) }
        return key
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws(JournalError) -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw JournalError(path, error)
        }
    }

    /// One transaction, on the disk when this returns.
    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws(JournalError) -> Value {
        guard !isReadOnly else { throw JournalError(path, .readOnly("it was opened for reading only")) }
        do {
            // What is written to a file that no path leads to would be lost.
            guard isInPlace else { throw JournalError(path, .replaced) }
            return try await pool.write(body)
        } catch {
            throw JournalError(path, error)
        }
    }

    /// Runs what cannot stand in a transaction.
    func maintain(_ sql: String) async throws(JournalError) {
        do {
            try await pool.writeWithoutTransaction { try $0.execute(sql: sql) }
        } catch {
            throw JournalError(path, error)
        }
    }

    /// The value of a setting of the connection that writes.
    func pragma(_ name: String) async throws(JournalError) -> Int? {
        do {
            return try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
        } catch {
            throw JournalError(path, error)
        }
    }

    /// Reads on the caller's thread; for opening only.
    func readNow<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw JournalError(path, error)
        }
    }

    func close() throws(JournalError) {
        do {
            // Readers first: only a connection that may write takes the write-ahead log away when it is the last to close.
            pool.invalidateReadOnlyConnections()
            try pool.close()
        } catch {
            throw JournalError(path, error)
        }
    }

    private var isInPlace: Bool {
        let now = SystemFile.identity(path)
        return now?.device == identity?.device && now?.number == identity?.number
    }

    // MARK: Opening

    private static func key(of path: String, readOnly: Bool) throws(JournalError) -> JournalKey? {
        do throws(JournalError) {
            return try JournalFile.key(of: path)
        } catch {
            if readOnly, case .keyMissing = error.problem { return nil }
            throw error
        }
    }

    /// Write-ahead log, every commit down to the disk before it returns, removed content overwritten.
    private static func pool(_ path: String, readOnly: Bool) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(5)
        configuration.label = "journal"
        let pool = try DatabasePool(path: path, configuration: configuration)
        guard !readOnly else { return pool }
        // GRDB asks for synchronous NORMAL in WAL mode, by which a loss of power could take acknowledged commits.
        try pool.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA secure_delete = ON;
                    PRAGMA wal_autocheckpoint = 4096;
                    PRAGMA cache_size = -32768;
                    """)
        }
        return pool
    }

    private static func checkSchema(_ pool: DatabasePool, path: String, readOnly: Bool) throws {
        let found = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } ?? 0
        let isLater = try pool.read { try JournalSchema.migrator.hasBeenSuperseded($0) }
        guard found <= JournalSchema.version, !isLater else {
            throw JournalError(path, .schema(found: found, known: JournalSchema.version))
        }
        if !readOnly { try JournalSchema.migrator.migrate(pool) }
    }

    private static func about(_ key: String, _ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM about WHERE key = ?", arguments: [key])
    }
}

extension JournalError {
    /// Any error as one of the journal's; of SQLite's only the words, never the values.
    init(_ path: String, _ error: any Error) {
        switch error {
        case let error as JournalError: self = error
        case let error as DatabaseError: self.init(path, Self.problem(error))
        case is CancellationError: self.init(path, .cancelled)
        default: self.init(path, .unreadable("\(error)"))
        }
    }

    private static func problem(_ error: DatabaseError) -> Problem {
        let words = error.message ?? error.resultCode.description
        return switch error.resultCode {
        case .SQLITE_FULL: .full
        case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(words)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(words)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_INTERRUPT: .cancelled
        default: .unreadable(words)
        }
    }
}
