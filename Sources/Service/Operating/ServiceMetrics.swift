import AuditLog
import CDSHooks
import CareGaps
import CoreMetrics
import Engine
public import Telemetry

/// What the service counts and measures, for `GET /metrics`.
///
/// Labels are routes, services, hooks, statuses, rules, indicators and kinds of reason: never a patient, a user, a drug or a path.
public struct ServiceMetrics: Sendable {
    public let registry: MetricsRegistry
    private let inFlight: Meter

    public init() {
        registry = MetricsRegistry(Self.descriptions)
        inFlight = Meter(label: "vigil_requests_in_flight", factory: registry)
        for outcome in ReloadOutcome.allCases { reloads(outcome).increment(by: 0) }
    }

    /// A request begins; the closure ends it.
    func began() { inFlight.increment() }

    /// A request was answered.
    func answered(route: String, service: String?, hook: String?, status: Int, nanoseconds: Int64) {
        inFlight.decrement()
        Counter(
            label: "vigil_requests_total",
            dimensions: [("route", route), ("service", service ?? "none"), ("hook", hook ?? "none"), ("status", String(status))],
            factory: registry
        ).increment()
        Timer(
            label: "vigil_request_duration_seconds", dimensions: [("route", route), ("service", service ?? "none")], factory: registry
        ).recordNanoseconds(nanoseconds)
    }

    /// A hook call was answered: its cards, and what could not be checked for it.
    func gave(_ answer: HookResponse) {
        for card in answer.cards {
            Counter(
                label: "vigil_cards_total",
                dimensions: [("rule", card.finding?.rule ?? "none"), ("indicator", card.indicator.rawValue)], factory: registry
            ).increment()
        }
        for item in UncheckedItem.items(answer.evaluation?.notChecked ?? []) {
            Counter(label: "vigil_not_checked_total", dimensions: [("reason", item.reason)], factory: registry).increment()
        }
    }

    /// A call of `$care-gaps` was answered: how the patient stands with each rule.
    func told(_ results: [CareGapResult]) {
        for result in results where result.state != .notInPopulation {
            Counter(
                label: "vigil_care_gaps_total", dimensions: [("rule", result.rule), ("state", result.state.rawValue)], factory: registry
            ).increment()
        }
    }

    /// Feedback is on the disk; what came before is not counted again.
    func received(_ feedback: [CardFeedback], receipts: [FeedbackReceipt]) {
        for (entry, receipt) in zip(feedback, receipts) where receipt.isNew {
            let outcome = entry.outcome == .accepted ? "accepted" : "overridden"
            Counter(
                label: "vigil_feedback_total", dimensions: [("rule", receipt.rule ?? "none"), ("outcome", outcome)], factory: registry
            ).increment()
        }
    }

    /// An attempt to load another edition has ended.
    func reloaded(_ outcome: ReloadOutcome) {
        reloads(outcome).increment()
    }

    private func reloads(_ outcome: ReloadOutcome) -> Counter {
        Counter(label: "vigil_reloads_total", dimensions: [("outcome", outcome.rawValue)], factory: registry)
    }

    private static let descriptions = [
        MetricDescription("vigil_requests_total", help: "Requests answered, by route, service, hook and status."),
        MetricDescription("vigil_request_duration_seconds", help: "Time from the head of a request to its answer, the body's arrival included."),
        MetricDescription("vigil_requests_in_flight", help: "Requests that are being answered now."),
        MetricDescription("vigil_cards_total", help: "Cards given, by rule and indicator; a card that tells what was not checked has no rule."),
        MetricDescription("vigil_not_checked_total", help: "Kinds of things that could not be checked, once a call, by the kind of reason."),
        MetricDescription("vigil_care_gaps_total", help: "States told by $care-gaps, by rule and state; rules that do not concern the patient are not counted."),
        MetricDescription("vigil_feedback_total", help: "Outcomes of cards reported since the start, by rule and outcome, each once."),
        MetricDescription("vigil_reloads_total", help: "Attempts to load another edition, by outcome."),
        MetricDescription("vigil_edition_info", help: "The edition that answers: digests of rules and knowledge, versions."),
        MetricDescription("vigil_edition_loaded_timestamp_seconds", help: "When the edition that answers was loaded."),
        MetricDescription("vigil_edition_age_seconds", help: "How long ago the edition that answers was loaded."),
        MetricDescription("vigil_edition_rules", help: "Rules that are evaluated."),
        MetricDescription("vigil_edition_overdue_reviews", help: "Rules whose review is overdue (V501)."),
        MetricDescription("vigil_reload_failed", help: "1 where the last attempt to load another edition failed."),
        MetricDescription("vigil_journal_waiting", help: "Entries of the journal that wait to be written."),
        MetricDescription("vigil_journal_writable", help: "1 where the journal can be written."),
    ]
}
