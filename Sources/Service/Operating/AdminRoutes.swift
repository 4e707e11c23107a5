import CDSHooks
import Clinical
import Documents
import HTTPTypes
import Hummingbird
import Trust

/// What changes the service while it runs: `POST /admin/reload`.
///
/// Nobody on the network may ask for it without being known to be an author; where no client is configured, it is open to callers
/// on this machine, and closed to what a web page or a proxy passes on.
struct AdminRoutes {
    let reloading: Reloading

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(
                "/admin/reload", access: .client(at: Endpoint(path: "/admin/reload", roles: [.author])),
                .post(
                    "reload", "Loads rules and knowledge again, if they are whole", body: nil,
                    answers: [
                        .json(.ok, .reload, "They were whole, and answer from now on."),
                        .refusal(.forbidden, "The caller is no author, or where nobody is asked for a token, not on this machine."),
                        .json(.conflict, .reload, "Another reload is under way."),
                        .json(.unprocessableContent, .reload, "They were refused; the edition loaded before goes on answering."),
                    ], reload))
        ]
    }

    /// `POST /admin/reload`: the diagnostics either way.
    @Sendable private func reload(_ request: Request, _ context: HookContext) async throws -> Response {
        let isKnown = context.caller.name != nil
        guard isKnown || context.isOnThisMachine && !request.isPassedOn else { throw HTTPProblem.notAdministrator }
        let result = await reloading.attempt(cause: "/admin/reload")
        let edition = reloading.editions.current
        var writer = JSONWriter()
        writer.object { body in
            body.member("outcome", string: result.outcome.rawValue)
            body.member("edition") { $0.edition(edition) }
            switch result {
            case .reloaded(let edition): body.member("diagnostics") { $0.diagnostics(edition.complaints) }
            case .refused(let error):
                body.member("why", string: error.headline)
                if case .rules(let complaints) = error { body.member("diagnostics") { $0.diagnostics(complaints) } }
            case .busy: break
            }
        }
        return .json(writer.bytes, status: result.outcome.status)
    }
}

extension ReloadOutcome {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .reloaded: .ok
        case .busy: .conflict
        case .refused: .unprocessableContent
        }
    }
}

extension HookContext {
    /// Whether the connection comes from this machine; false where that is not known.
    var isOnThisMachine: Bool {
        guard let address = peer?.ipAddress else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}

extension Request {
    /// Whether somebody else speaks through the caller: a web page, whose browser says from where it is, or a proxy that says so.
    fileprivate var isPassedOn: Bool {
        ["Origin", "Sec-Fetch-Site", "Via", "Forwarded", "X-Forwarded-For", "X-Real-IP"].contains { name in
            HTTPField.Name(name).map { headers[$0] != nil } ?? true
        }
    }
}

extension JSONWriter {
    /// Which edition: digests and versions.
    mutating func edition(_ edition: Edition) {
        object { body in
            body.member("vigil", string: edition.id.vigil)
            body.member("rules", string: edition.id.rules)
            body.member("knowledge", string: edition.id.knowledge)
            body.member("knowledgeVersion", string: edition.id.knowledgeVersion)
            body.member("loaded", string: edition.loaded.description)
        }
    }

    /// What was noted in rules, as `vigil check --format json` writes it.
    mutating func diagnostics(_ complaints: Complaints) {
        raw(Array(complaints.rendered(as: .json).utf8))
    }
}
