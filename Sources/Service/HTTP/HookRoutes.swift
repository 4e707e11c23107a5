import AuditLog
import CDSHooks
import Clinical
import HTTPTypes
import Hummingbird
import Logging

/// Discovery, hook calls and feedback: bytes in, the edition's answer out.
///
/// The answer is worked out on the thread that read the body: about a millisecond for a record of several hundred
/// kilobytes, less than the cost of handing it to another thread and back would save. A call uses one edition from
/// beginning to end, whatever is loaded meanwhile.
struct HookRoutes {
    let editions: EditionHolder
    let clock: RequestClock
    let body: JSONBody
    /// Nothing where decisions are not kept.
    let recorder: DecisionRecorder?

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(path: "/cds-services", handlers: [(.get, discovery)]),
            RouteTable.Route(path: "/cds-services/{id}", handlers: [(.post, call)]),
            RouteTable.Route(path: "/cds-services/{id}/feedback", handlers: [(.post, feedback)]),
        ]
    }

    /// `GET /cds-services`.
    @Sendable private func discovery(_ request: Request, _ context: HookContext) -> Response {
        .json(editions.current.discovery)
    }

    /// `POST /cds-services/{id}`.
    @Sendable private func call(_ request: Request, _ context: HookContext) async throws -> Response {
        let edition = editions.current
        let service = named(context, in: edition)
        let bytes = try await body.bytes(of: request)
        let asOf = clock.now()
        let start = ContinuousClock.now
        let (call, answer) = edition.answerWithCall(service: service, body: bytes, asOf: asOf)
        if answer.status == 200 { context.trace.cards = answer.cards.count }
        if let recorder, edition.offers(service) {
            let kept = AnsweredCall(
                call, answer, service: service, body: bytes, edition: edition.id, asOf: asOf, recorded: asOf.instant,
                latency: ContinuousClock.now - start)
            await recorder.record(kept, body: bytes, logger: context.logger)
        }
        return .json(answer.body, status: HTTPResponse.Status(code: answer.status))
    }

    /// `POST /cds-services/{id}/feedback`: 200 without a body, once it is on the disk.
    @Sendable private func feedback(_ request: Request, _ context: HookContext) async throws -> Response {
        let edition = editions.current
        let service = named(context, in: edition)
        let bytes = try await body.bytes(of: request)
        do {
            let entries = try edition.feedback(service: service, body: bytes)
            guard let recorder else { throw HTTPProblem.noJournal }
            try await recorder.record(entries, service: service, received: clock.now().instant)
            return Response(status: .ok)
        } catch let problem as HookProblem {
            let refusal = HookResponse(problem)
            return .json(refusal.body, status: HTTPResponse.Status(code: refusal.status))
        } catch let error as JournalError {
            context.logger.error("journal", metadata: ["problem": .string("\(error)")])
            throw HTTPProblem.noJournal
        }
    }

    /// The service that the path names; noted for the log if there is one.
    private func named(_ context: HookContext, in edition: Edition) -> String {
        let service = context.parameters.get("id") ?? ""
        if edition.offers(service) { context.trace.service = service }
        return service
    }
}
