public import Engine

/// One published service: a hook, an address and what it asks for in advance.
public struct CDSService: Sendable {
    public let hook: any Hook
    public let prefetch: [PrefetchTemplate]

    /// The last segment of the endpoint, `/cds-services/{id}`.
    public var id: String { hook.serviceID }

    public init(hook: any Hook, needs: DataNeeds) {
        self.hook = hook
        prefetch = PrefetchTemplate.templates(for: needs)
    }
}

/// The services of one edition, found by their id.
public struct ServiceCatalogue: Sendable {
    /// In the order in which they are published.
    public let services: [CDSService]
    private let index: [String: Int]

    /// One service for each hook; `needs` says what its rules read.
    public init(hooks: [any Hook] = HookCatalog.all, needs: (Occasion) -> DataNeeds) {
        services = hooks.map { CDSService(hook: $0, needs: needs($0.occasion)) }
        index = Dictionary(services.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(id: String) -> CDSService? {
        index[id].map { services[$0] }
    }
}
