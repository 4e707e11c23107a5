import AuditLog
import CDSHooks
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Service

@Suite("Feedback and the journal")
struct FeedbackTests {
    private static let path = "/cds-services/vigil-order-sign/feedback"

    /// A service that keeps its journal in a folder of its own.
    private func withJournal(_ body: @Sendable (any TestClientProtocol, Journal) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let journal = try Journal.open(folder.appendingPathComponent("journal.sqlite").path)
        let world = try World()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = CDSApplication(
            configuration: world.configuration, editions: world.editions, clock: World.clock, logger: logger,
            recorder: DecisionRecorder(journal: journal)
        ).application()
        try await application.test(.router) { client in try await body(client, journal) }
    }

    private func feedback(_ card: String, outcome: String = "overridden") -> String {
        """
        {"feedback":[{"card":"\(card)","outcome":"\(outcome)","outcomeTimestamp":"2025-12-31T09:00:01Z",
          "overrideReason":{"reason":{"code":"benefit","system":"https://example.org/reasons","display":"Benefit outweighs risk"}}}]}
        """
    }

    private func post(_ client: any TestClientProtocol, _ body: String, to path: String = path) async throws -> TestResponse {
        try await client.execute(
            uri: path, method: .post, headers: [.contentType: "application/json"], body: ByteBuffer(string: body))
    }

    @Test("R140-R148: kept before 200, known by its card, and once however often it comes")
    func kept() async throws {
        try await withJournal { (client: any TestClientProtocol, journal: Journal) async throws -> Void in
            let answer = try await client.post(Request.orderSign())
            let card = try #require(try answer.json()["cards"]?.elements.first { _ in true }?["uuid"]?.string)
            try await journal.flush()
            for _ in 0..<2 { #expect(try await post(client, feedback(card)).status == .ok) }
            let kept = try await journal.feedback.entries()
            #expect(kept.count == 1)
            #expect(kept.first?.isKnownCard == true)
            #expect(kept.first?.rule == "warfarin-ibuprofen")
            #expect(kept.first?.entry.reason?.code == "benefit")
        }
    }

    @Test("R152: a card that was never issued is accepted and marked")
    func unknownCard() async throws {
        try await withJournal { (client: any TestClientProtocol, journal: Journal) async throws -> Void in
            #expect(try await post(client, feedback("not-a-uuid")).status == .ok)
            #expect(try await journal.feedback.entries().first?.isKnownCard == false)
        }
    }

    @Test("R150, R151: what is wrong is refused, and nothing of it kept")
    func refused() async throws {
        try await withJournal { (client: any TestClientProtocol, journal: Journal) async throws -> Void in
            for body in ["{}", "[]", "{\"feedback\":[{}]}", feedback("c", outcome: "ignored"), "not json"] {
                #expect(try await post(client, body).status == .badRequest)
            }
            #expect(try await post(client, feedback("c"), to: "/cds-services/nothing/feedback").status == .notFound)
            #expect(try await journal.feedback.entries().isEmpty)
        }
    }

    @Test("Each answered call is an entry of an intact chain, without the patient")
    func decisions() async throws {
        try await withJournal { (client: any TestClientProtocol, journal: Journal) async throws -> Void in
            for _ in 0..<3 { _ = try await client.post(Request.orderSign()) }
            _ = try await client.post("{}")
            try await journal.flush()
            let entries = try await journal.entries(limit: 10)
            #expect(entries.count == 4)
            #expect(entries.compactMap { $0.decision?.status } == [200, 200, 200, 400])
            #expect(entries.first?.decision?.findings.map(\.rule) == ["warfarin-ibuprofen"])
            #expect(try await journal.verify().isIntact)
            let text = entries.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
            #expect(!text.contains("\"p1\"") && !text.contains("Patient/"))
        }
    }

    @Test("Without a journal feedback is refused for good: nobody is told to send it again")
    func withoutJournal() async throws {
        try await World().application.test(.router) { client in
            let answer = try await post(client, feedback("c"))
            #expect(answer.status == .notFound)
            #expect(answer.headers[.retryAfter] == nil)
            #expect(String(buffer: answer.body).contains("without a journal"))
        }
    }
}
