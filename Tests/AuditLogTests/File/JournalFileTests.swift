import Foundation
import Testing

@testable import AuditLog

/// What is found in the journal's place, and what is said of it. Nothing is ever made anew over something that was there.
@Suite("Journal file")
struct JournalFileTests {
    let folder = TemporaryFolder()

    private func opening() async -> JournalError.Problem? {
        await problem { _ = try Journal.open(folder.journal) }
    }

    @Test("Journal and key are for their owner alone")
    func permissions() async throws {
        let journal = try await filledJournal(1, in: folder)
        for name in ["journal.sqlite", "journal.sqlite.key", "journal.sqlite-wal"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
        }
        try await journal.close()
    }

    @Test("Every commit goes down to the disk")
    func synchronous() async throws {
        let journal = try await filledJournal(1, in: folder)
        #expect(try await journal.database.pragma("synchronous") == 2)
        #expect(try await journal.database.pragma("secure_delete") == 1)
    }

    @Test("A missing key, another's key, and a file that is no key")
    func keys() async throws {
        let key = folder.file("journal.sqlite.key")
        try await filledJournal(1, in: folder).close()
        try FileManager.default.removeItem(atPath: key)
        #expect(await opening() == .keyMissing(key))
        _ = try folder.write(Array("nonsense".utf8), to: "journal.sqlite.key")
        #expect(await opening() == .keyWrong(key))
        _ = try folder.write(JournalKey.random().text, to: "journal.sqlite.key")
        #expect(await opening() == .keyWrong(key))
    }

    @Test("A journal that is gone while its key or its log is there is not begun anew")
    func gone() async throws {
        try await filledJournal(1, in: folder).close()
        try FileManager.default.removeItem(atPath: folder.journal)
        #expect(await opening() == .missing(leftover: folder.file("journal.sqlite.key")))
        _ = try folder.write([1], to: "journal.sqlite-wal")
        #expect(await opening() == .missing(leftover: folder.file("journal.sqlite-wal")))
        #expect(!FileManager.default.fileExists(atPath: folder.journal))
    }

    @Test("A beginning that was interrupted is begun again")
    func interrupted() async throws {
        _ = try folder.write([1, 2, 3], to: "journal.sqlite.new")
        _ = try folder.write(JournalKey.random().text, to: "journal.sqlite.key")
        let journal = try await filledJournal(1, in: folder)
        #expect(try await journal.verify().isIntact)
        #expect(!FileManager.default.fileExists(atPath: folder.file("journal.sqlite.new")))
    }

    @Test("A journal whose program died is recovered, with or without the index of its log")
    func recovered() async throws {
        let journal = try await filledJournal(5, in: folder)
        let head = try await journal.head()
        for suffixes in [["", ".key", "-wal"], ["", ".key", "-wal", "-shm"]] {
            let copy = TemporaryFolder()
            for suffix in suffixes {
                _ = try copy.write(try folder.bytes("journal.sqlite" + suffix), to: "journal.sqlite" + suffix)
            }
            #expect(try await Journal.read(copy.journal).head() == head)
            let recovered = try Journal.open(copy.journal)
            #expect(try await recovered.head() == head)
            #expect(try await recovered.append(Sample.decision(6)).sequence == 6)
        }
    }

    @Test("A new journal has its write-ahead log from its first moment")
    func writeAhead() async throws {
        try JournalFile.prepare(folder.journal)
        // The versions of reading and writing at bytes 18 and 19 are 2 for WAL (SQLite file format §1.3.3).
        #expect(try folder.bytes("journal.sqlite")[18...19] == [2, 2])
        #expect(!FileManager.default.fileExists(atPath: folder.file("journal.sqlite.new-wal")))
    }

    @Test("Other files are refused and left alone")
    func others() async throws {
        _ = try folder.write([], to: "journal.sqlite")
        #expect(await opening() == .damaged("the file is empty"))
        _ = try folder.write(Array("Dear diary".utf8), to: "journal.sqlite")
        #expect(await opening() == .notJournal)
        _ = try folder.write(Array("SQLite format 3\0".utf8), to: "journal.sqlite")
        #expect(await opening() == .damaged("the file ends within its header"))
        _ = try folder.write(Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 200), to: "journal.sqlite")
        #expect(await opening() == .notJournal)
        #expect(try folder.bytes("journal.sqlite").count == 216)
    }

    @Test("A journal of a later program is refused")
    func later() async throws {
        let journal = try await filledJournal(1, in: folder)
        try await journal.database.maintain("PRAGMA user_version = 2")
        try await journal.close()
        #expect(await opening() == .schema(found: 2, known: 1))
    }

    @Test("A file cut off anywhere, or spoilt anywhere, is refused or still whole; never a trap, never begun anew")
    func torn() async throws {
        try await filledJournal(60, in: folder).close()
        let whole = try folder.bytes("journal.sqlite")
        for cut in stride(from: 100, to: whole.count, by: 4096) {
            _ = try folder.write(Array(whole.prefix(cut)), to: "journal.sqlite")
            let found = await opening()
            #expect(found != nil, "cut at \(cut)")
            #expect(try folder.bytes("journal.sqlite").count == cut)
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.journal + suffix) }
        }
        var seen = 0
        for place in stride(from: 1000, to: whole.count, by: 1777) {
            var spoilt = whole
            spoilt[place] ^= 0x55
            _ = try folder.write(spoilt, to: "journal.sqlite")
            if await opening() != nil { seen += 1 }
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.journal + suffix) }
        }
        #expect(seen > 0)
    }

    @Test("Every problem says in a sentence what to do")
    func messages() {
        #expect(
            JournalError("j", .broken(ChainBreak(.missing, at: 3))).description.hasPrefix(
                "j: the journal is not what was written: entry 3 is missing; nothing was changed:"))
        #expect(
            JournalError("j", .keyMissing("j.key")).description
                == "j: the journal's key j.key is not there; restore it from a backup")
    }
}
