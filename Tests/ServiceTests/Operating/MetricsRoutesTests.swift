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

@Suite("Metrics route")
struct MetricsRoutesTests {
    @Test("Calls, cards, what was not checked and the edition are told, and nothing of the patient")
    func told() async throws {
        let world = try World()
        try await world.application.test(.router) { client in
            _ = try await client.post(Request.orderSign(patient: "somebody"))
            _ = try await client.post(Request.orderSign(patient: "somebody"))
            _ = try await client.post("{")
            _ = try await client.post(Request.orderSign().replacing("5640", with: "999999999"))
            let page = try await client.get("/metrics")
            #expect(page.status == .ok)
            #expect(page.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let labels = #"route="/cds-services/{id}",service="vigil-order-sign",hook="order-sign""#
            #expect(page.text.contains(#"vigil_requests_total{\#(labels),status="200"} 3"#))
            #expect(page.text.contains(#"vigil_requests_total{\#(labels),status="400"} 1"#))
            #expect(page.text.contains(#"vigil_cards_total{rule="warfarin-ibuprofen",indicator="warning"} 2"#))
            #expect(page.text.contains("vigil_request_duration_seconds_count{"))
            #expect(page.text.contains("vigil_requests_in_flight 1"), "the reading itself")
            #expect(page.text.contains(#"vigil_not_checked_total{reason="unmapped"} 1"#))
            #expect(page.text.contains(#"rules="\#(world.editions.current.id.rules)""#))
            #expect(page.text.contains("vigil_edition_rules 1"))
            for secret in ["somebody", "ibuprofen 400", "11289", "1960-01-01", "order-1"] {
                #expect(!page.text.contains(secret), "the metrics have `\(secret)`")
            }
        }
    }

    @Test("What a caller invents makes no new series")
    func bounded() async throws {
        try await World().application.test(.router) { client in
            _ = try await client.get("/nothing")
            _ = try await client.post("{}", to: "/cds-services/none")
            let before = try await client.get("/metrics").text.split(separator: "\n").count
            for number in 0..<50 {
                _ = try await client.get("/nothing-\(number)")
                _ = try await client.post("{}", to: "/cds-services/none-\(number)")
            }
            // Reading the metrics once made the series of /metrics itself.
            let after = try await client.get("/metrics").text.split(separator: "\n")
            #expect(after.count { !$0.contains(#"route="/metrics""#) } == before)
        }
    }

    @Test("Feedback counts once, by the rule whose card it was; the journal's state is told")
    func feedback() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString).sqlite").path
        defer { for ending in ["", ".key", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        let journal = try Journal.open(path)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: try World().editions, clock: World.clock, logger: logger,
            recorder: DecisionRecorder(journal: journal))
        try await application.application().test(.router) { client in
            let answer = try await client.post(Request.orderSign())
            let card = try #require(try answer.json()["cards"]?.elements.first { _ in true }?["uuid"]?.string)
            let body = #"{"feedback":[{"card":"\#(card)","outcome":"overridden","outcomeTimestamp":"2025-12-31T09:01:00Z"}]}"#
            for _ in 0..<2 {
                let kept = try await client.post(body, to: "\(Request.path)/feedback")
                #expect(kept.status == .ok)
            }
            let page = try await client.get("/metrics").text
            #expect(page.contains(#"vigil_feedback_total{rule="warfarin-ibuprofen",outcome="overridden"} 1"#))
            #expect(page.contains("vigil_journal_writable 1"))
            #expect(page.contains("vigil_journal_waiting 0"))
        }
        try await journal.close()
    }

    @Test("Reloads are counted by outcome")
    func reloads() async throws {
        let application = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: try World().editions, clock: World.clock, logger: Logger(label: "test"))
        application.metrics.reloaded(.refused)
        try await application.application().test(.router) { client in
            let page = try await client.get("/metrics").text
            #expect(page.contains(#"vigil_reloads_total{outcome="refused"} 1"#))
            #expect(page.contains(#"vigil_reloads_total{outcome="reloaded"} 0"#))
        }
    }
}
