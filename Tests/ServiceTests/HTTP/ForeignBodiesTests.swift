import AuditLog
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Settings
import Testing

@testable import Loopback
@testable import Service

/// Messages in the place of JSON: the same cards, the same refusals, the same journal.
@Suite("Bodies of other formats", .serialized)
struct ForeignBodiesTests {
    private static let header = "MSH|^~\\&|APP|FAC|||20251231090000+0000||RDE^O11|M1|P|2.5.1\rPID|1||p1||||19600101|F\r"
    /// Ibuprofen ordered, warfarin stopped some days ago or taken.
    private static func order(control: String = "OK") -> String {
        header + "ORC|\(control)|w1|||||||20251230\rRXE|^QD|11289^warfarin^RXNORM|5||mg\rORC|NW|i1\rRXE|^TID|5640^ibuprofen^RXNORM|400||mg"
    }
    /// True where the rule's card is there; beside it may stand that only the medicines of the message are known.
    private static func warnsOfBleeding(_ answer: TestResponse) throws -> Bool {
        let cards = try answer.json()["cards"].map { Array($0.elements) } ?? []
        return cards.contains { $0["summary"]?.string?.contains("risk of bleeding") ?? false }
    }

    private static let hl7: HTTPFields = [.contentType: "x-application/hl7-v2+er7; charset=utf-8"]

    @Test("A message gives the cards of its order, and says what it does not speak of")
    func cards() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Self.order(), headers: Self.hl7)
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/json")
            #expect(try Self.warnsOfBleeding(answer))
            let ledger = try #require(try answer.json()["extension"]?["org.vigil.not-checked"]).elements.compactMap { $0["why"]?.string }
            #expect(ledger.contains { $0.contains("in this message") })
            let changed = try await client.post(Self.order(control: "XX"), headers: Self.hl7)
            #expect(try Self.warnsOfBleeding(changed))
        }
    }

    @Test("What cannot be read: 400; a service there is not: 404; a media type there is not: 415")
    func refusals() async throws {
        try await World().application.test(.router) { client in
            let broken = try await client.post("MSH|^~\\&|", headers: Self.hl7)
            #expect(broken.status == .badRequest)
            #expect(try broken.isOutcome())
            #expect(try await client.post("{}", headers: Self.hl7).status == .badRequest)
            #expect(try await client.post(Self.order(), to: "/cds-services/none", headers: Self.hl7).status == .notFound)
            #expect(try await client.post(Self.order(), headers: [.contentType: "application/hl7"]).status == .unsupportedMediaType)
            #expect(try await client.post(Self.order(), headers: [.contentType: "application/hl7-v2", .contentEncoding: "gzip"]).status == .unsupportedMediaType)
            #expect(try await client.post(Self.order()).status == .badRequest)
        }
    }

    @Test("The journal keeps what it was turned into, and replays it byte for byte")
    func replay() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keys = EncryptionKey(bytes: [UInt8](repeating: 7, count: 32)).map { EncryptionKeys($0) }
        let journal = try Journal.open(
            folder.appendingPathComponent("journal.sqlite").path, options: JournalOptions(keepsBodies: true, encryption: keys))
        let world = try World()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: world.editions, clock: World.clock, logger: logger,
            recorder: DecisionRecorder(journal: journal)
        ).application()
        try await application.test(.router) { (client: any TestClientProtocol) async throws -> Void in
            let answer = try await client.post(Self.order(), headers: Self.hl7)
            #expect(try Self.warnsOfBleeding(answer))
        }
        try await journal.flush()
        var outcomes: [DecisionReplay.Outcome] = []
        try await journal.forEach { entry in
            outcomes.append(try await DecisionReplay(journal).outcome(of: entry, by: world.editions.current))
        }
        #expect(outcomes == [.same])
        try await journal.close()
    }
}
