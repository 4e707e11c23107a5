import HTTPTypes
import Hummingbird
import Trust

/// The paths of the service, each with the operations it answers; every other method of such a path is refused with `Allow`.
///
/// The table is also what `GET /openapi.json` is written from, so a route cannot be served without being documented.
struct RouteTable {
    /// Who may use a route.
    enum Access: Sendable {
        /// Anybody: it tells nothing of patients and costs nothing.
        case open
        /// Clients entitled to the endpoint that the request names.
        case client(@Sendable (HookContext) -> Endpoint)

        /// Clients entitled to an endpoint that is always the same.
        static func client(at endpoint: Endpoint) -> Access { .client { _ in endpoint } }
    }

    /// One path and what it does.
    struct Route {
        let path: String
        /// The same path as some clients write it; answered alike, and documented once.
        let alias: String?
        let access: Access
        let operations: [Operation]

        init(_ path: String, alias: String? = nil, access: Access, _ operations: Operation...) {
            self.path = path
            self.alias = alias
            self.access = access
            self.operations = operations.map { operation in
                var operation = operation
                if case .client = access { operation.isGuarded = !operation.isRefusal }
                return operation
            }
        }
    }

    let routes: [Route]

    /// Adds every path to a router.
    ///
    /// - Parameter admission: what stands before the routes that are not open.
    func add(to router: Router<HookContext>, admission: Admission) {
        for route in routes {
            add(route, at: route.path, to: router, admission: admission)
            if let alias = route.alias { add(route, at: alias, to: router, admission: admission) }
        }
    }

    private func add(_ route: Route, at path: String, to router: Router<HookContext>, admission: Admission) {
        let path = RouterPath(path)
        let allowed = allowed(at: route.path) ?? []
        for operation in route.operations {
            switch route.access {
            case _ where operation.isRefusal, .open: router.on(path, method: operation.method, use: operation.handler)
            case .client(let endpoint):
                router.on(path, method: operation.method, use: admission.admitting(endpoint, to: operation.handler))
            }
        }
        let served = allowed + route.operations.map(\.method)
        for method in Self.methods where !served.contains(method) {
            router.on(path, method: method) { request, _ -> Response in
                throw HTTPProblem.method(request.method, allowed: allowed)
            }
        }
    }

    /// The methods that a path answers; nil where there is no such path.
    func allowed(at path: String) -> [HTTPRequest.Method]? {
        let segments = path.split(separator: "/")
        let route = routes.first { route in
            if path == route.alias { return true }
            let pattern = route.path.split(separator: "/")
            return pattern.count == segments.count && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return route.map { route in
            let methods = route.operations.filter { !$0.isRefusal }.map(\.method)
            return methods.contains(.get) ? methods + [.head] : methods
        }
    }

    /// The methods of RFC 9110 §9 and PATCH (RFC 5789).
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]
}
