import Crypto
import GRDB

/// A decision on its way into the journal, written out as far as it can be without its place in the chain.
struct PendingEntry: Sendable {
    /// The entry after its sequence.
    let tail: [UInt8]
    let recorded: String
    /// UUID and rule of each card.
    let cards: [(uuid: String, rule: String?)]
    /// Digest and sealed bytes of the request and of what was fetched for it, where they are kept.
    var bodies: [(digest: String, sealed: SealedBytes)] = []

    init(_ decision: Decision) {
        tail = decision.canonicalTail
        recorded = JournalTime.text(decision.recorded)
        cards =
            decision.findings.compactMap { finding in finding.card.map { ($0, finding.rule) } }
            + decision.otherCards.map { ($0, nil) }
    }

    /// Bytes of memory that it takes while it waits.
    var size: Int { bodies.reduce(tail.count) { $0 + $1.sealed.size } }
}

/// Writes entries behind the last one, inside one transaction.
///
/// Sequence and link come from the database each time, so that two programs on one journal continue one chain.
struct EntryWriting: Sendable {
    let journal: String
    let key: JournalKey

    func write(_ entries: [PendingEntry], into database: Database) throws -> [ChainHead] {
        guard var head = try ChainHead.current(database), head.sequence < .max - entries.count else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the end of the chain is not noted")
        }
        var heads: [ChainHead] = []
        for entry in entries {
            head = try write(entry, after: head, into: database)
            heads.append(head)
        }
        try database.execute(
            sql: "UPDATE head SET sequence = ?, chain = ?, seal = ?",
            arguments: [head.sequence, head.chain, key.seal(of: head, journal: journal)])
        return heads
    }

    private func write(_ entry: PendingEntry, after previous: ChainHead, into database: Database) throws -> ChainHead {
        let sequence = previous.sequence + 1
        let text = Decision.canonical(sequence: sequence, tail: entry.tail)
        let head = ChainHead(sequence: sequence, chain: LogChain.link(after: previous.chain, entry: text))
        try database.cachedStatement(sql: "INSERT INTO decision(sequence, entry, chain) VALUES (?, ?, ?)")
            .execute(arguments: [sequence, String(decoding: text, as: UTF8.self), head.chain])
        for card in entry.cards {
            try IssuedCards.insert(card.uuid, rule: card.rule, sequence: sequence, into: database)
        }
        for body in entry.bodies {
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?)")
                .execute(arguments: [body.digest, entry.recorded, body.sealed.fingerprint, body.sealed.box.combined])
        }
        return head
    }
}

extension ChainHead {
    /// Where the chain ends.
    static func current(_ database: Database) throws -> ChainHead? {
        guard let row = try Row.fetchOne(database, sql: "SELECT sequence, chain FROM head"), let sequence = row.integer(0),
            let chain = row.text(1)
        else { return nil }
        return ChainHead(sequence: sequence, chain: chain)
    }
}
