/// From a start to an end, both included to their precision.
///
/// No end means that it goes on; no start means that its start is not known.
///
/// - Source: FHIR R4, datatypes: Period ("the end value includes any matching date/time").
public struct Period: Sendable, Hashable {
    public var start: PartialDate?
    public var end: PartialDate?

    public init(start: PartialDate?, end: PartialDate?) {
        self.start = start
        self.end = end
    }

    /// A single moment: it starts and ends there.
    public init(_ moment: PartialDate) {
        self.init(start: moment, end: moment)
    }

    /// Did any of it lie in `window`? Unknown where the dates are too coarse to tell.
    public func overlaps(_ window: ClosedRange<CivilDate>, in zone: ZoneOffset) -> Truth {
        let starts = start?.days(in: zone)
        let ends = end?.days(in: zone)
        if let starts, let ends, ends.upperBound < starts.lowerBound {
            return .unknown(UnknownReason(.conflicting, "its end lies before its start"))
        }
        if let starts, starts.lowerBound > window.upperBound { return .no }
        if let ends, ends.upperBound < window.lowerBound { return .no }
        guard let starts else { return overlapsWithoutStart(window, ends) }
        let surelyStarted = starts.upperBound <= window.upperBound
        let surelyLasted = ends.map { $0.lowerBound >= window.lowerBound } ?? true
        if surelyStarted, surelyLasted { return .yes }
        let coarse = surelyStarted ? end : start
        return .unknown(UnknownReason(.imprecise, "\(coarse?.precisionWords ?? "a date is missing"), which is not precise enough"))
    }

    /// Does its start lie in `window`?
    public func starts(in window: ClosedRange<CivilDate>, zone: ZoneOffset) -> Truth {
        start?.lies(in: window, zone: zone) ?? .unknown(Self.startNotRecorded)
    }

    /// Without a start, only an end within the window shows that some of it lay there.
    private func overlapsWithoutStart(_ window: ClosedRange<CivilDate>, _ ends: ClosedRange<CivilDate>?) -> Truth {
        guard let ends, window.contains(ends.lowerBound), window.contains(ends.upperBound) else {
            return .unknown(Self.startNotRecorded)
        }
        return .yes
    }

    private static let startNotRecorded = UnknownReason(.imprecise, "its start is not recorded")
}
