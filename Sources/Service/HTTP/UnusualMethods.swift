import HTTPTypes
import Hummingbird

/// Answers 405 where a path is served and the method is one that nobody knows; without it the router would say 404.
struct UnusualMethods: RouterMiddleware {
    typealias Context = HookContext

    let table: RouteTable

    func handle(
        _ request: Request, context: HookContext, next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refused as any HTTPResponseError where refused.status == .notFound {
            guard let allowed = table.allowed(at: request.uri.path) else { throw refused }
            throw HTTPProblem.method(request.method, allowed: allowed)
        }
    }
}
