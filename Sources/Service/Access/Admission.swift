import Clinical
import Hummingbird
import Logging
import Trust

/// What stands before every route that is not open: how many are let in, and who.
///
/// It comes after the preflight of CORS, which carries no token, and before the body, of which nothing is read for a stranger.
struct Admission {
    let access: ClientAccess
    let load: RequestLoad

    /// A handler that is only reached by those who are let in.
    func admitting(_ endpoint: @escaping @Sendable (HookContext) -> Endpoint, to handler: @escaping Operation.Handler) -> Operation.Handler {
        { request, context in
            guard let place = load.enter() else { throw HTTPProblem.overloaded }
            defer { place.leave() }
            let caller = try await caller(of: request, at: endpoint(context), context)
            if let name = caller.name {
                context.trace.note("client", name)
                guard place.take(partOf: name) else { throw HTTPProblem.tooManyRequests }
            }
            var context = context
            context.caller = caller
            context.place = place
            return try await handler(request, context)
        }
    }

    /// Who calls.
    ///
    /// - Throws: `HTTPProblem` 401, the same for every reason, 403 or 503; the log has the reason.
    private func caller(of request: Request, at endpoint: Endpoint, _ context: HookContext) async throws -> Caller {
        let state = access.current
        guard let verifier = state.verifier else { return .anybody }
        let authorization = request.headers[.authorization]
        switch await verifier.verify(authorizationHeader: authorization, endpoint: endpoint, now: access.clock.now().instant) {
        case .success(let client): return Caller(client, in: state)
        case .failure(let failure):
            note(failure, context)
            switch failure.answer {
            case .unauthorized: throw HTTPProblem.unauthorized
            case .forbidden: throw HTTPProblem.forbidden
            case .busy: throw HTTPProblem.cannotVerify
            }
        }
    }

    /// The reason, for the log; never the token.
    private func note(_ failure: TrustFailure, _ context: HookContext) {
        context.trace.note("refused", failure.description)
        if let issuer = failure.issuer { context.trace.note("issuer", issuer) }
        if let tokenID = failure.tokenID { context.trace.note("token", tokenID) }
        if let tenant = failure.tenant { context.trace.note("tenant", tenant) }
    }
}
