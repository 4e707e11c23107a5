import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InMemoryTracing
import Logging
import Testing
import Tracing

@testable import Service

@Suite("Request tracing")
struct RequestTracingTests {
    private let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("A span for the request, and below it one for each stage; nothing of the patient in any")
    func spans() async throws {
        let tracer = InMemoryTracer()
        let application = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: try World().editions, clock: World.clock,
            logger: Logger(label: "test") { _ in LogRecorder() }, operating: OperatingOptions(tracer: tracer))
        try await application.application().test(.router) { client in
            _ = try await client.post(Request.orderSign(patient: "somebody"))
        }
        let spans = tracer.finishedSpans
        let request = try #require(spans.first { $0.operationName == "request" })
        let stages = spans.filter { $0.operationName != "request" }
        #expect(stages.map(\.operationName) == ["read", "read", "evaluate", "cards"])
        #expect(stages.allSatisfy { $0.parentSpanID == request.spanID && $0.traceID == request.traceID })
        var told: [String] = []
        request.attributes.forEach { told.append("\($0)=\($1)") }
        #expect(told.contains { $0.hasPrefix("http.route=") && $0.contains("/cds-services/{id}") })
        #expect(!told.contains { $0.contains("somebody") })
    }

    @Test("The caller's trace stands in the log, where it is well formed")
    func log() async throws {
        let recorder = LogRecorder()
        let logger = Logger(label: "test") { _ in recorder }
        try await World().application(logger: logger).test(.router) { client in
            let name = try #require(HTTPField.Name("traceparent"))
            _ = try await client.get("/health/live", headers: [name: traceparent])
            _ = try await client.get("/health/live", headers: [name: "00-injected"])
        }
        #expect(recorder.text.contains("trace=4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(!recorder.text.contains("injected"))
    }
}
