public import AuditLog
import CDSHooks
import Clinical
import Digests
import Logging

/// Puts answers and feedback into the journal.
///
/// An answer does not wait for the disk: its entry is queued, and waits only where the queue is full. Feedback is
/// acknowledged once it is on the disk.
public struct DecisionRecorder: Sendable {
    public let journal: Journal

    public init(journal: Journal) {
        self.journal = journal
    }

    /// Queues the entry of an answered call. What keeps it from being written is logged; the answer is given all the same, and
    /// readiness says that the journal cannot be written.
    func record(_ call: AnsweredCall, body: [UInt8], fetched: [UInt8]?, logger: Logger) async {
        guard let pseudonyms = journal.pseudonyms else { return }
        do {
            try await journal.enqueue(Decision(call, pseudonyms: pseudonyms), body: body, fetched: fetched)
        } catch {
            logger.error("journal", metadata: ["problem": .string("\(error)")])
        }
    }

    /// Keeps what clinicians did with cards of a service, durably before it returns.
    ///
    /// - Returns: a receipt for each, in their order.
    func record(
        _ feedback: [CardFeedback], service: String, client: String?, received: Instant
    ) async throws(JournalError) -> [FeedbackReceipt] {
        let entries = feedback.map { given in
            var entry = FeedbackEntry(
                service: service, client: client, card: given.card, outcome: given.outcome == .accepted ? .accepted : .overridden)
            entry.acceptedSuggestions = given.acceptedSuggestions
            entry.reason = given.reasons.first.map { .init(code: $0.code, system: $0.system, display: $0.display) }
            entry.userComment = given.userComment?.revealed
            entry.outcomeAt = given.timestamp
            return entry
        }
        return try await journal.feedback.record(entries, received: received)
    }

    /// Why the journal cannot be written; nothing where it can.
    func problem() async -> JournalError? {
        await journal.writeProblem()
    }
}

extension AnsweredCall {
    /// What is kept of a call and its answer.
    init(
        _ request: HookRequest?, _ answer: HookResponse, service: String, client: String?, body: [UInt8], edition: PublishedEdition,
        fetched: [UInt8]?, dialect: Dialect, asOf: AsOf, recorded: Instant, latency: Duration
    ) {
        self.init(
            recorded: recorded, asOf: asOf, service: service, hook: request?.service.hook.name ?? "none",
            hookInstance: request?.hookInstance, client: client, patientID: request?.patientID, userID: request?.user?.description,
            request: Digest(of: body),
            edition: DecisionEdition(edition),
            status: answer.status, latency: latency, evaluation: answer.evaluation,
            cards: answer.cards.map { card in
                IssuedCard(uuid: card.uuid, finding: card.finding.map { .init(rule: $0.rule, key: $0.key) })
            })
        self.fetched = fetched.map { Digest(of: $0) }
        self.dialect = dialect.description
        response = Digest(of: answer.body)
        heldBack = answer.repeated.map(\.uuid)
    }
}

extension DecisionEdition {
    init(_ edition: PublishedEdition) {
        self.init(rules: edition.rules, knowledge: edition.knowledge, vigil: edition.vigil)
    }
}
