import CDSHooks
import HTTPTypes
import Hummingbird

/// Discovery and hook calls: bytes in, the edition's answer out.
///
/// The answer is worked out on the thread that read the body: about a millisecond for a record of several hundred
/// kilobytes, less than the cost of handing it to another thread and back would save. A call uses one edition from
/// beginning to end, whatever is loaded meanwhile.
struct HookRoutes {
    let editions: EditionHolder
    let clock: RequestClock
    let body: JSONBody

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(path: "/cds-services", handlers: [(.get, discovery)]),
            RouteTable.Route(path: "/cds-services/{id}", handlers: [(.post, call)]),
        ]
    }

    /// `GET /cds-services`.
    @Sendable private func discovery(_ request: Request, _ context: HookContext) -> Response {
        .json(editions.current.discovery)
    }

    /// `POST /cds-services/{id}`.
    @Sendable private func call(_ request: Request, _ context: HookContext) async throws -> Response {
        let edition = editions.current
        let service = context.parameters.get("id") ?? ""
        if edition.offers(service) { context.trace.service = service }
        let bytes = try await body.bytes(of: request)
        let answer = edition.answer(service: service, body: bytes, asOf: clock.now())
        if answer.status == 200 { context.trace.cards = answer.cards.count }
        return .json(answer.body, status: HTTPResponse.Status(code: answer.status))
    }
}
