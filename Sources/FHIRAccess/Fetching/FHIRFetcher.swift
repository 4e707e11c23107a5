/// Fetches from a client's FHIR server what a call did not bring.
///
/// Queries run side by side, each bounded in time, size, redirects and pages, all together in time and size. The access token
/// goes to the server that was named and to no other: redirects and further pages are followed below its base only. The answer
/// always comes before the deadline, with a reason for whatever is missing.
///
/// - Source: CDS Hooks 2.0.1, "FHIR Resource Access"; FHIR R4, "Paging" (http.html#paging).
public struct FHIRFetcher: Sendable {
    private let transport: HTTPTransport

    public init(transport: HTTPTransport) {
        self.transport = transport
    }

    /// Asks `queries` of a server.
    ///
    /// - Parameters:
    ///   - queries: reads (`Patient/123`) and searches (`Condition?patient=123`) by key, tokens filled in and values encoded.
    ///   - base: the call's `fhirServer`, as it was sent.
    ///   - token: the call's `fhirAuthorization.access_token`; it is neither kept nor logged.
    ///   - policy: what is agreed with the authenticated client.
    ///   - deadline: when the call must be answered; all is in earlier than that by the policy's reserve.
    /// - Returns: an outcome for each key.
    public func fetch(
        queries: [String: String], base: String, token: String?, policy: FetchPolicy, deadline: ContinuousClock.Instant
    ) async -> [String: FetchOutcome] {
        func all(_ failure: FetchFailure) -> [String: FetchOutcome] { queries.mapValues { _ in .failed(failure) } }
        guard let base = policy.base(named: base) else { return all(.baseNotAllowed) }
        guard transport.reach.mayTry(base.address) else { return all(.addressRefused) }
        guard let headers = Self.headers(token: token) else { return all(.tokenUnusable) }

        // Keys that ask the same share one answer.
        let read = queries.mapValues(FHIRQuery.init)
        let budget = ByteBudget(policy.limits.totalLimit)
        let end = deadline - policy.limits.reserve
        let fetches = Set(read.values.compactMap(\.self)).sorted { $0.target < $1.target }.map { query in
            QueryFetch(
                query: query, base: base, headers: headers, limits: policy.limits, budget: budget, end: end, transport: transport)
        }
        let outcomes = await Self.run(fetches, atOnce: policy.limits.parallelRequests)
        return read.mapValues { query in query.flatMap { outcomes[$0] } ?? .failed(.queryUnusable) }
    }

    private static func run(_ fetches: [QueryFetch], atOnce count: Int) async -> [FHIRQuery: FetchOutcome] {
        await withTaskGroup(of: (FHIRQuery, FetchOutcome).self) { group in
            var outcomes: [FHIRQuery: FetchOutcome] = [:]
            var waiting = fetches.makeIterator()
            for _ in 0..<max(count, 1) {
                guard let fetch = waiting.next() else { break }
                group.addTask { (fetch.query, await fetch.run()) }
            }
            while let (query, outcome) = await group.next() {
                outcomes[query] = outcome
                if let fetch = waiting.next() { group.addTask { (fetch.query, await fetch.run()) } }
            }
            return outcomes
        }
    }

    /// The headers of each request; `nil` where the token could not stand in one.
    ///
    /// - Source: RFC 6750 §2.1 for the characters of a token.
    private static func headers(token: String?) -> [(name: String, value: String)]? {
        let accept = (name: "accept", value: "application/fhir+json, application/json;q=0.9")
        guard let token else { return [accept] }
        guard !token.isEmpty, token.utf8.count <= 16 << 10, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return [accept, (name: "authorization", value: "Bearer \(token)")]
    }
}
