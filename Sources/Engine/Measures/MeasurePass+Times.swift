import Clinical

extension MeasurePass {
    // MARK: Points

    /// The moment that a point names; `nil` where the end of something is open or not known.
    func time(of point: TimePoint, in scope: Scope, anchor: EventPeriod?) -> EventTime? {
        let base: EventTime?
        switch point.anchor {
        case .period: base = EventTime(point.edge == .start ? period.start : period.end)
        case .it: base = scope.it.flatMap { Self.time(point.edge, of: record.events[Int($0)].time) }
        case .episode: base = scope.episode.flatMap { Self.time(point.edge, of: record.events[Int($0)].time) }
        case .hospitalization(let through): base = scope.episode.flatMap { hospitalization(of: $0, through, point.edge) }
        case .query: base = anchor.flatMap { Self.time(point.edge, of: $0) }
        }
        guard let base, let offset = point.offset else { return base }
        return base.adding(offset)
    }

    static func time(_ edge: TimeEdge, of period: EventPeriod) -> EventTime? {
        if case .at(let time) = edge == .start ? period.start : period.end { time } else { nil }
    }

    /// The last day that a point can mean.
    func day(of point: TimePoint, in scope: Scope) -> CivilDate? {
        time(of: point, in: scope, anchor: nil)?.first
    }

    /// From the first of the visits that led into a stay, each ending within an hour before the next began, to the stay's end.
    ///
    /// - Source: CQL library CQMCommon: hospitalizationWithObservation.
    private func hospitalization(of stay: Int32, _ through: [[ValueSetID]], _ edge: TimeEdge) -> EventTime? {
        let period = record.events[Int(stay)].time
        guard edge == .start, var start = Self.time(.start, of: period) else { return Self.time(edge, of: period) }
        for sets in through {
            let before = record.numbers(.encounter, in: sets).filter { number in
                let visit = record.events[Int(number)]
                guard visit.status == "finished", let end = Self.time(.end, of: visit.time)?.instant, let first = start.instant
                else { return false }
                return end <= first && end >= first.adding(milliseconds: -3_600_000)
            }
            let last = before.max { left, right in
                (Self.time(.end, of: record.events[Int(left)].time)?.instant?.milliseconds ?? 0)
                    < (Self.time(.end, of: record.events[Int(right)].time)?.instant?.milliseconds ?? 0)
            }
            if let last, let earlier = Self.time(.start, of: record.events[Int(last)].time) { start = earlier }
        }
        return start
    }

    // MARK: Relations

    /// How something stands to a window; where the window hangs on other entries, to any of them.
    func truth(of relation: TimeRelation, _ period: EventPeriod, _ window: TimeWindow, in scope: Scope) -> Truth {
        guard let query = window.query else { return truth(of: relation, period, window, in: scope, anchor: nil) }
        let found = found(query, in: scope)
        var truth = Truth.no
        for number in found.certain {
            truth = truth.or(self.truth(of: relation, period, window, in: scope, anchor: record.events[Int(number)].time))
            if truth.isYes { return .yes }
        }
        for item in found.possible {
            let one = self.truth(of: relation, period, window, in: scope, anchor: record.events[Int(item.number)].time)
            truth = truth.or(one.and(.unknown(item.why)))
        }
        return truth.or(found.missing.map { .unknown($0) } ?? .no)
    }

    private func truth(
        of relation: TimeRelation, _ period: EventPeriod, _ window: TimeWindow, in scope: Scope, anchor: EventPeriod?
    ) -> Truth {
        let from = window.from.map { Limit(time(of: $0, in: scope, anchor: anchor)) }
        let to = window.to.map { Limit(time(of: $0, in: scope, anchor: anchor)) }
        func isAfter(_ bound: EventPeriod.Bound, _ days: ClosedRange<Int>) -> Truth {
            from.map { $0.isBefore(bound, days, orAt: !window.excludesFrom, precise: window.isPrecise) } ?? .yes
        }
        func isBefore(_ bound: EventPeriod.Bound, _ days: ClosedRange<Int>) -> Truth {
            to.map { $0.isAfter(bound, days, orAt: !window.excludesTo, precise: window.isPrecise) } ?? .yes
        }
        switch relation {
        case .starts: return isAfter(period.start, period.startDays).and(isBefore(period.start, period.startDays))
        case .ends: return isAfter(period.end, period.endDays).and(isBefore(period.end, period.endDays))
        case .during: return isAfter(period.start, period.startDays).and(isBefore(period.end, period.endDays))
        case .overlaps: return isBefore(period.start, period.startDays).and(isAfter(period.end, period.endDays))
        case .continuesAfter:
            return isBefore(period.start, period.startDays).and(isAfter(period.end, period.endDays))
                .and(to?.isBefore(period.end, period.endDays, orAt: false, precise: false) ?? .no)
        case .continuesInto:
            return isAfter(period.end, period.endDays)
                .and(from?.isAfter(period.start, period.startDays, orAt: false, precise: false) ?? .no)
        }
    }

    /// The age on a day, in completed years or months.
    func age(on day: CivilDate, _ range: AgeRange) -> Truth {
        guard let born = record.patient.birthDate?.days(in: .utc) else {
            return .unknown(UnknownReason(.notRecorded, "the date of birth is not recorded"))
        }
        let age = range.isInMonths ? CivilDate.completedMonths(from: born, to: day) : CivilDate.completedYears(from: born, to: day)
        let low = range.low ?? .min
        let high = range.high ?? .max
        if age.upperBound < low || age.lowerBound > high { return .no }
        if age.lowerBound >= low, age.upperBound <= high { return .yes }
        return .unknown(UnknownReason(.imprecise, "the date of birth is not precise enough"))
    }
}

/// One end of a window, resolved.
private struct Limit {
    let time: EventTime?

    init(_ time: EventTime?) {
        self.time = time
    }

    /// Does the limit lie before the bound?
    func isBefore(_ bound: EventPeriod.Bound, _ days: ClosedRange<Int>, orAt: Bool, precise: Bool) -> Truth {
        guard let time else { return .unknown(Self.open) }
        if precise, case .at(let other) = bound, let mine = time.instant, let theirs = other.instant {
            return Truth(mine < theirs || (orAt && mine == theirs))
        }
        let first = time.first.daysSinceEpoch, last = time.last.daysSinceEpoch
        if last < days.lowerBound || (orAt && !precise && last <= days.lowerBound) { return .yes }
        if first > days.upperBound || (!orAt && !precise && first >= days.upperBound) { return .no }
        return .unknown(Self.coarse)
    }

    /// Does the limit lie after the bound?
    func isAfter(_ bound: EventPeriod.Bound, _ days: ClosedRange<Int>, orAt: Bool, precise: Bool) -> Truth {
        guard let time else { return .unknown(Self.open) }
        if precise, case .at(let other) = bound, let mine = time.instant, let theirs = other.instant {
            return Truth(mine > theirs || (orAt && mine == theirs))
        }
        let first = time.first.daysSinceEpoch, last = time.last.daysSinceEpoch
        if first > days.upperBound || (orAt && !precise && first >= days.upperBound) { return .yes }
        if last < days.lowerBound || (!orAt && !precise && last <= days.lowerBound) { return .no }
        return .unknown(Self.coarse)
    }

    private static let open = UnknownReason(.imprecise, "a date is not recorded")
    private static let coarse = UnknownReason(.imprecise, "a date is not precise enough")
}
