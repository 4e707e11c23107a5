/// Until when an answer holds if nothing but time passes: told, while something is worked out, of each comparison with the instant.
///
/// Told too early it costs work; told too late it would be wrong. So whoever does not know says ``turnsTomorrow()``.
public final class Horizon {
    public let asOf: AsOf
    /// The first instant at which something may come out otherwise; nothing where nothing ever does.
    public private(set) var end: Instant?

    public init(_ asOf: AsOf) {
        self.asOf = asOf
    }

    /// Something turns when this day begins. What lies behind has turned already.
    public func turns(on day: CivilDate) {
        guard day > asOf.today else { return }
        turns(at: PartialDate(day).instants(in: asOf.zone).lowerBound)
    }

    /// Something turns on the day that lies so long after another, or in the three days after it: months are not alike.
    public func turns(_ span: TimeSpan, after day: CivilDate) {
        let about = day.adding(span)
        for days in 0...3 { turns(on: about.adding(days: days)) }
    }

    /// Something turns at this instant.
    public func turns(at instant: Instant) {
        guard instant > asOf.instant, end.map({ instant < $0 }) ?? true else { return }
        end = instant
    }

    /// It cannot be told when something turns: with every day.
    public func turnsTomorrow() { turns(on: asOf.today.adding(days: 1)) }
}
