import Documents

/// One query under way: its redirects, its pages and its clock.
struct QueryFetch: Sendable {
    let query: FHIRQuery
    let base: FHIRBase
    let headers: [(name: String, value: String)]
    let limits: FetchLimits
    let budget: ByteBudget
    /// The instant at which all must be in.
    let end: ContinuousClock.Instant
    let transport: HTTPTransport

    /// What comes of the query; pages that are in stay, whatever becomes of the next.
    func run() async -> FetchOutcome {
        guard let start = query.address(below: base) else { return .failed(.queryUnusable) }
        var pages: [JSONDocument] = []
        var asked: Set<WebAddress> = [start]
        var address = start
        while true {
            do throws(FetchFailure) {
                let page = try await page(at: address)
                pages.append(page)
                guard let next = try nextPage(after: page, at: address) else { return .complete(pages) }
                guard asked.insert(next).inserted else { throw FetchFailure.pagingLoop }
                guard pages.count < limits.pages else { throw FetchFailure.tooManyPages }
                address = next
            } catch {
                return pages.isEmpty ? .failed(error) : .partial(pages, error)
            }
        }
    }

    private func page(at address: WebAddress) async throws(FetchFailure) -> JSONDocument {
        let time = min(limits.timeout, ContinuousClock.now.duration(to: end))
        // A transfer's clock counts whole milliseconds, so one that ran out of time can leave the rest of one behind.
        guard time >= .milliseconds(1) else { throw .noTimeLeft }
        let reply = try await within(time) { () async throws(FetchFailure) -> HTTPReply in
            try await self.reply(from: address, within: time)
        }
        return try FHIRAnswer.document(of: reply, to: query)
    }

    /// The reply of `address`, or of where it redirects to within the base.
    private func reply(from address: WebAddress, within time: Duration) async throws(FetchFailure) -> HTTPReply {
        var address = address
        for _ in 0...max(limits.redirects, 0) {
            let reply = try await transport.get(
                address, headers: headers, bodyLimit: limits.bodyLimit, budget: budget, timeout: time)
            guard [301, 302, 303, 307, 308].contains(reply.status) else { return reply }
            guard let target = reply.location.flatMap({ address.resolving($0) }), target.isWithin(base.address) else {
                throw .redirectedAway
            }
            address = target
        }
        throw .tooManyRedirects
    }

    /// Where the next page of a search stands; `nil` after the last.
    ///
    /// A link relative to the server counts from its base, as FHIR has it; a link to any other server is not followed.
    private func nextPage(after page: JSONDocument, at address: WebAddress) throws(FetchFailure) -> WebAddress? {
        guard query.id == nil, let link = FHIRAnswer.nextLink(of: page) else { return nil }
        let root = WebAddress("\(base)/") ?? address
        let start = link.hasPrefix("?") ? base.address : root
        guard let next = start.resolving(link), next.isWithin(base.address) else { throw .pagingAway }
        return next
    }
}
