import HTTPTypes
import Hummingbird
import Logging
import ServiceContextModule
import Telemetry

/// One line of log for each request, an id by which to find it, and a well-formed answer whatever was thrown.
///
/// The line has method, route (the pattern, not the path), status, microseconds and number of cards: nothing of a patient, and
/// nothing that a caller can write into it but a request id of plain characters.
struct RequestJournal: RouterMiddleware {
    typealias Context = HookContext

    let metrics: ServiceMetrics

    func handle(
        _ request: Request, context: HookContext, next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.began()
        let requestID = request.headers[.requestID].flatMap(wellFormed) ?? context.id
        var problem: String?
        var response: Response
        do {
            response = try await next(request, context)
        } catch let refused as HTTPProblem {
            response = refused.response
        } catch let refused as any HTTPResponseError {
            response = (refused.status == .notFound ? .noRoute : HTTPProblem.status(refused.status)).response
        } catch {
            problem = String(reflecting: type(of: error))
            response = HTTPProblem.failure(requestID: requestID).response
        }
        response.headers[.requestID] = requestID
        let elapsed = (ContinuousClock.now - start).components
        let nanoseconds = elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000
        metrics.answered(
            route: context.endpointPath ?? "none", service: context.trace.service, hook: context.trace.hook,
            status: response.status.code, nanoseconds: nanoseconds)
        log(request, response, context, id: requestID, microseconds: nanoseconds / 1_000, problem: problem)
        return response
    }

    private func log(
        _ request: Request, _ response: Response, _ context: HookContext, id: String, microseconds: Int64, problem: String?
    ) {
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        var logger = context.logger
        // Hummingbird's own name for the id; ours says the same, or what the caller said.
        logger[metadataKey: "hb.request.id"] = nil
        logger.log(level: level, "request", metadata: journal(request, response, context, id, microseconds, problem))
    }

    private func journal(
        _ request: Request, _ response: Response, _ context: HookContext, _ id: String, _ microseconds: Int64, _ problem: String?
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "id": .string(id),
            "method": .string(request.method.rawValue),
            "route": .string(context.endpointPath ?? "none"),
            "status": .stringConvertible(response.status.code),
            "us": .stringConvertible(Int(microseconds)),
        ]
        if let service = context.trace.service { metadata["service"] = .string(service) }
        if let cards = context.trace.cards { metadata["cards"] = .stringConvertible(cards) }
        if let trace = ServiceContext.current?.traceContext { metadata["trace"] = .string(trace.traceID) }
        for (name, note) in context.trace.notes { metadata[name] = .string(note) }
        if let problem { metadata["problem"] = .string(problem) }
        return metadata
    }

    /// The caller's id, if it is one to eighty plain characters.
    private func wellFormed(_ id: String) -> String? {
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
        }
        return isPlain && (1...80).contains(id.utf8.count) ? id : nil
    }
}

extension HTTPField.Name {
    /// `X-Request-Id`; the name is valid, so the fallback is never taken.
    static let requestID = HTTPField.Name("X-Request-Id") ?? .via
}
