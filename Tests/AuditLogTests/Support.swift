import AuditLog
import Clinical
import Digests
import Foundation

/// A folder for one test, gone when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "vigil-journal-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var journal: String { file("journal.sqlite") }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    /// Every byte of every file, to look for what must not be in it.
    func everything() throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            .map { String(decoding: try bytes($0), as: UTF8.self) }.joined()
    }
}

enum Sample {
    static let start = Instant(milliseconds: 1_795_254_600_000)
    static let edition = DecisionEdition(rules: "aa11", knowledge: "bb22", vigil: "1.0")
    static let key = EncryptionKey(bytes: [UInt8](repeating: 7, count: 32))
    static let otherKey = EncryptionKey(bytes: [UInt8](repeating: 8, count: 32))

    /// A decision `number` seconds after the start, with one card of its own.
    static func decision(_ number: Int, body: [UInt8]? = nil, rule: String? = nil, journal: Journal? = nil) -> Decision {
        let instant = start.adding(milliseconds: Int64(number) * 1000)
        var decision = Decision(
            recorded: instant, asOf: AsOf(instant: instant, zone: .utc), service: "vigil-order-sign", hook: "order-sign",
            hookInstance: "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", client: "hospital",
            request: Digest(of: body ?? Array("body \(number)".utf8)), edition: edition, status: 200, latency: .microseconds(812))
        if let rule, let pseudonyms = journal?.pseudonyms {
            decision.findings = [
                DecidedFinding(
                    rule: rule, version: 2, grade: "high", severity: "major", key: pseudonyms.finding("\(rule);a=1"),
                    card: card(number))
            ]
        } else {
            decision.otherCards = [card(number)]
        }
        return decision
    }

    static func card(_ number: Int) -> String { Digest(of: "card \(number)").uuid }
}

/// A journal with so many entries, closed and opened again by whoever needs it.
func filledJournal(_ count: Int, in folder: TemporaryFolder, options: JournalOptions = JournalOptions()) async throws -> Journal {
    let journal = try Journal.open(folder.journal, options: options)
    for number in 1...count { try await journal.append(Sample.decision(number)) }
    return journal
}

/// The problem that `body` throws; `nil` where it throws none.
func problem(_ body: () async throws -> Void) async -> JournalError.Problem? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? JournalError)?.problem
    }
}
