public import Clinical

/// Which entries of the record count for a fact, and which of them speaks for it.
public struct EntryQuery: Sendable, Hashable {
    /// Which entry, where there are several. The highest and the lowest are those of quantities only.
    public enum Pick: String, Sendable, Hashable, CaseIterable {
        case latest
        case earliest
        case highest
        case lowest
    }

    /// When it must have been.
    public enum Window: Sendable, Hashable {
        /// In the last while; today belongs to it.
        case last(TimeSpan)
        /// So long before and after the day of another fact; that day belongs to it, and a side without a span ends there.
        case near(FactID, before: TimeSpan?, after: TimeSpan?)
    }

    /// Nothing where it may have been at any time.
    public let window: Window?
    public let pick: Pick
    /// Only entries of the encounter in which this fact was found.
    public let encounterOf: FactID?

    public init(window: Window? = nil, pick: Pick = .latest, encounterOf: FactID? = nil) {
        self.window = window
        self.pick = pick
        self.encounterOf = encounterOf
    }

    /// In the last while, or at any time without a span.
    public init(within span: TimeSpan?, pick: Pick = .latest) {
        self.init(window: span.map { .last($0) }, pick: pick)
    }

    /// Every entry; the latest speaks.
    public static let any = EntryQuery()

    /// The facts it hangs on.
    public var parts: [FactID] {
        var parts = encounterOf.map { [$0] } ?? []
        if case .near(let fact, _, _)? = window { parts.append(fact) }
        return parts
    }
}

/// One result of a lab, chosen among those that count.
public struct LabQuery: Sendable, Hashable {
    public let lab: LabID
    public let entries: EntryQuery

    public init(lab: LabID, entries: EntryQuery) {
        self.lab = lab
        self.entries = entries
    }

    public init(lab: LabID, within: TimeSpan?, pick: EntryQuery.Pick = .latest) {
        self.init(lab: lab, entries: EntryQuery(within: within, pick: pick))
    }
}
