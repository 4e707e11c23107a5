import Clinical
public import Engine
import Intake

/// One published service: a hook, an address and what it asks for in advance.
public struct CDSService: Sendable {
    public let hook: any Hook
    public let prefetch: [PrefetchTemplate]
    /// LOINC codes of the observations that its rules read; nothing for all of them.
    let observationCodes: CodeFilter?
    /// What is read as events, for measures.
    let eventKinds: Set<RecordEvent.Kind>

    /// The last segment of the endpoint, `/cds-services/{id}`.
    public var id: String { hook.serviceID }

    public init(hook: any Hook, needs: DataNeeds) {
        self.hook = hook
        prefetch = PrefetchTemplate.templates(for: needs)
        observationCodes = needs.observationCodes.isEmpty ? nil : CodeFilter(needs.observationCodes)
        eventKinds = needs.eventKinds
    }
}

/// The services of one edition, found by their id.
public struct ServiceCatalogue: Sendable {
    /// In the order in which they are published.
    public let services: [CDSService]
    private let index: [String: Int]

    /// One service for each hook; `needs` says what the rules of an occasion read.
    public init(hooks: [any Hook] = HookCatalog.all, needs: (Occasion) -> DataNeeds) {
        services = hooks.map { CDSService(hook: $0, needs: $0.needs(needs)) }
        index = Dictionary(services.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(id: String) -> CDSService? {
        index[id].map { services[$0] }
    }
}

extension Hook {
    /// What the rules of its occasions read together; medicines too, where these are what is checked.
    fileprivate func needs(_ needs: (Occasion) -> DataNeeds) -> DataNeeds {
        var all = DataNeeds(), readsAllObservations = false
        for occasion in occasions {
            let some = needs(occasion)
            readsAllObservations = readsAllObservations || some.sections.contains(.observations) && some.observationCodes.isEmpty
            all.formUnion(some)
        }
        if readsAllObservations { all.observationCodes = [] }
        switch subject {
        case .recorded, .medicines, .dispatched: all.sections.insert(.medications)
        case .drafts, .patient: break
        }
        return all
    }
}
