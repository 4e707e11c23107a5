import AuditLog
import CDSHooks
import Clinical
import HTTPTypes
import Hummingbird
import Telemetry
import Trust

/// `GET /metrics`, for Prometheus. A reading looks at counters, at the edition and at the journal's queue; nothing is searched.
struct MetricsRoutes {
    let metrics: ServiceMetrics
    let editions: EditionHolder
    let clock: RequestClock
    let recorder: DecisionRecorder?

    var routes: [RouteTable.Route] {
        [
            RouteTable.Route(
                "/metrics", access: .client(at: Endpoint(path: "/metrics", roles: [.auditor])),
                .get(
                    "metrics", "What is counted and measured, for Prometheus",
                    answers: [.text(MetricsRegistry.mediaType, "The metrics, in text format 0.0.4.")], page))
        ]
    }

    @Sendable private func page(_ request: Request, _ context: HookContext) async -> Response {
        let text = metrics.registry.text(adding: editionSamples + (await journalSamples()))
        return Response(
            status: .ok, headers: [.contentType: MetricsRegistry.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private var editionSamples: [MetricSample] {
        let state = editions.state
        let (edition, id) = (state.edition, state.edition.id)
        let loaded = edition.loaded.instant.milliseconds
        return [
            MetricSample(
                "vigil_edition_info",
                [("vigil", id.vigil), ("rules", id.rules), ("knowledge", id.knowledge), ("knowledge_version", id.knowledgeVersion)],
                value: 1),
            MetricSample("vigil_edition_loaded_timestamp_seconds", value: Double(loaded) / 1_000),
            MetricSample("vigil_edition_age_seconds", value: Double(clock.now().instant.milliseconds - loaded) / 1_000),
            MetricSample("vigil_edition_rules", value: Double(edition.ruleCount)),
            MetricSample("vigil_edition_overdue_reviews", value: Double(edition.complaints.overdueReviews.count)),
            MetricSample("vigil_reload_failed", value: state.lastFailure == nil ? 0 : 1),
        ]
    }

    private func journalSamples() async -> [MetricSample] {
        guard let recorder else { return [] }
        return [
            MetricSample("vigil_journal_waiting", value: Double(await recorder.journal.waiting)),
            MetricSample("vigil_journal_writable", value: await recorder.problem() == nil ? 1 : 0),
        ]
    }
}
