import Foundation
import Testing

@testable import AuditLog

/// Whatever is done to the entries behind the journal's back shows, with the first place that is wrong.
@Suite("Tampering")
struct TamperingTests {
    let folder = TemporaryFolder()

    private static let unlock = """
        DROP TRIGGER decision_stays; DROP TRIGGER decision_remains; DROP TRIGGER head_remains;
        DROP TRIGGER checkpoint_stays; DROP TRIGGER checkpoint_remains;
        """

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let expected: ChainBreak
        var testDescription: String { name }

        init(_ name: String, _ sql: String, _ kind: ChainBreak.Kind, _ sequence: Int) {
            self.name = name
            self.sql = sql
            expected = ChainBreak(kind, at: sequence)
        }
    }

    static let cases: [Case] = [
        Case(
            "a byte of an entry",
            "UPDATE decision SET entry = replace(entry, '\"status\":200', '\"status\":201') WHERE sequence = 5", .altered, 5),
        Case("a link", "UPDATE decision SET chain = replace(chain, substr(chain, 1, 1), 'x') WHERE sequence = 5", .altered, 5),
        Case("a row in the middle", "DELETE FROM decision WHERE sequence = 5", .missing, 5),
        Case("the first row", "DELETE FROM decision WHERE sequence = 1", .missing, 1),
        Case("rows in the middle", "DELETE FROM decision WHERE sequence BETWEEN 4 AND 6", .missing, 4),
        Case("the last rows", "DELETE FROM decision WHERE sequence > 7", .truncated(end: 10), 8),
        Case("all rows", "DELETE FROM decision", .truncated(end: 10), 1),
        Case(
            "two rows changed places",
            """
            UPDATE decision SET sequence = 100 WHERE sequence = 4; UPDATE decision SET sequence = 4 WHERE sequence = 5;
            UPDATE decision SET sequence = 5 WHERE sequence = 100
            """, .altered, 4),
        Case(
            "a row repeated",
            "INSERT INTO decision(sequence, entry, chain) SELECT 11, entry, chain FROM decision WHERE sequence = 10", .altered, 11
        ),
        Case(
            "a row before the first",
            "INSERT INTO decision(sequence, entry, chain) SELECT 0, entry, chain FROM decision WHERE sequence = 1", .unexpected, 0
        ),
        Case(
            "the last rows, and the note of the end put back",
            "DELETE FROM decision WHERE sequence > 7; UPDATE head SET sequence = 7, chain = (SELECT chain FROM decision WHERE sequence = 7)",
            .endAltered, 7),
        Case("the seal", "UPDATE head SET seal = 'x'", .endAltered, 10),
        Case("the note of the end gone", "DELETE FROM head", .endAltered, 10),
        Case(
            "a checkpoint made up, to hide that the beginning is gone",
            """
            INSERT INTO checkpoint SELECT 4, chain, 4, 'me', '2026', 'x' FROM decision WHERE sequence = 4;
            DELETE FROM decision WHERE sequence <= 4
            """, .checkpointAltered, 4),
    ]

    @Test("Is seen and told", arguments: cases)
    func tampered(_ tampering: Case) async throws {
        let journal = try await filledJournal(10, in: folder)
        try await journal.database.maintain(Self.unlock + tampering.sql)
        let verification = try await journal.verify()
        #expect(verification.firstBreak == tampering.expected)
        try await journal.close()
        // The service does not start on it, and leaves it as it is.
        let before = try folder.bytes("journal.sqlite")
        #expect(await problem { _ = try Journal.open(folder.journal) } == .broken(tampering.expected))
        #expect(try folder.bytes("journal.sqlite") == before)
        // It can still be looked at.
        #expect(try await Journal.read(folder.journal).verify().firstBreak == tampering.expected)
    }

    @Test("A chain made anew with all its links is seen by the seal, or by a place noted elsewhere")
    func rechained() async throws {
        let journal = try await filledJournal(3, in: folder)
        let noted = try await journal.head()
        var previous = LogChain.origin(journal: journal.database.name)
        var sql = Self.unlock
        for entry in try await journal.entries(limit: 10) {
            let text = String(decoding: entry.bytes, as: UTF8.self).replacingOccurrences(
                of: "\"status\":200", with: "\"status\":201")
            previous = LogChain.link(after: previous, entry: text.utf8)
            sql += "UPDATE decision SET entry = '\(text)', chain = '\(previous)' WHERE sequence = \(entry.place.sequence);"
        }
        try await journal.database.maintain(sql + "UPDATE head SET chain = '\(previous)'")
        #expect(try await journal.verify().firstBreak == ChainBreak(.endAltered, at: 3))
        #expect(try await journal.verify(noted: noted).firstBreak == ChainBreak(.notAsNoted, at: 3))
        try await journal.close()
        // Without the key the seal says nothing; the noted place still does.
        try FileManager.default.removeItem(atPath: folder.file("journal.sqlite.key"))
        let reader = try Journal.read(folder.journal)
        let verification = try await reader.verify()
        #expect(verification.isIntact && !verification.isSealChecked)
        #expect(try await reader.verify(noted: noted).firstBreak == ChainBreak(.notAsNoted, at: 3))
    }

    @Test("A whole older copy is seen by a place noted later")
    func rolledBack() async throws {
        var journal = try await filledJournal(3, in: folder)
        try await journal.close()
        let older = try folder.bytes("journal.sqlite")
        journal = try Journal.open(folder.journal)
        let noted = try await journal.append(Sample.decision(4))
        try await journal.close()
        _ = try folder.write(older, to: "journal.sqlite")
        journal = try Journal.open(folder.journal)
        #expect(try await journal.verify().isIntact)
        #expect(try await journal.verify(noted: noted).firstBreak == ChainBreak(.truncated(end: 4), at: 4))
    }

    @Test("Opening looks at the latest entries only where it is told so; verify looks at all")
    func latest() async throws {
        var journal = try await filledJournal(20, in: folder)
        try await journal.database.maintain(Self.unlock + "UPDATE decision SET entry = entry || ' ' WHERE sequence = 5")
        try await journal.close()
        #expect(
            await problem { _ = try Journal.open(folder.journal, options: JournalOptions(check: .latest(16))) }
                == .broken(ChainBreak(.altered, at: 5)))
        journal = try Journal.open(folder.journal, options: JournalOptions(check: .latest(15)))
        #expect(try await journal.verify().firstBreak == ChainBreak(.altered, at: 5))
    }

    @Test("Places are written and read as sequence:link")
    func places() {
        let place = ChainHead(sequence: 12, chain: String(repeating: "0a", count: 32))
        #expect(ChainHead(place.description) == place)
        for text in ["", "12", "12:", "-1:" + place.chain, "x:" + place.chain, "12:0a"] { #expect(ChainHead(text) == nil) }
    }
}
