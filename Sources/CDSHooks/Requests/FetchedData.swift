public import Documents

/// What asking for one thing gave.
public enum FetchedData: Sendable {
    /// The pages in order, from the first; one document where it is a read, or a search with one page. Where the last of
    /// them has a link to a next one, the data count as a part.
    case pages([JSONDocument])
    /// It could not be had; why, in words that follow "and", such as `the FHIR server did not answer in time`.
    case failed(why: String)

    public static func document(_ document: JSONDocument) -> FetchedData { .pages([document]) }
}

extension HookRequest {
    /// The call with what was fetched, by the keys of ``MissingData/Query``.
    ///
    /// What came with the call stays, unless all pages of it were fetched anew. What could not be fetched stands as failed, so
    /// that rules take it for unknown; of a search of which only the first pages could be had, these count.
    public func completed(with fetched: [String: FetchedData]) -> HookRequest {
        var request = self
        request.fetched.append(fetched)
        for index in request.prefetch.indices {
            guard let data = fetched[request.prefetch[index].template.key] else { continue }
            request.prefetch[index].take(data)
        }
        for (key, data) in fetched.sorted(by: { $0.key < $1.key }) where key.hasPrefix("Medication/") {
            guard case .pages(let documents) = data, let resource = documents.first?.root,
                resource["resourceType"]?.equals("Medication") == true
            else { continue }
            request.referenced.append(resource)
        }
        return request
    }

    /// The call with all that was fetched for it, round after round.
    public func completed(with fetched: FetchedRounds) -> HookRequest {
        fetched.rounds.reduce(self) { $0.completed(with: $1) }
    }
}

extension PrefetchAnswer {
    fileprivate mutating func take(_ data: FetchedData) {
        switch (data, state) {
        case (.pages(let documents), .value):
            guard let whole = Pages.joined(documents.map(\.root)), case let state = Self.state(of: whole, for: template) else { return }
            if case .value = state { self.state = state }
        case (.pages(let documents), .absent), (.pages(let documents), .failed), (.pages(let documents), .mistaken):
            if let whole = Pages.joined(documents.map(\.root)) {
                state = Self.state(of: whole, for: template)
            } else {
                state = .unreachable(why: "the FHIR server sent nothing that can be read")
            }
        case (.failed(let why), .absent), (.failed(let why), .failed), (.failed(let why), .mistaken):
            state = .unreachable(why: why)
        default:
            break
        }
    }
}
