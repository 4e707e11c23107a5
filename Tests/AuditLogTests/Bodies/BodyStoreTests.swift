import Clinical
import Foundation
import Testing

@testable import AuditLog

@Suite("Bodies of requests")
struct BodyStoreTests {
    let folder = TemporaryFolder()
    private let body = Array(#"{"patient":"SECRET"}"#.utf8)

    private func options(_ key: EncryptionKey?, former: [EncryptionKey] = [], keeps: Bool = true) -> JournalOptions {
        JournalOptions(keepsBodies: keeps, encryption: key.map { EncryptionKeys($0, former: former) })
    }

    @Test("Without a key they are refused; unless they are asked for they are not kept")
    func off() async throws {
        #expect(await problem { _ = try Journal.open(folder.journal, options: options(nil)) } == .noEncryptionKey)
        #expect(!FileManager.default.fileExists(atPath: folder.journal))
        let journal = try Journal.open(folder.journal, options: options(Sample.key, keeps: false))
        try await journal.append(Sample.decision(1, body: body), body: body)
        #expect(try await journal.bodies.count() == 0)
        #expect(try await journal.bodies.body(of: Sample.decision(1, body: body).request) == nil)
    }

    @Test("With a key they come back, and nothing of them is readable in the files")
    func on() async throws {
        var journal = try Journal.open(folder.journal, options: options(Sample.key))
        let decision = Sample.decision(1, body: body)
        try await journal.append(decision, body: body)
        try await journal.append(decision, body: body)
        #expect(try await journal.bodies.count() == 1)
        #expect(try await journal.bodies.body(of: decision.request) == body)
        #expect(!(try folder.everything()).contains("SECRET"))
        try await journal.close()
        journal = try Journal.read(folder.journal)
        #expect(await problem { _ = try await journal.bodies.body(of: decision.request) } == .noEncryptionKey)
    }

    @Test("Another key does not open them; the old key beside a new one does")
    func keys() async throws {
        let (key, other) = (try #require(Sample.key), try #require(Sample.otherKey))
        var journal = try Journal.open(folder.journal, options: options(key))
        let decision = Sample.decision(1, body: body)
        try await journal.append(decision, body: body)
        try await journal.close()
        journal = try Journal.open(folder.journal, options: options(other))
        #expect(await problem { _ = try await journal.bodies.body(of: decision.request) } == .otherEncryptionKey(key.fingerprint))
        try await journal.close()
        journal = try Journal.open(folder.journal, options: options(other, former: [key]))
        #expect(try await journal.bodies.body(of: decision.request) == body)
    }

    @Test("A body put in another's place does not open")
    func swapped() async throws {
        let journal = try Journal.open(folder.journal, options: options(Sample.key))
        let others = Array("another".utf8)
        let (one, other) = (Sample.decision(1, body: body), Sample.decision(2, body: others))
        try await journal.append(one, body: body)
        try await journal.append(other, body: others)
        try await journal.database.maintain(
            """
            DROP TRIGGER body_stays;
            UPDATE body SET sealed = (SELECT sealed FROM body WHERE request = '\(one.request)') WHERE request = '\(other.request)'
            """)
        #expect(
            await problem { _ = try await journal.bodies.body(of: other.request) }
                == .sealBroken("the body \(other.request.prefix(12))"))
        #expect(try await journal.bodies.body(of: one.request) == body)
    }

    @Test("They go by retention, and the chain does not notice")
    func retention() async throws {
        let journal = try Journal.open(folder.journal, options: options(Sample.key))
        for number in 1...4 { try await journal.append(Sample.decision(number), body: Array("body \(number)".utf8)) }
        let limit = Sample.start.adding(milliseconds: 3000)
        #expect(await problem { try await journal.database.maintain("DELETE FROM body") } != nil)
        #expect(try await journal.pruneBodies(before: limit, signedBy: "policy", now: limit) == 2)
        #expect(try await journal.bodies.count() == 2)
        #expect(try await journal.count() == 4)
        #expect(try await journal.verify().isIntact)
    }

    @Test("A key file holds 32 bytes, or 64 digits")
    func keyFiles() async throws {
        let raw = [UInt8](0..<32)
        let key = try EncryptionKey(file: try folder.write(raw, to: "raw"))
        let digits = Hexadecimal.text(raw).uppercased() + "\n"
        #expect(try EncryptionKey(file: try folder.write(Array(digits.utf8), to: "digits")).fingerprint == key.fingerprint)
        #expect(key.description == "key \(key.fingerprint)")
        for wrong in [[], [UInt8](0..<31), Array("0123".utf8), [UInt8](repeating: 65, count: 64) + [90]] as [[UInt8]] {
            let path = try folder.write(wrong, to: "wrong")
            let found = await problem { _ = try EncryptionKey(file: path) }
            guard case .encryptionKey = found else {
                Issue.record("\(wrong.count) bytes")
                continue
            }
        }
        let missing = await problem { _ = try EncryptionKey(file: folder.file("nowhere")) }
        guard case .encryptionKey = missing else {
            Issue.record("a missing file")
            return
        }
    }
}
