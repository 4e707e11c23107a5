import Clinical
import Foundation
import Testing

@testable import AuditLog

@Suite("Feedback")
struct FeedbackStoreTests {
    let folder = TemporaryFolder()

    private func entry(_ number: Int, _ outcome: FeedbackEntry.Outcome = .overridden, code: String? = nil, comment: String? = nil)
        -> FeedbackEntry
    {
        var entry = FeedbackEntry(service: "vigil-order-sign", client: "hospital", card: Sample.card(number), outcome: outcome)
        if let code { entry.reason = .init(code: code, system: "urn:vigil:override", display: "Reason \(code)") }
        if outcome == .accepted { entry.acceptedSuggestions = ["s1", "s\"2"] }
        entry.userComment = comment
        entry.outcomeAt = Sample.start
        return entry
    }

    @Test("A batch is kept, and what is sent again changes nothing")
    func idempotent() async throws {
        let journal = try await filledJournal(2, in: folder)
        let batch = [entry(1, .accepted), entry(2, code: "benefit"), entry(1, .accepted)]
        let first = try await journal.feedback.record(batch, received: Sample.start)
        #expect(first.map(\.isNew) == [true, true, false])
        #expect(first.map(\.isKnownCard) == [true, true, true])
        let again = try await journal.feedback.record(batch, received: Sample.start.adding(milliseconds: 5))
        #expect(again.map(\.isNew) == [false, false, false])
        #expect(again.map(\.digest) == first.map(\.digest))
        let stored = try await journal.feedback.entries()
        #expect(stored.map(\.entry) == Array(batch.prefix(2)))
        #expect(stored.map(\.received) == [Sample.start, Sample.start])
        #expect(try await journal.feedback.isRecorded(first[0].digest))
        #expect(try await journal.feedback.isRecorded("0") == false)
    }

    @Test("Entries that differ in one part are two")
    func distinct() async throws {
        let journal = try Journal.open(folder.journal)
        var entries = [
            entry(1), entry(2), entry(1, .accepted), entry(1, code: "a"), entry(1, comment: "x"), entry(1, comment: ""),
        ]
        var changed = entry(1)
        changed.client = nil
        entries.append(changed)
        changed = entry(1)
        changed.outcomeAt = nil
        entries.append(changed)
        let receipts = try await journal.feedback.record(entries, received: Sample.start)
        #expect(receipts.allSatisfy { $0.isNew })
        #expect(Set(receipts.map(\.digest)).count == entries.count)
    }

    @Test("A card that we never gave is accepted and marked")
    func unknownCard() async throws {
        let journal = try await filledJournal(1, in: folder)
        var foreign = entry(9)
        foreign.card = "not even a UUID"
        let receipts = try await journal.feedback.record([entry(1), foreign], received: Sample.start)
        #expect(receipts.map(\.isKnownCard) == [true, false])
        #expect(try await journal.feedback.entries().map(\.isKnownCard) == [true, false])
    }

    @Test("A card is known while its decision is still on its way")
    func enqueuedCard() async throws {
        let journal = try Journal.open(folder.journal)
        try await journal.enqueue(Sample.decision(1, rule: "r", journal: journal))
        let receipt = try await journal.feedback.record([entry(1)], received: Sample.start).first
        #expect(receipt?.isKnownCard == true && receipt?.rule == "r")
    }

    @Test("Comments are encrypted with a key, and without one only their presence is kept", arguments: [true, false])
    func comments(hasKey: Bool) async throws {
        let keys = try EncryptionKeys(#require(Sample.key))
        let journal = try Journal.open(folder.journal, options: JournalOptions(encryption: hasKey ? keys : nil))
        try await journal.feedback.record([entry(1, comment: "SECRET words"), entry(2)], received: Sample.start)
        let stored = try await journal.feedback.entries()
        #expect(stored.map(\.hasComment) == [true, false])
        #expect(stored.map(\.entry.userComment) == [hasKey ? "SECRET words" : nil, nil])
        #expect(!(try folder.everything()).contains("SECRET"))
        try await journal.close()
        if hasKey {
            #expect(try await Journal.read(folder.journal).feedback.entries().map(\.entry.userComment) == [nil, nil])
            let other = try Journal.read(folder.journal, encryption: EncryptionKeys(#require(Sample.otherKey)))
            #expect(await problem { _ = try await other.feedback.entries() } == .otherEncryptionKey(keys.current.fingerprint))
        }
    }

    @Test("Overrides are counted by rule and reason, outcomes by rule")
    func counts() async throws {
        let journal = try Journal.open(folder.journal)
        for number in 1...6 { try await journal.append(Sample.decision(number, rule: number < 5 ? "a" : "b", journal: journal)) }
        let batch = [
            entry(1, code: "x"), entry(2, code: "x"), entry(3, code: "y"), entry(4, .accepted), entry(5), entry(99, code: "x"),
        ]
        try await journal.feedback.record(batch, received: Sample.start)
        let counts = try await journal.feedback.overrides()
        #expect(counts.map(\.rule) == ["a", nil, "a", "b"])
        #expect(counts.map(\.reason?.code) == ["x", "x", "y", nil])
        #expect(counts.map(\.count) == [2, 1, 1, 1])
        #expect(counts.first?.reason?.display == "Reason x")
        #expect(try await journal.feedback.overrides(from: Sample.start.adding(milliseconds: 1)).isEmpty)
        #expect(
            try await journal.feedback.outcomes() == [
                OutcomeCount(rule: nil, given: 0, accepted: 0, overridden: 1),
                OutcomeCount(rule: "a", given: 4, accepted: 1, overridden: 3),
                OutcomeCount(rule: "b", given: 2, accepted: 0, overridden: 1),
            ])
    }

    @Test("Feedback stays until retention takes it")
    func retention() async throws {
        let journal = try Journal.open(folder.journal)
        try await journal.feedback.record([entry(1)], received: Sample.start)
        #expect(await problem { try await journal.database.maintain("DELETE FROM feedback") } != nil)
        #expect(await problem { try await journal.database.maintain("UPDATE feedback SET outcome = 'accepted'") } != nil)
        let later = Sample.start.adding(milliseconds: 1)
        #expect(try await journal.prune(before: Sample.start, signedBy: "policy", now: later).feedback == 0)
        #expect(try await journal.prune(before: later, signedBy: "policy", now: later).feedback == 1)
        #expect(try await journal.feedback.entries().isEmpty)
    }
}
