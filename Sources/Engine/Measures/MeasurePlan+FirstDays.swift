public import Clinical

extension MeasurePlan {
    /// The days before which an entry cannot have ended that is to count in a period: by kind of entry and by code.
    ///
    /// A code is here where every query that can find an entry by it asks for a time that begins at the period, or so long before or
    /// after it. An entry of that code which ended before the day answers each of these queries with no, in this period and in
    /// later ones, whatever else is asked. Codes that are not here count whenever they were.
    public func firstDays(in period: MeasurementPeriod) -> [RecordEvent.Kind: [String: CivilDate]] {
        var days: [RecordEvent.Kind: [ValueSetID: CivilDate]] = [:]
        func admit(_ kind: RecordEvent.Kind, _ sets: [ValueSetID], from day: CivilDate) {
            for set in sets { days[kind, default: [:]][set] = min(days[kind]?[set] ?? .last, day) }
        }
        for query in queries {
            guard case .record(let kind, let sets?) = query.source, codes[kind] != nil else { continue }
            admit(kind, sets, from: query.firstDay(in: period) ?? .first)
        }
        // The visits that led into a stay are found by their codes alone.
        admit(.encounter, queries.flatMap(\.visitsBeforeStays) + conditions.flatMap(\.visitsBeforeStays), from: .first)
        return days.mapValues { sets.firstDays($0).filter { $0.value > .first } }
    }
}

extension EventQuery {
    /// The day before which an entry cannot have ended that this finds; nothing where no test says so by the period alone.
    fileprivate func firstDay(in period: MeasurementPeriod) -> CivilDate? {
        tests.compactMap { test in
            guard case .time(_, .happened, let window) = test, let from = window.from, case .period = from.anchor else { return nil }
            let base = EventTime(from.edge == .start ? period.start : period.end)
            return (from.offset.map { base.adding($0) } ?? base).first
        }.max()
    }

    fileprivate var visitsBeforeStays: [ValueSetID] {
        tests.flatMap(\.visitsBeforeStays) + (repeatedIn?.visitsBeforeStays ?? [])
    }
}

extension EventTest {
    fileprivate var visitsBeforeStays: [ValueSetID] {
        switch self {
        case .time(_, _, let window): window.visitsBeforeStays
        case .any(let choices), .none(let choices): choices.joined().flatMap(\.visitsBeforeStays)
        default: []
        }
    }
}

extension MeasureCondition {
    fileprivate var visitsBeforeStays: [ValueSetID] {
        switch self {
        case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.visitsBeforeStays)
        case .age(let point, _): point.visitsBeforeStays
        case .died(let window): window.visitsBeforeStays
        default: []
        }
    }
}

extension TimeWindow {
    fileprivate var visitsBeforeStays: [ValueSetID] { [from, to].compactMap(\.self).flatMap(\.visitsBeforeStays) }
}

extension TimePoint {
    fileprivate var visitsBeforeStays: [ValueSetID] {
        if case .hospitalization(let through) = anchor { Array(through.joined()) } else { [] }
    }
}
