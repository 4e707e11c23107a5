public import Clinical
public import Knowledge

/// Which drugs fill a role: any of several alternatives.
public struct DrugSelector: Sendable, Hashable {
    public let alternatives: [Alternative]
    /// True where nothing narrows or widens any of them.
    let isPlain: Bool

    /// Members of one set, with what narrows or widens them.
    public struct Alternative: Sendable, Hashable {
        public let set: DrugSetID
        /// A drug that ended at most this long ago still counts: a washout.
        public let stoppedWithin: TimeSpan?
        /// Only by these routes; a route that is not known keeps the drug in.
        public let routes: Set<RouteGroup>?
        /// Only at set times: what is taken as needed does not count.
        public let isScheduled: Bool

        /// True where nothing narrows or widens the set.
        var isPlain: Bool { stoppedWithin == nil && routes == nil && !isScheduled }

        public init(
            set: DrugSetID, stoppedWithin: TimeSpan? = nil, routes: Set<RouteGroup>? = nil, isScheduled: Bool = false
        ) {
            self.set = set
            self.stoppedWithin = stoppedWithin
            self.routes = routes
            self.isScheduled = isScheduled
        }
    }

    public init(_ alternatives: [Alternative]) {
        self.alternatives = alternatives
        isPlain = alternatives.allSatisfy(\.isPlain)
    }
}
