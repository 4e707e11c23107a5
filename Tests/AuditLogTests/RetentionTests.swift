import Clinical
import Documents
import Foundation
import Testing

@testable import AuditLog

@Suite("Retention")
struct RetentionTests {
    let folder = TemporaryFolder()

    private func second(_ number: Int) -> Instant { Sample.start.adding(milliseconds: Int64(number) * 1000) }

    @Test("What is old goes; the rest verifies behind a checkpoint")
    func prune() async throws {
        var journal = try await filledJournal(10, in: folder)
        let fourth = try #require(try await journal.entry(4)).place
        let report = try await journal.prune(before: second(5), signedBy: "policy", now: second(100))
        #expect(report.decisions == 4 && report.checkpoint == fourth)
        #expect(try await journal.count() == 6)
        let verification = try await journal.verify(noted: fourth)
        #expect(verification.isIntact && verification.entries == 6 && verification.start == fourth && verification.isNotedFound)
        #expect(try await journal.append(Sample.decision(11)).sequence == 11)
        try await journal.close()
        journal = try Journal.open(folder.journal, options: JournalOptions(check: .whole))
        #expect(try await journal.prune(before: second(8), signedBy: "policy", now: second(101)).decisions == 3)
        #expect(try await journal.verify().entries == 4)
        #expect(try await journal.prune(before: second(8), signedBy: "policy", now: second(102)) == RetentionReport())
        #expect(try await !journal.isIssued(Sample.card(4)))
        #expect(try await journal.isIssued(Sample.card(8)))
    }

    @Test("Everything may go, and the chain continues")
    func all() async throws {
        let journal = try await filledJournal(3, in: folder)
        #expect(try await journal.prune(before: second(99), signedBy: "policy", now: second(100)).decisions == 3)
        #expect(try await journal.verify().isIntact)
        #expect(try await journal.append(Sample.decision(4)).sequence == 4)
        #expect(try await journal.verify().entries == 1)
    }

    @Test("An entry that a wrong clock dated later keeps those behind it")
    func clock() async throws {
        let journal = try Journal.open(folder.journal)
        for number in [1, 2, 50, 3, 4] { try await journal.append(Sample.decision(number)) }
        #expect(try await journal.prune(before: second(10), signedBy: "policy", now: second(100)).decisions == 2)
        #expect(try await journal.verify().entries == 3)
    }

    @Test("A checkpoint that was changed is seen", arguments: ["signed_by = 'me'", "removed = 1", "chain = 'x'"])
    func tampered(change: String) async throws {
        let journal = try await filledJournal(10, in: folder)
        try await journal.prune(before: second(5), signedBy: "policy", now: second(100))
        try await journal.database.maintain("DROP TRIGGER checkpoint_stays; UPDATE checkpoint SET \(change)")
        #expect(try await journal.verify().firstBreak == ChainBreak(.checkpointAltered, at: 4))
    }

    @Test("What is gone is not left behind in the file")
    func overwritten() async throws {
        let journal = try await filledJournal(10, in: folder)
        let gone = Sample.decision(2).request
        #expect(try folder.everything().contains(gone))
        try await journal.prune(before: second(5), signedBy: "policy", now: second(100))
        #expect(!(try folder.everything()).contains(gone))
    }

    @Test("Export tells each entry with its links, and can be proved without us")
    func export() async throws {
        let journal = try await filledJournal(700, in: folder)
        try await journal.prune(before: second(5), signedBy: "policy", now: second(100))
        var text: [UInt8] = []
        var pieces = 0
        let count = try await journal.export {
            text += $0
            pieces += 1
        }
        #expect(count == 696 && pieces == 2)
        var previous = try await journal.verify().start.chain
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let root = try JSONDocument(parsing: Array(line)).root
            #expect(root["previous"]?.string == previous)
            previous = try #require(root["chain"]?.string)
            let entry = try #require(root["entry"])
            #expect(LogChain.link(after: root["previous"]?.string ?? "", entry: entry.rawBytes) == previous)
        }
        text = []
        #expect(try await journal.export(JournalRange(sequences: 10...12)) { text += $0 } == 3)
        #expect(text.split(separator: UInt8(ascii: "\n")).count == 3)
        #expect(try await journal.export(JournalRange(sequences: 1...3)) { text += $0 } == 0)
    }
}
