import Digests
import GRDB

/// The cards that the entries gave, found by UUID.
///
/// A row leads by a short hash to an entry, and only the entry itself proves that the card was given.
enum IssuedCards {
    /// Notes that an entry gave a card.
    static func insert(_ uuid: String, rule: String?, sequence: Int, into database: Database) throws {
        let rule = try rule.map { try number(of: $0, in: database) }
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO card(hash, sequence, rule_id) VALUES (?, ?, ?)")
            .execute(arguments: [hash(uuid), sequence, rule])
    }

    /// The first entry that gave the card, by its rule; `nil` where no entry did.
    static func find(_ uuid: String, in database: Database) throws -> (sequence: Int, rule: String?)? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT sequence, (SELECT name FROM rule WHERE id = rule_id) FROM card JOIN decision USING(sequence)
                WHERE hash = ? AND instr(entry, ?) > 0 ORDER BY sequence LIMIT 1
                """, arguments: [hash(uuid), "\"\(uuid)\""])
        return row.map { ($0.integer(0) ?? 0, $0.text(1)) }
    }

    /// Forgets the cards of the entries up to one.
    static func remove(through sequence: Int, from database: Database) throws {
        try database.execute(sql: "DELETE FROM card WHERE sequence <= ?", arguments: [sequence])
    }

    private static func hash(_ uuid: String) -> Int64 {
        Digest(of: uuid).bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func number(of rule: String, in database: Database) throws -> Int? {
        let find = try database.cachedStatement(sql: "SELECT id FROM rule WHERE name = ?")
        if let known = try Int.fetchOne(find, arguments: [rule]) { return known }
        try database.execute(sql: "INSERT INTO rule(name) VALUES (?)", arguments: [rule])
        return try Int.fetchOne(find, arguments: [rule])
    }
}
