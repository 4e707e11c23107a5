public import Clinical
import GRDB

/// What retention took away.
public struct RetentionReport: Sendable, Hashable {
    /// Entries of the chain.
    public internal(set) var decisions = 0
    public internal(set) var bodies = 0
    public internal(set) var feedback = 0
    /// The last entry that was taken away; the chain now begins behind it.
    public internal(set) var checkpoint: ChainHead?
}

extension Journal {
    /// Takes away what was recorded before an instant: entries, their bodies, and feedback received before it.
    ///
    /// The last link that goes stays as a checkpoint, signed off by name and sealed, so that the rest still verifies.
    /// Entries go from the beginning only: one that a wrong clock dated later keeps those behind it.
    ///
    /// - Parameters:
    ///   - limit: what was recorded before this goes.
    ///   - signedBy: who orders it: a person or a configured policy, never a patient.
    ///   - now: when it is done.
    @discardableResult
    public func prune(before limit: Instant, signedBy: String, now: Instant) async throws(JournalError) -> RetentionReport {
        try? await flush()
        let key = try database.requiredKey()
        let (before, signed) = (JournalTime.text(limit), JournalTime.text(now))
        let pruning = Pruning(before: before, signedBy: signedBy, signed: signed, journal: database.name, key: key)
        let report = try await database.write { database in
            var report = RetentionReport()
            try pruning.pruneDecisions(database, &report)
            report.bodies = try pruning.prune("body", by: "recorded", database)
            report.feedback = try pruning.prune("feedback", by: "received", database)
            return report
        }
        try await database.maintain("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
        return report
    }

    /// Takes away the bodies of requests that were recorded before an instant; the entries stay.
    @discardableResult
    public func pruneBodies(before limit: Instant, signedBy: String, now: Instant) async throws(JournalError) -> Int {
        let key = try database.requiredKey()
        let pruning = Pruning(
            before: JournalTime.text(limit), signedBy: signedBy, signed: JournalTime.text(now), journal: database.name, key: key)
        let removed = try await database.write { try pruning.prune("body", by: "recorded", $0) }
        try await database.maintain("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
        return removed
    }
}

/// One run of retention, inside a transaction.
private struct Pruning: Sendable {
    let before: String
    let signedBy: String
    let signed: String
    let journal: String
    let key: JournalKey

    func pruneDecisions(_ database: Database, _ report: inout RetentionReport) throws {
        guard let last = try lastToGo(database),
            let chain = try String.fetchOne(database, sql: "SELECT chain FROM decision WHERE sequence = ?", arguments: [last])
        else { return }
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM decision WHERE sequence <= ?", arguments: [last]) ?? 0
        let head = ChainHead(sequence: last, chain: chain)
        let checkpoint = Checkpoint(
            head: head, removed: count, signedBy: signedBy, signed: signed, key: key, journal: journal)
        try checkpoint.insert(database)
        try database.execute(sql: "DELETE FROM decision WHERE sequence <= ?", arguments: [last])
        report.decisions = database.changesCount
        report.checkpoint = head
        try IssuedCards.remove(through: last, from: database)
    }

    /// Removes the old rows of a table that has no chain, and notes that it was done.
    func prune(_ table: String, by column: String, _ database: Database) throws -> Int {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table) WHERE \(column) < ?", arguments: [before]) ?? 0
        guard count > 0 else { return 0 }
        try database.execute(
            sql: "INSERT INTO retention(kind, before, removed, signed_by, signed) VALUES (?, ?, ?, ?, ?)",
            arguments: [table, before, count, signedBy, signed])
        try database.execute(sql: "DELETE FROM \(table) WHERE \(column) < ?", arguments: [before])
        return database.changesCount
    }

    /// The last entry of the unbroken run of old ones at the beginning.
    private func lastToGo(_ database: Database) throws -> Int? {
        let firstToStay = try Int.fetchOne(
            database, sql: "SELECT min(sequence) FROM decision WHERE recorded >= ?", arguments: [before])
        if let firstToStay {
            return try Int.fetchOne(
                database, sql: "SELECT max(sequence) FROM decision WHERE sequence < ?", arguments: [firstToStay])
        }
        return try Int.fetchOne(database, sql: "SELECT max(sequence) FROM decision")
    }
}
