import Clinical
import Foundation
import Testing

@testable import AuditLog

@Suite("Journal")
struct JournalTests {
    let folder = TemporaryFolder()

    @Test("Entries are there after closing and opening again, in a chain that holds")
    func reopened() async throws {
        var journal = try await filledJournal(20, in: folder)
        let head = try await journal.head()
        try await journal.close()
        journal = try Journal.open(folder.journal, options: JournalOptions(check: .whole))
        #expect(try await journal.head() == head)
        #expect(try await journal.append(Sample.decision(21)).sequence == 21)
        let verification = try await journal.verify(noted: head)
        #expect(verification.isIntact && verification.entries == 21 && verification.isSealChecked && verification.isNotedFound)
        #expect(try await journal.entry(7)?.decision == Sample.decision(7))
        #expect(try await journal.entry(22) == nil)
        #expect(try await journal.fileProblem() == nil)
    }

    @Test("Many tasks at once: every acknowledged entry is there once, and the chain holds")
    func concurrent() async throws {
        let journal = try Journal.open(folder.journal)
        let places = try await withThrowingTaskGroup(of: [ChainHead].self) { group in
            for task in 0..<64 {
                group.addTask {
                    var places: [ChainHead] = []
                    for number in 0..<50 { places.append(try await journal.append(Sample.decision(task * 50 + number))) }
                    return places
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(places.map(\.sequence)) == Set(1...3200))
        let entries = try await journal.entries(limit: 4000)
        #expect(Set(entries.map(\.place)) == Set(places))
        #expect(Set(entries.compactMap { $0.decision?.request }) == Set((0..<3200).map { Sample.decision($0).request }))
        #expect(try await journal.verify().isIntact)
    }

    @Test("What was handed over is there after a flush, in the order of handing over, though the queue is short")
    func enqueued() async throws {
        var options = JournalOptions()
        options.queueLimit = 4
        let journal = try Journal.open(folder.journal, options: options)
        for number in 1...200 { try await journal.enqueue(Sample.decision(number)) }
        try await journal.flush()
        let entries = try await journal.entries(limit: 300)
        #expect(entries.map { $0.decision?.request } == (1...200).map { Sample.decision($0).request })
        try await journal.flush()
        for number in 201...220 { try await journal.enqueue(Sample.decision(number)) }
        try await journal.close()
        #expect(try await Journal.read(folder.journal).count() == 220)
    }

    @Test("Nothing is accepted after closing")
    func closed() async throws {
        let journal = try await filledJournal(1, in: folder)
        #expect(await journal.isWritable)
        try await journal.close()
        #expect(await problem { try await journal.append(Sample.decision(2)) } == .closed)
        #expect(await problem { try await journal.enqueue(Sample.decision(2)) } == .closed)
        #expect(await !journal.isWritable)
    }

    @Test("Two programs on one journal continue one chain")
    func shared() async throws {
        let one = try await filledJournal(3, in: folder)
        let other = try Journal.open(folder.journal)
        for number in 4...9 { try await (number.isMultiple(of: 2) ? one : other).append(Sample.decision(number)) }
        let verification = try await one.verify()
        #expect(verification.isIntact && verification.entries == 9)
    }

    @Test("A journal can be read while it is written, and is not written by who only reads")
    func reading() async throws {
        let journal = try await filledJournal(3, in: folder)
        let reader = try Journal.read(folder.journal)
        try await journal.append(Sample.decision(4))
        #expect(try await reader.verify().entries == 4)
        #expect(await problem { try await reader.append(Sample.decision(5)) } == .readOnly("it was opened for reading only"))
        try await reader.close()
        try await journal.close()
        let later = try Journal.read(folder.journal)
        #expect(try await later.verify().entries == 4)
    }

    @Test("Entries by time and by sequence")
    func ranges() async throws {
        let journal = try await filledJournal(10, in: folder)
        func sequences(_ range: JournalRange) async throws -> [Int] {
            try await journal.entries(in: range, limit: 100).map(\.place.sequence)
        }
        #expect(try await sequences(JournalRange(sequences: 3...5)) == [3, 4, 5])
        #expect(try await sequences(JournalRange(from: Sample.start.adding(milliseconds: 9000))) == [9, 10])
        #expect(try await sequences(JournalRange(from: Sample.start, until: Sample.start.adding(milliseconds: 2001))) == [1, 2])
        #expect(try await journal.count(in: JournalRange(sequences: 3...5, from: Sample.start.adding(milliseconds: 4000))) == 2)
    }

    @Test(
        "Nothing but retention changes or removes a row",
        arguments: [
            "UPDATE decision SET chain = 'x'", "DELETE FROM decision", "DELETE FROM head", "UPDATE about SET value = 'x'",
            "DELETE FROM about",
        ])
    func appendOnly(sql: String) async throws {
        let journal = try await filledJournal(2, in: folder)
        #expect(await problem { try await journal.database.maintain(sql) } != nil)
        #expect(try await journal.verify().isIntact)
    }
}

@Suite("Journal on a disk that refuses")
struct RefusingDiskTests {
    let folder = TemporaryFolder()

    @Test("A full disk is an error to who waits; what was handed over is kept and written later")
    func full() async throws {
        let journal = try await filledJournal(1, in: folder)
        // The current size is the limit: the next page does not fit.
        try await journal.database.maintain("PRAGMA max_page_count = 1")
        var problems: Set<JournalError.Problem?> = []
        for number in 2...400 {
            problems.insert(await problem { try await journal.append(Sample.decision(number)) })
        }
        #expect(problems.contains(.full))
        let written = try await journal.count()
        #expect(try await journal.verify().isIntact)
        for number in 1000..<1100 { try await journal.enqueue(Sample.decision(number)) }
        #expect(await problem { try await journal.flush() } == .full)
        try await journal.database.maintain("PRAGMA max_page_count = 1000000")
        try await journal.flush()
        #expect(try await journal.count() >= written + 100)
        #expect(try await journal.verify().isIntact)
    }

    @Test("While the disk refuses, a full queue refuses too, and nobody hangs")
    func fullQueue() async throws {
        var options = JournalOptions()
        options.queueLimit = 3
        let journal = try Journal.open(folder.journal, options: options)
        try await journal.database.maintain("PRAGMA query_only = ON")
        var refused: JournalError.Problem?
        for number in 0..<6 where refused == nil {
            refused = await problem { try await journal.enqueue(Sample.decision(number)) }
        }
        guard case .readOnly = refused else {
            Issue.record("\(String(describing: refused))")
            return
        }
        #expect(await !journal.isWritable)
        try await journal.database.maintain("PRAGMA query_only = OFF")
        try await journal.flush()
        #expect(try await journal.count() >= 3)
        try await Task.sleep(for: .milliseconds(1100))
        #expect(await journal.isWritable)
    }

    @Test("A file that may not be written is refused with the mend")
    func readOnlyFile() async throws {
        try await filledJournal(1, in: folder).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.journal)
        guard !FileManager.default.isWritableFile(atPath: folder.journal) else {
            print("SKIPPED: this user may write any file, so a file without permission cannot be tried")
            return
        }
        let found = await problem { _ = try Journal.open(folder.journal) }
        guard case .readOnly = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test("A file that was deleted or replaced under the service takes no more entries")
    func replaced() async throws {
        let journal = try await filledJournal(2, in: folder)
        try FileManager.default.moveItem(atPath: folder.journal, toPath: folder.file("moved"))
        #expect(await problem { try await journal.append(Sample.decision(3)) } == .replaced)
        #expect(await !journal.isWritable)
        try FileManager.default.moveItem(atPath: folder.file("moved"), toPath: folder.journal)
        #expect(try await journal.append(Sample.decision(3)).sequence == 3)
    }
}
