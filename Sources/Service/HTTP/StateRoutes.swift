import AuditLog
import CDSHooks
import Clinical
import Documents
import Hummingbird
import Knowledge
import RuleLanguage
import Trust

/// What runs here, for people and for monitors: the door sign at `/`, life, readiness and status.
///
/// It does not listen before an edition has been loaded; the body of readiness says which one. It is not ready while decisions are
/// to be kept and the journal cannot be written. That a reload failed is told, and is no reason to take it out of service: the last
/// good edition answers.
struct StateRoutes {
    let editions: EditionHolder
    let clock: RequestClock
    let recorder: DecisionRecorder?

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route("/", access: .open, .get("sign", "What this is", answers: [.json(.ok, .sign, "The door sign.")], sign)),
            RouteTable.Route(
                "/health/live", access: .open,
                .get("live", "Whether the process answers", answers: [.json(.ok, .live, "It does.")], live)),
            RouteTable.Route(
                "/health/ready", access: .open,
                .get(
                    "ready", "Whether calls may be sent here",
                    answers: [
                        .json(.ok, .ready, "They may."),
                        .json(.serviceUnavailable, .ready, "They may not: decisions are to be kept, and the journal cannot be written."),
                    ], ready)),
            RouteTable.Route(
                "/status", access: .client(at: Endpoint(path: "/status", roles: [.author, .auditor])),
                .get(
                    "status", "The edition, its age and what is wrong with it", answers: [.json(.ok, .status, "The status.")], status)),
        ]
    }

    /// `GET /`: what this is, and where to go on.
    @Sendable private func sign(_ request: Request, _ context: HookContext) -> Response {
        var writer = JSONWriter(pretty: true)
        let edition = editions.current
        writer.object { body in
            body.member("name", string: "Vigil")
            body.member("is", string: "a clinical decision support service that speaks CDS Hooks 2.0 over FHIR R4")
            body.member("version", string: edition.id.vigil)
            body.member("knowledge", string: "\(edition.knowledge.version.name), \(edition.knowledge.version.review)")
            body.member("links") { value in
                value.object { links in
                    links.member("services", string: "/cds-services")
                    links.member("live", string: "/health/live")
                    links.member("ready", string: "/health/ready")
                    links.member("status", string: "/status")
                    links.member("metrics", string: "/metrics")
                    links.member("openapi", string: "/openapi.json")
                }
            }
        }
        return .json(writer.bytes)
    }

    /// `GET /health/live`: the process answers.
    @Sendable private func live(_ request: Request, _ context: HookContext) -> Response {
        var writer = JSONWriter()
        writer.object { $0.member("status", string: "live") }
        return .json(writer.bytes)
    }

    /// `GET /health/ready`: the edition that answers, and the last attempt to load another if it failed.
    @Sendable private func ready(_ request: Request, _ context: HookContext) async -> Response {
        var writer = JSONWriter()
        let state = editions.state
        let isWritable = await recorder?.problem() == nil
        writer.object { body in
            body.member("status", string: isWritable ? "ready" : "not ready")
            body.member("journal", string: recorder == nil ? "none" : isWritable ? "writable" : "cannot be written; the log says why")
            body.member("vigil", string: state.edition.id.vigil)
            body.member("rules") { value in
                value.object { rules in
                    rules.member("count", int: state.edition.ruleCount)
                    rules.member("digest", string: state.edition.id.rules)
                }
            }
            body.member("knowledge") { value in
                value.object { knowledge in
                    let version = state.edition.knowledge.version
                    knowledge.member("version", string: version.name)
                    knowledge.member("digest", string: state.edition.id.knowledge)
                    knowledge.member("review", string: version.review)
                    knowledge.member("ageInMonths", int: age(of: version))
                }
            }
            body.member("loaded", string: state.edition.loaded.description)
            body.member("lastReload", string: state.attempted.description)
            if let failure = state.lastFailure {
                body.member("lastReloadFailed", string: failure.description)
            }
        }
        return .json(writer.bytes, status: isWritable ? .ok : .serviceUnavailable)
    }

    /// `GET /status`: the edition and its age, the fate of the last reload, the journal, and which rules are overdue for review.
    @Sendable private func status(_ request: Request, _ context: HookContext) async -> Response {
        let state = editions.state
        let complaints = state.edition.complaints
        let waiting = await recorder?.journal.waiting
        let problem = await recorder?.problem()
        var writer = JSONWriter(pretty: true)
        writer.object { body in
            body.member("edition") { $0.edition(state.edition) }
            body.member("ageInSeconds", int: Int((clock.now().instant.milliseconds - state.edition.loaded.instant.milliseconds) / 1_000))
            body.member("ruleCount", int: state.edition.ruleCount)
            body.member("warnings", int: complaints.count(of: .warning))
            body.member("overdueReviews") { list in
                list.array { reviews in
                    for review in complaints.overdueReviews {
                        reviews.element { element in
                            element.object { one in
                                one.member("file", string: review.file)
                                one.member("message", string: review.message)
                            }
                        }
                    }
                }
            }
            body.member("bundle", string: state.edition.bundle)
            body.member("overrides") { list in
                list.array { overrides in
                    for override in state.edition.overrides { overrides.element { $0.override(override) } }
                }
            }
            body.member("lastReload") { value in
                value.object { reload in
                    reload.member("at", string: state.attempted.description)
                    reload.member("outcome", string: (state.lastFailure == nil ? ReloadOutcome.reloaded : .refused).rawValue)
                    reload.member("why", string: state.lastFailure?.error.headline)
                }
            }
            body.member("journal") { value in
                value.object { journal in
                    journal.member("state", string: recorder == nil ? "none" : problem == nil ? "writable" : "cannot be written")
                    journal.member("waiting", int: waiting)
                }
            }
        }
        return .json(writer.bytes)
    }

    /// Whole months since the one that the version's name begins with, such as `2026.11.1`; nil where it begins otherwise.
    private func age(of version: KnowledgeVersion) -> Int? {
        let parts = version.name.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 2, let start = CivilDate(year: parts[0], month: parts[1], day: 1) else { return nil }
        return CivilDate.completedMonths(from: start, to: clock.now().today)
    }
}

extension JSONWriter {
    /// An override as the status shows it: what, why and until when; `in force`, `stale` or `expired`.
    fileprivate mutating func override(_ override: OverrideStanding) {
        object { one in
            one.member("override", string: override.name)
            one.member("subject", string: override.subject)
            one.member("changes") { $0.array { changes in override.changes.forEach { changes.string($0) } } }
            one.member("because", string: override.because)
            one.member("until", string: override.until?.description)
            one.member("state", string: override.state.rawValue)
        }
    }
}
