/// A FHIR date, dateTime or instant with the precision it was written with, or a window of days.
///
/// A year is all its days and a month all its days; nothing is taken for the first of January.
///
/// - Source: FHIR R4, datatypes: date, dateTime, instant.
public struct PartialDate: Sendable, Hashable {
    @frozen
    public enum Precision: Sendable, Hashable, Comparable {
        case year
        case month
        case day
        case instant
    }

    /// How a span of days was stated.
    enum Form: Sendable, Hashable {
        case year
        case month
        case day
        case window
    }

    /// How an instant was written, so that it can be printed the same way.
    struct Writing: Sendable, Hashable {
        /// Digits behind the seconds: how many, and those below the millisecond.
        var fractionDigits: UInt8 = 0
        var nanosecondOfMillisecond: UInt32 = 0
        /// `+00:00` or `-00:00` in place of `Z`.
        var zone = Zone.plain
        /// Second 60, kept as the last millisecond of its minute.
        var isLeapSecond = false

        enum Zone: Sendable, Hashable {
            case plain
            case plusZero
            case minusZero
        }
    }

    enum Content: Sendable, Hashable {
        case days(first: CivilDate, last: CivilDate, Form)
        case moment(Instant, ZoneOffset, Writing)
    }

    let content: Content

    init(_ content: Content) {
        self.content = content
    }

    /// One day.
    public init(_ date: CivilDate) {
        content = .days(first: date, last: date, .day)
    }

    /// A point in time, printed in `zone`.
    public init(_ instant: Instant, zone: ZoneOffset) {
        let hasMilliseconds = instant.milliseconds % 1000 != 0
        content = .moment(instant, zone, Writing(fractionDigits: hasMilliseconds ? 3 : 0))
    }

    /// Some day of a window: what an age, a period or a range leaves open.
    public init(days: ClosedRange<CivilDate>) {
        let isOneDay = days.lowerBound == days.upperBound
        content = .days(first: days.lowerBound, last: days.upperBound, isOneDay ? .day : .window)
    }

    /// How precisely it is known. A window counts as a month where it lies within one, else as a year.
    public var precision: Precision {
        switch content {
        case .moment: .instant
        case .days(_, _, .day): .day
        case .days(_, _, .month): .month
        case .days(_, _, .year): .year
        case .days(let first, let last, .window):
            (first.year, first.month) == (last.year, last.month) ? .month : .year
        }
    }

    /// The zone it was written with, where it is a point in time.
    public var zone: ZoneOffset? {
        if case .moment(_, let zone, _) = content { zone } else { nil }
    }

    /// The calendar days on which it may lie.
    ///
    /// - Parameter zone: where the days of a point in time are counted; dates without time need none.
    public func days(in zone: ZoneOffset) -> ClosedRange<CivilDate> {
        switch content {
        case .days(let first, let last, _):
            return first...last
        case .moment(let instant, _, _):
            let day = instant.date(in: zone)
            return day...day
        }
    }

    /// The instants at which it may lie, first and last included.
    ///
    /// - Parameter zone: where the days of a date without time begin and end.
    public func instants(in zone: ZoneOffset) -> ClosedRange<Instant> {
        switch content {
        case .moment(let instant, _, _):
            return instant...instant
        case .days(let first, let last, _):
            let start = (first.daysSinceEpoch * 86_400 - zone.seconds) * 1000
            let end = ((last.daysSinceEpoch + 1) * 86_400 - zone.seconds) * 1000 - 1
            return Instant(milliseconds: Int64(start))...Instant(milliseconds: Int64(end))
        }
    }

    /// The day, where it is one day exactly.
    public func date(in zone: ZoneOffset) -> CivilDate? {
        let days = days(in: zone)
        return days.lowerBound == days.upperBound ? days.lowerBound : nil
    }

    /// What is known of it, to stand in a reason.
    var precisionWords: String {
        switch content {
        case .moment: "only the time is recorded"
        case .days(_, _, .day): "only the day is recorded"
        case .days(_, _, .month): "only the month is recorded"
        case .days(_, _, .year): "only the year is recorded"
        case .days(_, _, .window): "only a range of dates is recorded"
        }
    }
}

// MARK: Comparing

extension PartialDate {
    /// Does it lie in `window`? Yes where all its days do, no where none does, else unknown.
    public func lies(in window: ClosedRange<CivilDate>, zone: ZoneOffset) -> Truth {
        let days = days(in: zone)
        if !days.overlaps(window) { return .no }
        let isInside = window.contains(days.lowerBound) && window.contains(days.upperBound)
        return isInside ? .yes : .unknown(UnknownReason(.imprecise, "\(precisionWords), which is not precise enough"))
    }

    /// Is it before `other`? Unknown where their windows overlap and precision does not decide.
    ///
    /// Two points in time are compared as such; as soon as one has no time, whole days decide.
    public func isBefore(_ other: PartialDate, in zone: ZoneOffset) -> Truth {
        let (mine, theirs) = windows(with: other, in: zone)
        if mine.upperBound < theirs.lowerBound { return .yes }
        if mine.lowerBound >= theirs.upperBound { return .no }
        return .unknown(imprecision(with: other))
    }

    /// Are they the same date? Unknown where one could be the other but is less precise.
    ///
    /// - Source: FHIRPath N1 §6.1, equality of dates of different precision.
    public func isSame(as other: PartialDate, in zone: ZoneOffset) -> Truth {
        if case (.moment(let mine, _, _), .moment(let theirs, _, _)) = (content, other.content) {
            return Truth(mine == theirs)
        }
        let (mine, theirs) = windows(with: other, in: zone)
        if !mine.overlaps(theirs) { return .no }
        let areAlike = precision == other.precision && mine == theirs
        return areAlike && !isWindow && !other.isWindow ? .yes : .unknown(imprecision(with: other))
    }

    private var isWindow: Bool {
        if case .days(_, _, .window) = content { true } else { false }
    }

    private func windows(with other: PartialDate, in zone: ZoneOffset) -> (ClosedRange<Int64>, ClosedRange<Int64>) {
        if case (.moment(let mine, _, _), .moment(let theirs, _, _)) = (content, other.content) {
            return (mine.milliseconds...mine.milliseconds, theirs.milliseconds...theirs.milliseconds)
        }
        func numbers(_ days: ClosedRange<CivilDate>) -> ClosedRange<Int64> {
            Int64(days.lowerBound.daysSinceEpoch)...Int64(days.upperBound.daysSinceEpoch)
        }
        return (numbers(days(in: zone)), numbers(other.days(in: zone)))
    }

    private func imprecision(with other: PartialDate) -> UnknownReason {
        let coarser = precision <= other.precision ? self : other
        return UnknownReason(.imprecise, "\(coarser.precisionWords), which is not precise enough")
    }
}
