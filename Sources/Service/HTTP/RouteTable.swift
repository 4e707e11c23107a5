import HTTPTypes
import Hummingbird

/// The paths of the service, each with the methods it answers; every other method of such a path is refused with `Allow`.
struct RouteTable {
    typealias Handler = @Sendable (Request, HookContext) async throws -> Response

    /// One path and what it does.
    struct Route {
        let path: RouterPath
        let handlers: [(method: HTTPRequest.Method, handler: Handler)]
    }

    let routes: [Route]

    /// Adds every path to a router.
    func add(to router: Router<HookContext>) {
        for route in routes {
            let answered = route.handlers.map(\.method)
            let allowed = answered.contains(.get) ? answered + [.head] : answered
            for (method, handler) in route.handlers { router.on(route.path, method: method, use: handler) }
            for method in Self.methods where !allowed.contains(method) {
                router.on(route.path, method: method) { request, _ -> Response in
                    throw HTTPProblem.method(request.method, allowed: allowed)
                }
            }
        }
    }

    /// The methods of RFC 9110 §9 and PATCH (RFC 5789).
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
