import Clinical

extension MeasurePass {
    /// Whether a test holds for an entry.
    func truth(of test: EventTest, on number: Int32, in scope: Scope) -> Truth {
        let event = record.events[Int(number)]
        switch test {
        case .time(let relation, let aspect, let window): return time(relation, aspect, window, of: event, in: scope)
        case .status(let words): return Truth(words.contains(event.status))
        case .intent(let words): return Truth(event.intent.map(words.contains) ?? true)
        case .negated(let isNegated): return Truth(event.isNegated == isNegated)
        case .verification(let words): return Truth(event.details?.verification.map(words.contains) ?? true)
        case .category(let words): return Truth(event.categories.contains(where: words.contains))
        case .profile(let names): return Truth(event.profiles.isEmpty || event.profiles.contains(where: names.contains))
        case .visitClass(let words, let isOneOf):
            return Truth((event.details?.visitClass.map(words.contains) ?? false) == isOneOf)
        case .coded(let field, let sets): return Truth(record.sets.holds(codings(field, of: event), in: sets))
        case .hasValue(let isThere): return Truth((event.value != nil) == isThere)
        case .value(let comparison, let limit):
            guard case .quantity(let quantity)? = event.value else { return .no }
            return quantity.compare(comparison, limit)
        case .age(let edge, let range):
            guard let time = Self.time(edge, of: event.time) else { return .unknown(Self.undated) }
            return age(on: time.first, range)
        case .isDated(let edge): return Truth(Self.time(edge, of: event.time) != nil)
        case .notRefused: return Truth(!record.refused.contains(event.reference))
        case .dailyDose(let comparison, let limit, let strengths): return dailyDose(of: event, comparison, limit, strengths)
        case .any(let choices): return any(choices, on: number, in: scope)
        case .none(let choices): return any(choices, on: number, in: scope).not
        case .with(let query, let count): return goesWith(query, atLeast: count, number, in: scope)
        case .without(let query): return goesWith(query, atLeast: 1, number, in: scope).not
        case .condition(let id): return answer(id, in: scope.inside(number)).truth
        }
    }

    private func any(_ choices: [[EventTest]], on number: Int32, in scope: Scope) -> Truth {
        var truth = Truth.no
        for choice in choices {
            var all = Truth.yes
            for test in choice where !all.isNo { all = all.and(self.truth(of: test, on: number, in: scope)) }
            truth = truth.or(all)
            if truth.isYes { break }
        }
        return truth
    }

    private func goesWith(_ query: QueryID, atLeast count: Int, _ number: Int32, in scope: Scope) -> Truth {
        let found = found(query, in: scope.inside(number))
        if found.certain.count >= count { return .yes }
        if found.certain.count + found.possible.count >= count, let why = found.possible.first?.why { return .unknown(why) }
        return found.missing.map { .unknown($0) } ?? .no
    }

    // MARK: Times

    private func time(
        _ relation: TimeRelation, _ aspect: EventAspect, _ window: TimeWindow, of event: RecordEvent, in scope: Scope
    ) -> Truth {
        guard let period = period(aspect, of: event) else { return .unknown(Self.undated) }
        return truth(of: relation, period, window, in: scope)
    }

    private func period(_ aspect: EventAspect, of event: RecordEvent) -> EventPeriod? {
        switch aspect {
        case .happened: event.time
        case .recorded: event.recorded.map { EventPeriod($0) }
        case .supply: supply(of: event)
        case .dosing: event.details?.supply?.bounds
        }
    }

    /// From the first day for as many days as the order supplies, else for as long as its dosage says.
    ///
    /// - Source: CQL library CumulativeMedicationDuration: medicationRequestPeriod.
    private func supply(of event: RecordEvent) -> EventPeriod? {
        guard let supply = event.details?.supply else { return nil }
        guard let start = supply.bounds.flatMap({ Self.time(.start, of: $0) }) ?? Self.time(.start, of: event.time) else { return nil }
        let first = EventTime(first: start.first, last: start.last)
        if let days = supply.days {
            let count = Int(max(0, min(days.doubleValue, 1_000_000)).rounded(.down)) - 1
            return EventPeriod(start: .at(first), end: .at(first.adding(TimeSpan(amount: count, unit: .days))))
        }
        guard let end = supply.bounds.flatMap({ Self.time(.end, of: $0) }) else { return nil }
        return EventPeriod(start: .at(first), end: .at(EventTime(first: end.first, last: end.last)))
    }

    // MARK: Codes and doses

    private func codings(_ field: CodedField, of event: RecordEvent) -> [Coding] {
        switch field {
        case .value: if case .code(let concept)? = event.value { concept.codings } else { [] }
        case .bodySite: event.details?.bodySites ?? []
        case .reason: event.details?.reasons ?? []
        case .severity: event.details?.severities ?? []
        case .dischargedTo: event.details?.dispositions ?? []
        case .diagnosis: event.details?.diagnoses.flatMap { record.condition($0)?.codes ?? [] } ?? []
        }
    }

    /// Leaves the orders that can be refilled, or that were given once more for another day.
    ///
    /// - Source: measure CMS156, orders on different days.
    func keepRepeated(_ window: TimeWindow, in scope: Scope, _ result: inout Found) {
        let all = result.certain
        result.certain = all.filter { number in
            let event = record.events[Int(number)]
            guard truth(of: .during, event.time, window, in: scope).isYes else { return false }
            if (event.details?.supply?.refills ?? 0) >= 1 { return true }
            return all.contains { $0 != number && isAnother(record.events[Int($0)], than: event, window, in: scope) }
        }
        result.possible = []
    }

    /// Ordered on another day, or on the same day to begin on another.
    private func isAnother(_ one: RecordEvent, than other: RecordEvent, _ window: TimeWindow, in scope: Scope) -> Bool {
        guard truth(of: .during, one.time, window, in: scope).isYes else { return false }
        if one.time.startDays != other.time.startDays { return true }
        guard let mine = supply(of: one), let theirs = supply(of: other), mine.startDays != theirs.startDays else { return false }
        return [mine, theirs].allSatisfy { truth(of: .starts, $0, window, in: scope).isYes }
    }

    /// Dose a day: strength times quantity over the days that it lasts.
    private func dailyDose(
        of event: RecordEvent, _ comparison: Comparison, _ limit: Quantity, _ strengths: [StatedStrength]
    ) -> Truth {
        guard let strength = strengths.first(where: { record.sets.holds(event.codes, in: [$0.set]) })?.strength,
            let supply = event.details?.supply, let days = supply.days, !days.isZero, let quantity = supply.quantity,
            !strength.isPerVolume || quantity.unit == Quantity("1 mL")?.unit,
            let total = quantity.value.multiplied(by: strength.value), let daily = total.divided(by: days)
        else { return .unknown(UnknownReason(.notComputable, "the dose a day cannot be worked out")) }
        return Quantity(daily, limit.unit).compare(comparison, limit)
    }

    private static let undated = UnknownReason(.imprecise, "its date is not recorded")
}

extension Quantity {
    /// A strength such as `0.05 mg/mL`: the quantity it is multiplied with must be a volume.
    fileprivate var isPerVolume: Bool { unit?.description.hasSuffix("/mL") ?? false }
}
