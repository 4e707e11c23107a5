public import AuditLog
import CDSHooks
import Digests
import Engine

/// Works decisions of a journal out again, from what it kept of them, and compares the answers byte for byte.
///
/// An entry names rules, knowledge and program by digest and version; only an edition of the same three can be held against
/// it. What else the answer depended on is kept: the request, what was fetched for it, the instant, the client's dialect, and
/// which alerts were held back as shown before.
public struct DecisionReplay: Sendable {
    /// What came of one decision.
    public enum Outcome: Sendable, Hashable {
        /// The same bytes.
        case same
        /// Other bytes, by the same rules, knowledge and program: what may never be.
        case different
        /// Decided by other rules, other knowledge or another program than those at hand.
        case otherEdition(DecisionEdition)
        /// The request, or what was fetched for it, was not kept or has gone.
        case bodyNotKept
        /// Written before digests of answers were kept, or by a program that says something else.
        case notComparable
    }

    private let journal: Journal

    public init(_ journal: Journal) {
        self.journal = journal
    }

    /// What comes of an entry, worked out by `edition`.
    ///
    /// - Throws: `JournalError` where a body is there and does not open.
    public func outcome(of entry: JournalEntry, by edition: Edition) async throws(JournalError) -> Outcome {
        guard let decision = entry.decision, let response = decision.response,
            let dialect = decision.dialect.flatMap({ Dialect($0) })
        else { return .notComparable }
        guard decision.edition == DecisionEdition(edition.id) else { return .otherEdition(decision.edition) }
        guard let body = try await journal.bodies.body(of: decision.request), let fetched = try await fetched(for: decision) else {
            return .bodyNotKept
        }
        let answer = await Self.answer(to: body, fetched, decision, dialect, edition)
        return answer.status == decision.status && Digest(of: answer.body).description == response ? .same : .different
    }

    private func fetched(for decision: Decision) async throws(JournalError) -> FetchedRounds? {
        guard let digest = decision.fetched else { return FetchedRounds() }
        return try await journal.bodies.body(of: digest).flatMap { FetchedRounds(bytes: $0) }
    }

    private static func answer(
        to body: [UInt8], _ fetched: FetchedRounds, _ decision: Decision, _ dialect: Dialect, _ edition: Edition
    ) async -> (status: Int, body: [UInt8]) {
        if decision.service == CareGapsResponse.service {
            let answer = await edition.careGaps(body, at: decision.asOf) { $0.completed(with: fetched) }
            return (answer.status, answer.body)
        }
        let answer = hookAnswer(to: body, fetched, decision, dialect, edition)
        return (answer.status, answer.body)
    }

    private static func hookAnswer(
        to body: [UInt8], _ fetched: FetchedRounds, _ decision: Decision, _ dialect: Dialect, _ edition: Edition
    ) -> HookResponse {
        do throws(HookProblem) {
            let call = try edition.request(service: decision.service, body: body).completed(with: fetched)
            return edition.answer(
                call, asOf: decision.asOf, dialect: dialect, memory: .replay(heldBack: Set(decision.heldBack)))
        } catch {
            return HookResponse(error)
        }
    }
}
