import CDSHooks
import HTTPTypes
import Hummingbird
import Instrumentation
import ServiceContextModule
import Telemetry
import Tracing

/// A span for each request, below the one that its caller's `traceparent` names; the route and the status stand in it, nothing of
/// path, query or body.
///
/// Without a tracer only the caller's context is carried along, so that what we ask of others belongs to the same trace.
struct RequestTracing: RouterMiddleware {
    typealias Context = HookContext

    let tracer: (any Tracer)?

    func handle(
        _ request: Request, context: HookContext, next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        let caller = TraceContext(request.headers[.traceParent], state: request.headers[.traceState])
        guard caller != nil || tracer != nil else { return try await next(request, context) }
        var trace = ServiceContext.current ?? .topLevel
        trace.traceContext = caller
        guard let tracer else {
            return try await ServiceContext.$current.withValue(trace) { try await next(request, context) }
        }
        tracer.extract(request.headers, into: &trace, using: HTTPFieldsExtractor())
        return try await tracer.withAnySpan("request", context: trace, ofKind: .server) { span in
            let response = try await next(request, context)
            span.attributes["http.request.method"] = request.method.rawValue
            span.attributes["http.route"] = context.endpointPath ?? "none"
            span.attributes["http.response.status_code"] = response.status.code
            if let service = context.trace.service { span.attributes["cds.service"] = service }
            if response.status.code >= 500 { span.setStatus(SpanStatus(code: .error)) }
            return response
        }
    }
}

/// Spans for the stages of an answer: each begins where the one before it ends.
final class StageSpans {
    private let tracer: any Tracer
    private var current: (any Span)?

    /// Nothing where nobody traces.
    init?(_ tracer: (any Tracer)?) {
        guard let tracer else { return nil }
        self.tracer = tracer
    }

    deinit { current?.end() }

    func enter(_ stage: AnswerStage) {
        current?.end()
        current = tracer.startAnySpan(stage.rawValue)
    }

    /// Ends the last stage.
    func end() {
        current?.end()
        current = nil
    }
}

/// Reads the headers of a trace.
private struct HTTPFieldsExtractor: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        HTTPField.Name(key).flatMap { carrier[$0] }
    }
}

extension HTTPField.Name {
    // The names are valid, so the fallbacks are never taken.
    static let traceParent = HTTPField.Name("traceparent") ?? .via
    static let traceState = HTTPField.Name("tracestate") ?? .via
}
