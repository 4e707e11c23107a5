public import Clinical
import GRDB

/// What became of the cards: kept as it is reported, once each, on the disk before `record` returns.
public struct FeedbackStore: Sendable {
    let journal: Journal

    private var database: JournalDatabase { journal.database }
    private var keys: EncryptionKeys? { journal.options.encryption }

    /// Keeps a batch as a whole or not at all.
    ///
    /// A report that came before changes nothing. A card that was never given here is accepted and marked: other nodes
    /// give cards too, and batches arrive after their decisions have gone.
    ///
    /// - Returns: a receipt for each entry, in their order.
    @discardableResult
    public func record(_ entries: [FeedbackEntry], received: Instant) async throws(JournalError) -> [FeedbackReceipt] {
        let key = try database.requiredKey()
        // The decision that gave a card may still be on its way; if the disk refuses it, this will fail as well.
        try? await journal.flush()
        let drafts = entries.map { FeedbackDraft($0, received: received, key: key, keys: keys) }
        return try await database.write { database in try drafts.map { try $0.write(into: database) } }
    }

    /// What was received in a time, the oldest first; comments where their key is at hand.
    public func entries(
        from: Instant? = nil, until: Instant? = nil, limit: Int = 1000
    ) async throws(JournalError) -> [StoredFeedback] {
        let condition = FeedbackCondition(from: from, until: until)
        let rows = try await database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT \(FeedbackRow.columns) FROM feedback WHERE \(condition.sql) ORDER BY id LIMIT ?",
                arguments: StatementArguments(condition.values) + [max(0, limit)]
            ).compactMap(FeedbackRow.init)
        }
        var entries: [StoredFeedback] = []
        for row in rows { entries.append(try opened(row)) }
        return entries
    }

    /// Whether the entry that a receipt names is there.
    public func isRecorded(_ digest: String) async throws(JournalError) -> Bool {
        try await database.read { database in
            try Bool.fetchOne(database, sql: "SELECT EXISTS(SELECT 1 FROM feedback WHERE digest = ?)", arguments: [digest])
                ?? false
        }
    }

    /// How often each rule's cards were overridden, and for which reason: the most frequent first.
    public func overrides(from: Instant? = nil, until: Instant? = nil) async throws(JournalError) -> [OverrideCount] {
        let condition = FeedbackCondition(from: from, until: until)
        return try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT rule, reason_code, reason_system, max(reason_display), count(*) FROM feedback
                    WHERE outcome = 'overridden' AND \(condition.sql) GROUP BY rule, reason_code, reason_system
                    ORDER BY count(*) DESC, rule, reason_system, reason_code
                    """, arguments: StatementArguments(condition.values)
            ).map { row in
                let reason = FeedbackEntry.OverrideReason(code: row.text(1), system: row.text(2), display: row.text(3))
                let isStated = reason.code != nil || reason.system != nil || reason.display != nil
                return OverrideCount(rule: row.text(0), reason: isStated ? reason : nil, count: row.integer(4) ?? 0)
            }
        }
    }

    /// How often each rule's cards were given, accepted and overridden, as far as the journal reaches back; by rule.
    public func outcomes() async throws(JournalError) -> [OutcomeCount] {
        try await database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT rule, sum(given), sum(accepted), sum(overridden) FROM (
                        SELECT name AS rule, count(DISTINCT hash) AS given, 0 AS accepted, 0 AS overridden
                        FROM card JOIN rule ON rule.id = rule_id GROUP BY rule_id
                        UNION ALL
                        SELECT rule, 0, sum(outcome = 'accepted'), sum(outcome = 'overridden') FROM feedback GROUP BY rule)
                    GROUP BY rule ORDER BY rule
                    """
            ).map { row in
                OutcomeCount(
                    rule: row.text(0), given: row.integer(1) ?? 0, accepted: row.integer(2) ?? 0, overridden: row.integer(3) ?? 0)
            }
        }
    }

    private func opened(_ row: FeedbackRow) throws(JournalError) -> StoredFeedback {
        var entry = row.entry
        if let sealed = row.comment, let keys {
            let place = FeedbackDraft.place(row.digest)
            let comment = try database.opened(
                keys, sealed, for: place, called: "the comment of feedback \(row.digest.prefix(12))")
            entry.userComment = String(decoding: comment, as: UTF8.self)
        }
        return StoredFeedback(
            entry: entry, received: row.received, isKnownCard: row.isKnownCard, rule: row.rule, hasComment: row.hasComment)
    }
}

/// A time as a condition of SQL.
private struct FeedbackCondition: Sendable {
    var sql = "1"
    var values: [String] = []

    init(from: Instant?, until: Instant?) {
        if let from {
            sql += " AND received >= ?"
            values.append(JournalTime.text(from))
        }
        if let until {
            sql += " AND received < ?"
            values.append(JournalTime.text(until))
        }
    }
}
