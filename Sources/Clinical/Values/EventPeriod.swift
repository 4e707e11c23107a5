/// A moment of a record by its day, in the zone in which it was written, and by its time where one was.
///
/// A year or a month is all its days: `first` to `last`.
@frozen
public struct EventTime: Sendable, Hashable {
    public let first: CivilDate
    public let last: CivilDate
    public let instant: Instant?

    public init(first: CivilDate, last: CivilDate, instant: Instant? = nil) {
        self.first = first
        self.last = last
        self.instant = instant
    }

    public init(_ day: CivilDate) {
        self.init(first: day, last: day)
    }

    /// The moment as it was written. Days are counted in its own zone, so that a visit in the evening is on that evening's day.
    public init(_ date: PartialDate) {
        if let zone = date.zone {
            let days = date.days(in: zone)
            self.init(first: days.lowerBound, last: days.upperBound, instant: date.instants(in: zone).lowerBound)
        } else {
            let days = date.days(in: .utc)
            self.init(first: days.lowerBound, last: days.upperBound)
        }
    }

    /// The moment so much later; days and longer move the day and keep the time of day out of it.
    public func adding(_ span: TimeSpan) -> EventTime {
        if let elapsed = span.elapsedMilliseconds {
            guard let instant else { return self }
            let moved = instant.adding(milliseconds: elapsed)
            let shift = moved.date(in: .utc).daysSinceEpoch - instant.date(in: .utc).daysSinceEpoch
            return EventTime(first: first.adding(days: shift), last: last.adding(days: shift), instant: moved)
        }
        let day = first.adding(span)
        let shift = Int64(day.daysSinceEpoch - first.daysSinceEpoch) * 86_400_000
        return EventTime(first: day, last: last.adding(span), instant: instant?.adding(milliseconds: shift))
    }
}

/// From a start to an end, each a moment, open, or not known.
@frozen
public struct EventPeriod: Sendable, Hashable {
    @frozen
    public enum Bound: Sendable, Hashable {
        case at(EventTime)
        /// Without end, or since ever.
        case open
        /// There is one, and it is not stated.
        case unknown
    }

    public var start: Bound
    public var end: Bound

    public init(start: Bound, end: Bound) {
        self.start = start
        self.end = end
    }

    public init(_ moment: EventTime) {
        self.init(start: .at(moment), end: .at(moment))
    }

    /// A period of FHIR: without an end it goes on, without a start its start is not known.
    public init(_ period: Period) {
        self.init(
            start: period.start.map { .at(EventTime($0)) } ?? .unknown, end: period.end.map { .at(EventTime($0)) } ?? .open)
    }

    /// The first and the last day on which it can have begun.
    public var startDays: ClosedRange<Int> {
        switch start {
        case .at(let time): time.first.daysSinceEpoch...time.last.daysSinceEpoch
        case .open: Int.min...Int.min
        case .unknown: Int.min...lastPossibleStart
        }
    }

    /// The first and the last day on which it can have ended.
    public var endDays: ClosedRange<Int> {
        switch end {
        case .at(let time): time.first.daysSinceEpoch...time.last.daysSinceEpoch
        case .open: Int.max...Int.max
        case .unknown: firstPossibleEnd...Int.max
        }
    }

    private var lastPossibleStart: Int { if case .at(let time) = end { time.last.daysSinceEpoch } else { .max } }
    private var firstPossibleEnd: Int { if case .at(let time) = start { time.first.daysSinceEpoch } else { .min } }
}
