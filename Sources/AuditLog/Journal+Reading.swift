import Clinical
import GRDB

/// An entry as it stands in the journal.
public struct JournalEntry: Sendable, Hashable {
    public let place: ChainHead
    /// The canonical bytes that the chain covers.
    public let bytes: [UInt8]
    /// What it says; `nil` where it was written by a program that said something else.
    public var decision: Decision? { Decision(entry: bytes) }
}

extension Journal {
    /// Where the chain ends now; noted elsewhere from time to time, it proves later that nothing was cut off.
    public func head() async throws(JournalError) -> ChainHead {
        let path = path
        return try await database.read { database in
            guard let head = try ChainHead.current(database) else {
                throw JournalError(path, .broken(ChainBreak(.endAltered, at: 0)))
            }
            return head
        }
    }

    /// Walks along the whole chain, from the last checkpoint of retention to the end.
    ///
    /// - Parameter noted: a place that was noted before, which must still be as it was.
    /// - Returns: what was seen, with the first place that is wrong.
    /// - Complexity: reads every entry, a page at a time; writers go on meanwhile.
    public func verify(noted: ChainHead? = nil) async throws(JournalError) -> ChainVerification {
        let (name, key) = (database.name, database.key)
        while true {
            var walk = try await database.read { try ChainWalk($0, name: name, key: key, noted: noted) }
            var isCurrent = true
            while isCurrent {
                let before = walk
                let (after, more) = try await database.read { database -> (ChainWalk?, Bool) in
                    var walk = before
                    guard try walk.isCurrent(database) else { return (nil, false) }
                    let more = try walk.step(database)
                    return (walk, more)
                }
                if let after { walk = after } else { isCurrent = false }
                if isCurrent, !more { return walk.result }
            }
        }
    }

    /// What SQLite finds wrong with the pages of the file; `nil` where nothing is.
    public func fileProblem() async throws(JournalError) -> String? {
        try await database.read { try FileCheck.problem($0, always: true) }
    }

    /// The entry with this sequence; `nil` where there is none.
    public func entry(_ sequence: Int) async throws(JournalError) -> JournalEntry? {
        try await entries(in: JournalRange(sequences: sequence...sequence), limit: 1).first
    }

    /// The entries of a range in their order, the first `limit` of them.
    public func entries(in range: JournalRange = .all, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await page(range, after: .min, limit: limit)
    }

    /// How many decisions of the range concern this patient.
    public func count(of patient: Pseudonym, in range: JournalRange = .all) async throws(JournalError) -> Int {
        let condition = range.condition
        return try await database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM decision WHERE patient = ? AND \(condition.sql)",
                arguments: [patient.text] + StatementArguments(condition.values)) ?? 0
        }
    }

    /// How many decisions the range holds.
    public func count(in range: JournalRange = .all) async throws(JournalError) -> Int {
        let condition = range.condition
        return try await database.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM decision WHERE \(condition.sql)",
                arguments: StatementArguments(condition.values)) ?? 0
        }
    }

    /// Shows the entries of a range in their order, reading a page at a time.
    ///
    /// - Parameter body: what it throws ends the walk.
    public func forEach(
        in range: JournalRange = .all, isolation: isolated (any Actor)? = #isolation, _ body: (JournalEntry) async throws -> Void
    ) async throws {
        var cursor = Int.min
        while true {
            let entries = try await page(range, after: cursor, limit: 512)
            guard let last = entries.last else { return }
            for entry in entries { try await body(entry) }
            cursor = last.place.sequence
        }
    }

    /// Whether a card of this UUID was given, as far as the journal reaches back.
    public func isIssued(_ card: String) async throws(JournalError) -> Bool {
        try await database.read { try IssuedCards.find(card, in: $0) != nil }
    }

    /// Entries of a range behind a sequence.
    func page(_ range: JournalRange, after sequence: Int, limit: Int) async throws(JournalError) -> [JournalEntry] {
        let condition = range.condition
        return try await database.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT sequence, entry, chain FROM decision
                    WHERE sequence > ? AND \(condition.sql) ORDER BY sequence LIMIT ?
                    """,
                arguments: [sequence] + StatementArguments(condition.values) + [max(0, limit)])
            var entries: [JournalEntry] = []
            while let row = try rows.next() {
                guard let sequence = row.integer(0), let entry = row.text(1), let chain = row.text(2) else { continue }
                entries.append(JournalEntry(place: ChainHead(sequence: sequence, chain: chain), bytes: Array(entry.utf8)))
            }
            return entries
        }
    }
}

extension JournalRange {
    /// As a condition of SQL, with the values for its marks.
    var condition: (sql: String, values: [String]) {
        var conditions = ["1"]
        var values: [String] = []
        if let sequences { conditions.append("sequence BETWEEN \(sequences.lowerBound) AND \(sequences.upperBound)") }
        if let from {
            conditions.append("recorded >= ?")
            values.append(JournalTime.text(from))
        }
        if let until {
            conditions.append("recorded < ?")
            values.append(JournalTime.text(until))
        }
        return (conditions.joined(separator: " AND "), values)
    }
}
