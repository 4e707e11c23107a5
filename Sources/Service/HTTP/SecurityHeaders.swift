import HTTPTypes
import Hummingbird

/// What every answer tells browsers: take it for what it says it is, run nothing of it, show it in no frame, and come by TLS.
///
/// - Source: RFC 6797 (HSTS); Fetch standard, "X-Content-Type-Options"; Content Security Policy Level 3; Referrer Policy.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = HookContext

    /// Whether callers come by TLS, ended here or by a proxy.
    let isSecure: Bool

    func handle(
        _ request: Request, context: HookContext, next: (Request, HookContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        response.headers[.referrerPolicy] = "no-referrer"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}

extension HTTPField.Name {
    /// `Referrer-Policy`; the name is valid, so the fallback is never taken.
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .via
}
