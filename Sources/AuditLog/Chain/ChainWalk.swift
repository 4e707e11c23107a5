import GRDB

/// Walks along a journal's chain, page by page, and stops at the first place that is wrong.
///
/// Pages are read apart, so that a long walk holds up neither writers nor the checkpoints of SQLite.
struct ChainWalk: Sendable {
    private static let pageSize = 4096

    private let name: String
    private let key: JournalKey?
    /// What must be found on the way, if anything is noted.
    private let noted: ChainHead?
    private let checkpoint: Checkpoint?
    private(set) var result: ChainVerification
    private var previous: String
    private var cursor: Int

    /// A walk over all that is there, from the last checkpoint on.
    init(_ database: Database, name: String, key: JournalKey?, noted: ChainHead? = nil) throws {
        self.name = name
        self.key = key
        self.noted = noted
        checkpoint = try Checkpoint.latest(database)
        let start = checkpoint?.head ?? ChainHead(sequence: 0, chain: LogChain.origin(journal: name))
        previous = start.chain
        cursor = .min
        result = ChainVerification(start: start, end: start)
        if let key, let checkpoint, !checkpoint.isGenuine(key, journal: name) {
            result.firstBreak = ChainBreak(.checkpointAltered, at: checkpoint.head.sequence)
        }
    }

    /// A walk over the last `count` entries; the one before them is taken as given.
    init(_ database: Database, name: String, key: JournalKey?, latest count: Int) throws {
        try self.init(database, name: name, key: key)
        let sequence = try Int.fetchOne(database, sql: "SELECT sequence FROM head") ?? 0
        let from = sequence.subtractingReportingOverflow(max(0, count)).partialValue
        guard from > result.start.sequence,
            let chain = try String.fetchOne(database, sql: "SELECT chain FROM decision WHERE sequence = ?", arguments: [from])
        else { return }
        let start = ChainHead(sequence: from, chain: chain)
        previous = chain
        cursor = from
        result = ChainVerification(start: start, end: start)
    }

    /// Whether the checkpoint from which it set out is still the last one; if not, it must begin again.
    func isCurrent(_ database: Database) throws -> Bool {
        try Checkpoint.latest(database) == checkpoint
    }

    /// Walks over the next page. Answers false when there is nothing left to look at.
    mutating func step(_ database: Database) throws -> Bool {
        guard result.firstBreak == nil else { return false }
        let rows = try Row.fetchCursor(
            database, sql: "SELECT sequence, entry, chain FROM decision WHERE sequence > ? ORDER BY sequence LIMIT ?",
            arguments: [cursor, Self.pageSize])
        var count = 0
        while let row = try rows.next() {
            count += 1
            guard take(sequence: row.integer(0) ?? 0, entry: row.text(1), chain: row.text(2)) else { return false }
        }
        if count == Self.pageSize { return true }
        try takeEnd(database)
        return false
    }

    // MARK: Steps

    private mutating func take(sequence: Int, entry: String?, chain: String?) -> Bool {
        let expected = result.end.sequence &+ 1
        guard sequence == expected else {
            result.firstBreak = sequence > expected ? ChainBreak(.missing, at: expected) : ChainBreak(.unexpected, at: sequence)
            return false
        }
        guard let entry, let chain, LogChain.link(after: previous, entry: entry.utf8) == chain else {
            result.firstBreak = ChainBreak(.altered, at: sequence)
            return false
        }
        guard isAsNoted(ChainHead(sequence: sequence, chain: chain)) else { return false }
        result.entries += 1
        result.end = ChainHead(sequence: sequence, chain: chain)
        previous = chain
        cursor = sequence
        return true
    }

    /// Compares a place with the one that was noted elsewhere, where it is the same.
    private mutating func isAsNoted(_ place: ChainHead) -> Bool {
        guard let noted, noted.sequence == place.sequence else { return true }
        result.isNotedFound = noted == place
        if !result.isNotedFound { result.firstBreak = ChainBreak(.notAsNoted, at: place.sequence) }
        return result.isNotedFound
    }

    /// Compares the last entry with the note of where the chain ends.
    private mutating func takeEnd(_ database: Database) throws {
        let end = result.end
        guard let row = try Row.fetchOne(database, sql: "SELECT sequence, chain, seal FROM head"), let sequence = row.integer(0),
            let chain = row.text(1), let seal = row.text(2)
        else {
            result.firstBreak = ChainBreak(.endAltered, at: end.sequence)
            return
        }
        let head = ChainHead(sequence: sequence, chain: chain)
        result.isSealChecked = key != nil
        if let key, key.seal(of: head, journal: name) != seal {
            result.firstBreak = ChainBreak(.endAltered, at: head.sequence)
        } else if head.sequence > end.sequence {
            result.firstBreak = ChainBreak(.truncated(end: head.sequence), at: end.sequence &+ 1)
        } else if head.sequence < end.sequence {
            result.firstBreak = ChainBreak(.unexpected, at: head.sequence &+ 1)
        } else if head.chain != end.chain {
            result.firstBreak = ChainBreak(.endAltered, at: head.sequence)
        } else if let noted, noted.sequence > end.sequence {
            result.firstBreak = ChainBreak(.truncated(end: noted.sequence), at: end.sequence &+ 1)
        } else {
            _ = isAsNoted(result.start)
        }
    }
}
