import GRDB

/// What retention leaves in place of the entries that it took away: the last of their links, signed off and sealed.
struct Checkpoint: Sendable, Hashable {
    /// The last entry that was taken away.
    let head: ChainHead
    let removed: Int
    let signedBy: String
    /// When, as the journal writes instants.
    let signed: String
    let seal: String

    init(head: ChainHead, removed: Int, signedBy: String, signed: String, key: JournalKey, journal: String) {
        self.head = head
        self.removed = removed
        self.signedBy = signedBy
        self.signed = signed
        seal = Self.seal(head, removed, signedBy, signed, key, journal)
    }

    private init(_ row: Row) {
        head = ChainHead(sequence: row.integer(0) ?? 0, chain: row.text(1) ?? "")
        removed = row.integer(2) ?? 0
        signedBy = row.text(3) ?? ""
        signed = row.text(4) ?? ""
        seal = row.text(5) ?? ""
    }

    static func latest(_ database: Database) throws -> Checkpoint? {
        try Row.fetchOne(
            database,
            sql: "SELECT sequence, chain, removed, signed_by, signed, seal FROM checkpoint ORDER BY sequence DESC LIMIT 1"
        ).map(Checkpoint.init)
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO checkpoint VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [head.sequence, head.chain, removed, signedBy, signed, seal])
    }

    func isGenuine(_ key: JournalKey, journal: String) -> Bool {
        seal == Self.seal(head, removed, signedBy, signed, key, journal)
    }

    private static func seal(
        _ head: ChainHead, _ removed: Int, _ signedBy: String, _ signed: String, _ key: JournalKey, _ journal: String
    ) -> String {
        key.seal(["checkpoint", journal, String(head.sequence), head.chain, String(removed), signedBy, signed])
    }
}
