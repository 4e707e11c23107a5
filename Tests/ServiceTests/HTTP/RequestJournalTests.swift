import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Service

@Suite("Request journal")
struct RequestJournalTests {
    @Test("A line tells route, status, cards and id, and nothing of the patient")
    func line() async throws {
        let recorder = LogRecorder()
        let logger = Logger(label: "test") { _ in recorder }
        try await World().application(logger: logger).test(.router) { client in
            var headers = Request.json
            headers[.requestID] = "request-7"
            _ = try await client.post(Request.orderSign(patient: "somebody"), headers: headers)
            _ = try await client.get("/cds-services/%0Ainjected?patient=somebody")
        }
        let text = recorder.text
        #expect(text.contains("id=request-7 method=POST"))
        #expect(text.contains("route=/cds-services/{id}"))
        #expect(text.contains("cards=1"))
        #expect(text.contains("status=200"))
        #expect(text.contains("status=405"))
        for secret in ["somebody", "warfarin", "11289", "1960-01-01", "injected"] {
            #expect(!text.contains(secret), "the log has `\(secret)`")
        }
    }
}
