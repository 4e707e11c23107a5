public import Clinical

/// Which entries of a record are meant: where they come from, what must be true of each, and which of them count.
public struct EventQuery: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// Entries of a kind that bear a code of one of these sets; any code where there are none.
        case record(RecordEvent.Kind, sets: [ValueSetID]?)
        /// What other queries find, each entry once.
        case anyOf([QueryID])
    }

    public var source: Source
    public var tests: [EventTest]
    /// Of orders, those that can be refilled or that were given again for another day, within this window.
    public var repeatedIn: TimeWindow?
    public var picks: [EventPick]

    public init(source: Source, tests: [EventTest] = [], repeatedIn: TimeWindow? = nil, picks: [EventPick] = []) {
        self.source = source
        self.tests = tests
        self.repeatedIn = repeatedIn
        self.picks = picks
    }
}

/// Which of several entries count.
public enum EventPick: String, Sendable, Hashable, CaseIterable {
    case latestStart = "latest start"
    case latestEnd = "latest"
    case earliest
    /// All of the day on which the last of them ended.
    case latestDay = "latest day"
    /// The lowest value; one without a number stands before all that have one.
    case lowest
    case highest
}

/// Something that must be true of an entry.
public indirect enum EventTest: Sendable, Hashable {
    case time(TimeRelation, of: EventAspect, TimeWindow)
    case status([String])
    case intent([String])
    case negated(Bool)
    /// What the record says of verification is nothing, or one of these.
    case verification([String])
    case category([String])
    /// It names none of its profiles, or one of these.
    case profile([String])
    case visitClass([String], isOneOf: Bool)
    case coded(CodedField, [ValueSetID])
    case hasValue(Bool)
    case value(Comparison, Quantity)
    /// Completed years or months on the first or the last day of the entry.
    case age(TimeEdge, AgeRange)
    /// A date is stated at this end.
    case isDated(TimeEdge)
    /// No task about it was rejected.
    case notRefused
    /// Dose a day by the strength of the product, its quantity and the days that it lasts.
    case dailyDose(Comparison, Quantity, strengths: [StatedStrength])
    case any([[EventTest]])
    case none([[EventTest]])
    /// So many entries like this go with it; their `it` is the entry.
    case with(QueryID, atLeast: Int)
    case without(QueryID)
    case condition(ConditionID)
}

/// The strength of a product by its code.
public struct StatedStrength: Sendable, Hashable {
    public let set: ValueSetID
    public let strength: Quantity

    public init(set: ValueSetID, strength: Quantity) {
        self.set = set
        self.strength = strength
    }
}

/// A coded element of an entry beside its code.
public enum CodedField: String, Sendable, Hashable, CaseIterable {
    case value
    case bodySite = "body_site"
    case reason
    case severity
    case dischargedTo = "discharged_to"
    /// The code of a condition that a visit names as its diagnosis or its reason.
    case diagnosis
}

/// Which time of an entry.
public enum EventAspect: Sendable, Hashable {
    /// When it was, or was ordered.
    case happened
    /// When it was written down.
    case recorded
    /// From its first day, for as long as it supplies.
    case supply
    /// For as long as the dosage says.
    case dosing
}

public enum TimeRelation: String, Sendable, Hashable, CaseIterable {
    case during, overlaps, starts, ends
    /// It overlaps the window and goes on beyond its end.
    case continuesAfter = "continues_after"
    /// It began before the window and overlaps it.
    case continuesInto = "continues_into"
}

public enum TimeEdge: String, Sendable, Hashable, CaseIterable {
    case start, end
}

/// From a point to a point; an end that is missing leaves it open.
public struct TimeWindow: Sendable, Hashable {
    public var from: TimePoint?
    public var to: TimePoint?
    /// True where the end point itself does not belong to it.
    public var excludesFrom: Bool
    public var excludesTo: Bool
    /// Compared to the minute where both times are known; else by days.
    public var isPrecise: Bool

    public init(
        from: TimePoint?, to: TimePoint?, excludesFrom: Bool = false, excludesTo: Bool = false, isPrecise: Bool = false
    ) {
        self.from = from
        self.to = to
        self.excludesFrom = excludesFrom
        self.excludesTo = excludesTo
        self.isPrecise = isPrecise
    }

    /// What other entries it hangs on.
    public var query: QueryID? {
        for case .query(let query)? in [from?.anchor, to?.anchor] { return query }
        return nil
    }
}

/// The start or the end of something, or so long before or after it.
public struct TimePoint: Sendable, Hashable {
    public enum Anchor: Sendable, Hashable {
        case period
        /// The entry around this one.
        case it
        /// What the measure counts.
        case episode
        /// A stay with the visits that led into it, each ending within an hour before the next began.
        case hospitalization(through: [[ValueSetID]])
        /// Each entry that a query finds, tried one by one.
        case query(QueryID)
    }

    public var anchor: Anchor
    public var edge: TimeEdge
    /// Into the past where negative.
    public var offset: TimeSpan?

    public init(anchor: Anchor, edge: TimeEdge, offset: TimeSpan? = nil) {
        self.anchor = anchor
        self.edge = edge
        self.offset = offset
    }
}

/// Ages from `low` up to and with `high`, in completed years or months.
public struct AgeRange: Sendable, Hashable {
    public var low: Int?
    public var high: Int?
    public var isInMonths: Bool

    public init(low: Int?, high: Int?, isInMonths: Bool) {
        self.low = low
        self.high = high
        self.isInMonths = isInMonths
    }
}
