import Hummingbird

/// `GET /openapi.json`: the routes that are served, as an OpenAPI document.
struct OpenAPIRoutes {
    /// The other routes.
    let served: [RouteTable.Route]
    let editions: EditionHolder

    var routes: [RouteTable.Route] { [own(document)] }

    private func own(_ handler: @escaping Operation.Handler) -> RouteTable.Route {
        RouteTable.Route(
            "/openapi.json", access: .open,
            .get("openapi", "This document", answers: [.json(.ok, .anyObject, "OpenAPI 3.1.")], handler))
    }

    @Sendable private func document(_ request: Request, _ context: HookContext) -> Response {
        // The route's own entry needs no handler to be described.
        let all = served + [own { _, _ in Response(status: .ok) }]
        return .json(OpenAPIDocument(routes: all, edition: editions.current).bytes)
    }
}
