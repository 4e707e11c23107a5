import CDSHooks
import FHIRAccess

/// Completes a call by what its FHIR server has of what it left out.
///
/// Only for a client that is known and for servers that are its own; the token of the call goes to that server alone. What does not
/// come in time, or not as it should, stands in the answer as not checked, with the reason.
struct RecordFetching {
    let fetcher: FHIRFetcher?

    /// How often it is looked what is missing: what came may refer to medications that did not.
    private static let rounds = 2

    /// The call, completed as far as the budget lasts; as it is where nothing is missing or nothing may be fetched.
    ///
    /// - Parameters:
    ///   - arrival: when the call had arrived; the budget counts from there.
    ///   - beginning: told where something is fetched.
    func completed(
        _ call: HookRequest, arrival: ContinuousClock.Instant, _ context: HookContext, beginning: () -> Void
    ) async -> HookRequest {
        guard let fetcher, let policy = context.caller.fetching, let missing = call.missing else { return call }
        guard context.place?.takeFetching() ?? false else {
            context.trace.note("fetched", "no room")
            return call.completed(with: missing.urls.mapValues { _ in .failed(why: "the service had no room to fetch it") })
        }
        beginning()
        return await fetched(call, by: fetcher, policy, deadline: arrival + context.caller.budget, context.trace)
    }

    private func fetched(
        _ call: HookRequest, by fetcher: FHIRFetcher, _ policy: FetchPolicy, deadline: ContinuousClock.Instant, _ trace: RequestTrace
    ) async -> HookRequest {
        var call = call
        var failures: [String: Int] = [:]
        var asked: Set<String> = []
        for _ in 0..<Self.rounds {
            guard let missing = call.missing else { break }
            let queries = missing.urls.filter { !asked.contains($0.key) }
            if queries.isEmpty { break }
            asked.formUnion(queries.keys)
            let outcomes = await fetcher.fetch(
                queries: queries, base: missing.access.server, token: missing.access.token.revealed, policy: policy,
                deadline: deadline)
            for failure in outcomes.values.compactMap(\.failure) { failures[failure.label, default: 0] += 1 }
            call = call.completed(with: outcomes.mapValues(FetchedData.init))
        }
        if !asked.isEmpty { trace.note("fetched", Self.summary(asked.count, failures)) }
        return call
    }

    /// How much was asked for, and what failed, by stable words: `5`, or `5, timed-out 2`.
    private static func summary(_ asked: Int, _ failures: [String: Int]) -> String {
        let failed = failures.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value)" }
        return "\(asked)" + failed.joined()
    }
}

extension FetchedData {
    /// What came, or why nothing did.
    fileprivate init(_ outcome: FetchOutcome) {
        switch outcome {
        case .complete(let documents), .partial(let documents, _): self = .pages(documents)
        case .failed(let failure): self = .failed(why: failure.description)
        }
    }
}
