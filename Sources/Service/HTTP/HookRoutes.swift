import AuditLog
import CDSHooks
import Clinical
import HTTPTypes
import Hummingbird
import Intake
import Logging
import Tracing
import Trust

/// Discovery, hook calls and feedback: bytes in, the edition's answer out.
///
/// The answer is worked out on the thread that read the body: about a millisecond for a record of several hundred
/// kilobytes, less than the cost of handing it to another thread and back would save. A call uses one edition from
/// beginning to end, whatever is loaded meanwhile.
struct HookRoutes {
    let editions: EditionHolder
    let clock: RequestClock
    let body: JSONBody
    let access: ClientAccess
    /// Nothing where decisions are not kept.
    let recorder: DecisionRecorder?
    let metrics: ServiceMetrics
    let tracer: (any Tracer)?

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(
                "/cds-services", access: .client(at: .discovery),
                .get("discovery", "The services there are", answers: [.json(.ok, .discovery, "The services.")], discovery)),
            RouteTable.Route(
                "/cds-services/{id}", access: .client { .service(Self.id($0)) },
                .post(
                    "call", "Calls a service: a hook's context and prefetch in, cards out", body: .hookRequest,
                    answers: [
                        .json(.ok, .hookResponse, "Cards, and what could not be checked."),
                        .refusal(.notFound, "There is no such service."),
                        .refusal(.preconditionFailed, "Without what is missing from prefetch nothing can be checked."),
                    ], call)),
            RouteTable.Route(
                "/cds-services/{id}/feedback", access: .client { .feedback(Self.id($0)) },
                .post(
                    "feedback", "Tells what clinicians did with cards", body: .feedback,
                    answers: [
                        .empty(.ok, "It is on the disk."), .refusal(.notFound, "There is no such service, or no journal to keep it in."),
                        .refusal(.serviceUnavailable, "It cannot be kept at the moment; nothing of it was."),
                    ], feedback)),
        ]
    }

    /// `GET /cds-services`.
    @Sendable private func discovery(_ request: Request, _ context: HookContext) -> Response {
        .json(editions.current.discovery(callsServers: access.current.fetches))
    }

    /// `POST /cds-services/{id}`.
    @Sendable private func call(_ request: Request, _ context: HookContext) async throws -> Response {
        let edition = editions.current
        let service = named(context, in: edition)
        let format = body.format(of: request)
        var bytes = try await body.bytes(of: request, in: context.place, as: format)
        if let format { bytes = try Self.call(of: bytes, in: format, service, edition) }
        let asOf = clock.now()
        let start = ContinuousClock.now
        let (call, answer) = await answer(to: bytes, of: service, in: edition, asOf: asOf, arrival: start, context)
        metrics.gave(answer)
        if answer.status == 200 { context.trace.cards = answer.cards.count }
        if let recorder, edition.offers(service) {
            let fetched = call.flatMap { $0.fetched.isEmpty ? nil : $0.fetched.bytes }
            let kept = AnsweredCall(
                call, answer, service: service, client: context.caller.name, body: bytes, edition: edition.id, fetched: fetched,
                dialect: context.caller.dialect, asOf: asOf, recorded: asOf.instant, latency: ContinuousClock.now - start)
            await recorder.record(kept, body: bytes, fetched: fetched, logger: context.logger)
        }
        return .json(answer.body, status: HTTPResponse.Status(code: answer.status))
    }

    /// The call that a message or document makes: what is answered, and what the journal keeps, so that it can be replayed.
    private static func call(
        of bytes: [UInt8], in format: any ForeignFormat.Type, _ service: String, _ edition: Edition
    ) throws(HTTPProblem) -> [UInt8] {
        do throws(FormatError) {
            return edition.body(of: try format.record(of: bytes, part: nil), service: service) ?? bytes
        } catch {
            throw .unreadable(error)
        }
    }

    /// The answer to a body, completed by what its FHIR server has where that may be asked; and the call, if it could be read.
    private func answer(
        to body: [UInt8], of service: String, in edition: Edition, asOf: AsOf, arrival: ContinuousClock.Instant, _ context: HookContext
    ) async -> (call: HookRequest?, answer: HookResponse) {
        let spans = StageSpans(tracer)
        defer { spans?.end() }
        do throws(HookProblem) {
            spans?.enter(.read)
            let call = try edition.request(service: service, body: body)
            let completed = await RecordFetching(fetcher: access.fetcher)
                .completed(call, arrival: arrival, context) { spans?.enter(.fetch) }
            let answer = edition.answer(completed, asOf: asOf, dialect: context.caller.dialect) { spans?.enter($0) }
            return (completed, answer)
        } catch {
            return (nil, HookResponse(error))
        }
    }

    /// `POST /cds-services/{id}/feedback`: 200 without a body, once it is on the disk.
    @Sendable private func feedback(_ request: Request, _ context: HookContext) async throws -> Response {
        let edition = editions.current
        let service = named(context, in: edition)
        let bytes = try await body.bytes(of: request, in: context.place)
        do {
            let entries = try edition.feedback(service: service, body: bytes)
            guard let recorder else { throw HTTPProblem.feedbackNotKept }
            let receipts = try await recorder.record(
                entries, service: service, client: context.caller.name, received: clock.now().instant)
            metrics.received(entries, receipts: receipts)
            return Response(status: .ok)
        } catch let problem as HookProblem {
            let refusal = HookResponse(problem)
            return .json(refusal.body, status: HTTPResponse.Status(code: refusal.status))
        } catch let error as JournalError {
            context.logger.error("journal", metadata: ["problem": .string("\(error)")])
            throw HTTPProblem.noJournal
        }
    }

    /// The id in the path, whether a service has it or not.
    private static func id(_ context: HookContext) -> String { context.parameters.get("id") ?? "" }

    /// The service that the path names; noted for the log if there is one.
    private func named(_ context: HookContext, in edition: Edition) -> String {
        let service = Self.id(context)
        if let hook = edition.hook(of: service) { context.trace.found(service: service, hook: hook) }
        return service
    }
}
