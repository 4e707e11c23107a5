import HTTPTypes
import Hummingbird

/// The paths of the service, each with the operations it answers; every other method of such a path is refused with `Allow`.
///
/// The table is also what `GET /openapi.json` is written from, so a route cannot be served without being documented.
struct RouteTable {
    /// One path and what it does.
    struct Route {
        let path: String
        let operations: [Operation]

        init(_ path: String, _ operations: Operation...) {
            self.path = path
            self.operations = operations
        }
    }

    let routes: [Route]

    /// Adds every path to a router.
    func add(to router: Router<HookContext>) {
        for route in routes {
            let path = RouterPath(route.path)
            let allowed = allowed(at: route.path) ?? []
            for operation in route.operations { router.on(path, method: operation.method, use: operation.handler) }
            for method in Self.methods where !allowed.contains(method) {
                router.on(path, method: method) { request, _ -> Response in
                    throw HTTPProblem.method(request.method, allowed: allowed)
                }
            }
        }
    }

    /// The methods that a path answers; nil where there is no such path.
    func allowed(at path: String) -> [HTTPRequest.Method]? {
        let segments = path.split(separator: "/")
        let route = routes.first { route in
            let pattern = route.path.split(separator: "/")
            return pattern.count == segments.count && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return route.map { route in
            let methods = route.operations.map(\.method)
            return methods.contains(.get) ? methods + [.head] : methods
        }
    }

    /// The methods of RFC 9110 §9 and PATCH (RFC 5789).
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
