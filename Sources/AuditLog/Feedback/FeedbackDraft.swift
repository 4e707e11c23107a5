import Clinical
import Crypto
import Documents
import GRDB

/// An entry made ready to be kept: named, its comment sealed or dropped.
struct FeedbackDraft: Sendable {
    private let entry: FeedbackEntry
    private let received: String
    private let digest: String
    private let comment: SealedBytes?

    init(_ entry: FeedbackEntry, received: Instant, key: JournalKey, keys: EncryptionKeys?) {
        self.entry = entry
        self.received = JournalTime.text(received)
        digest = entry.digest(key)
        comment = keys.flatMap { keys in
            entry.userComment.flatMap { keys.seal(Array($0.utf8), for: Self.place(entry.digest(key))) }
        }
    }

    /// Where a comment is bound to.
    static func place(_ digest: String) -> [String] { ["comment", digest] }

    func write(into database: Database) throws -> FeedbackReceipt {
        let known = "SELECT is_known_card, rule FROM feedback WHERE digest = ?"
        if let row = try Row.fetchOne(database, sql: known, arguments: [digest]) {
            return FeedbackReceipt(digest: digest, isNew: false, isKnownCard: row.integer(0) == 1, rule: row.text(1))
        }
        let card = try IssuedCards.find(entry.card, in: database)
        try insert(into: database, isKnownCard: card != nil, rule: card?.rule)
        return FeedbackReceipt(digest: digest, isNew: true, isKnownCard: card != nil, rule: card?.rule)
    }

    private func insert(into database: Database, isKnownCard: Bool, rule: String?) throws {
        let suggestions = JSONValue.array(entry.acceptedSuggestions.map(JSONValue.string)).bytes
        try database.cachedStatement(
            sql: """
                INSERT INTO feedback(
                    digest, received, client, service, card, is_known_card, rule, outcome, accepted, outcome_at,
                    reason_code, reason_system, reason_display, has_comment, fingerprint, comment)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            digest, received, entry.client, entry.service, entry.card, isKnownCard, rule, entry.outcome.rawValue,
            String(decoding: suggestions, as: UTF8.self), entry.outcomeAt.map(JournalTime.text), entry.reason?.code,
            entry.reason?.system, entry.reason?.display, entry.userComment != nil, comment?.fingerprint, comment?.box.combined,
        ])
    }
}

/// A row of feedback as it was kept; its comment still sealed.
struct FeedbackRow: Sendable {
    static let columns = """
        digest, received, client, service, card, is_known_card, rule, outcome, accepted, outcome_at, reason_code, reason_system, \
        reason_display, has_comment, fingerprint, comment
        """

    let digest: String
    let entry: FeedbackEntry
    let received: Instant
    let isKnownCard: Bool
    let rule: String?
    let hasComment: Bool
    let comment: SealedBytes?

    /// `nil` where the row is none of ours.
    init?(_ row: Row) {
        guard let digest = row.text(0), let received = row.text(1).flatMap({ Instant($0) }), let service = row.text(3),
            let card = row.text(4), let outcome = row.text(7).flatMap(FeedbackEntry.Outcome.init)
        else { return nil }
        self.digest = digest
        self.received = received
        var entry = FeedbackEntry(service: service, client: row.text(2), card: card, outcome: outcome)
        let suggestions = row.text(8).flatMap { try? JSONDocument(parsing: $0) }
        entry.acceptedSuggestions = suggestions?.root.elements.compactMap(\.string) ?? []
        entry.outcomeAt = row.text(9).flatMap { Instant($0) }
        let reason = FeedbackEntry.OverrideReason(code: row.text(10), system: row.text(11), display: row.text(12))
        if reason != FeedbackEntry.OverrideReason(code: nil) { entry.reason = reason }
        self.entry = entry
        isKnownCard = row.integer(5) == 1
        rule = row.text(6)
        hasComment = row.integer(13) == 1
        comment = row.sealedBytes(fingerprint: 14, bytes: 15)
    }
}
