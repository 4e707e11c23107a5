import Documents
import GRDB

/// A journal as files: how it comes into being whole or not at all, and how it is recognised.
///
/// `journal` is the database, `journal.key` its key; SQLite puts `journal-wal` and `journal-shm` beside them.
enum JournalFile {
    /// Makes a journal where there is none yet, and checks that what is there is one.
    ///
    /// What was there before is never replaced: a journal that is gone while its key is still there is an error.
    static func prepare(_ path: String) throws(JournalError) {
        guard !path.utf8.contains(0) else { throw JournalError(path, .unreadable("the name holds a NUL")) }
        if SystemFile.exists(path) { return try recognise(path) }
        let log = path + "-wal"
        let key = JournalKey.path(beside: path)
        if let size = SystemFile.identity(log)?.size, size > 0 { throw JournalError(path, .missing(leftover: log)) }
        if SystemFile.exists(key) {
            // A draft beside the key means that the journal was never finished.
            guard SystemFile.exists(draft(path)) else { throw JournalError(path, .missing(leftover: key)) }
            SystemFile.remove(key)
        }
        try create(path)
    }

    /// Checks by its first bytes that `path` is a journal.
    static func recognise(_ path: String) throws(JournalError) {
        let start = try SystemFile.start(of: path, count: 100)
        guard !start.isEmpty else { throw JournalError(path, .damaged("the file is empty")) }
        guard start.starts(with: "SQLite format 3\0".utf8) else { throw JournalError(path, .notJournal) }
        guard start.count == 100 else { throw JournalError(path, .damaged("the file ends within its header")) }
        // The application's mark stands at byte 68 (SQLite file format §1.3).
        let mark = start[68..<72].reduce(0) { $0 << 8 | Int($1) }
        guard mark == JournalSchema.applicationID else { throw JournalError(path, .notJournal) }
    }

    /// The key beside a journal.
    static func key(of path: String) throws(JournalError) -> JournalKey {
        let file = JournalKey.path(beside: path)
        let text: [UInt8]
        do throws(SourceFileError) {
            text = try SourceFile.bytes(of: file, limit: 4096)
        } catch {
            throw JournalError(path, error.problem == .notFound ? .keyMissing(file) : .unreadable(error.message))
        }
        guard let key = JournalKey(text: text) else { throw JournalError(path, .keyWrong(file)) }
        return key
    }

    // MARK: Steps

    private static func draft(_ path: String) -> String { path + ".new" }

    /// Writes the database aside, then the key, then moves the database into its place.
    private static func create(_ path: String) throws(JournalError) {
        let draft = draft(path)
        for suffix in ["", "-journal", "-wal", "-shm"] { SystemFile.remove(draft + suffix) }
        let key = JournalKey.random()
        try write(draft, key: key, for: path)
        try SystemFile.makePrivate(draft)
        try SystemFile.createPrivate(JournalKey.path(beside: path), key.text)
        try SystemFile.move(draft, to: path)
    }

    private static func write(_ draft: String, key: JournalKey, for path: String) throws(JournalError) {
        do {
            let queue = try DatabaseQueue(path: draft)
            try queue.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA auto_vacuum = INCREMENTAL;
                        PRAGMA application_id = \(JournalSchema.applicationID);
                        """)
            }
            try JournalSchema.migrator.migrate(queue)
            try queue.write { database in
                let name = JournalKey.random().check
                let head = ChainHead(sequence: 0, chain: LogChain.origin(journal: name))
                try database.execute(
                    sql: "INSERT INTO about VALUES ('journal', ?), ('key_check', ?)", arguments: [name, key.check])
                try database.execute(
                    sql: "INSERT INTO head VALUES (1, ?, ?, ?)",
                    arguments: [head.sequence, head.chain, key.seal(of: head, journal: name)])
            }
            // From its first moment in its place it has a write-ahead log: to change over later could be interrupted.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            try queue.close()
        } catch {
            throw JournalError(path, error)
        }
    }
}

extension JournalKey {
    /// Proves where the chain of a journal ends.
    func seal(of head: ChainHead, journal: String) -> String {
        seal(["head", journal, String(head.sequence), head.chain])
    }
}
