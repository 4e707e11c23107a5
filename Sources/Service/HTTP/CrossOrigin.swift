import HTTPTypes
import Hummingbird

/// Lets web pages of listed origins call the service from a browser, as the CDS Hooks sandbox does; off where none is listed.
///
/// - Source: Fetch standard, "CORS protocol". No credentials are allowed, so a page cannot use somebody's cookies.
struct CrossOrigin: RouterMiddleware {
    typealias Context = HookContext

    /// The origins, as browsers send them; `*` is any.
    let allowed: [String]

    func handle(
        _ request: Request, context: HookContext, next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        guard !allowed.isEmpty else { return try await next(request, context) }
        guard let origin = request.headers[.origin], let granted = grant(origin) else {
            var response = try await answer(request, context, next)
            response.headers[.vary] = "Origin"
            return response
        }
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        var response = isPreflight ? preflight() : try await answer(request, context, next)
        response.headers[.accessControlAllowOrigin] = granted
        response.headers[.vary] = "Origin"
        response.headers[.accessControlExposeHeaders] = "X-Request-Id"
        return response
    }

    /// What the header may say to this origin; nothing where it is not listed.
    private func grant(_ origin: String) -> String? {
        if allowed.contains("*") { return "*" }
        return allowed.contains(origin) ? origin : nil
    }

    /// Refusals carry the header too, or the page could not read them.
    private func answer(
        _ request: Request, _ context: HookContext, _ next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as HTTPProblem {
            return problem.response
        }
    }

    private func preflight() -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, POST, OPTIONS",
                .accessControlAllowHeaders: "Content-Type, Authorization, X-Request-Id",
                .accessControlMaxAge: "600",
            ])
    }
}
