import Clinical
import Knowledge

/// Where one patient stands with one care gap.
enum GapOutcome {
    /// The rule is not about this patient.
    case notConcerned
    /// It would be, and an exclusion applies.
    case excluded
    /// Done in time, or not yet due: the day on which it will be due and the last time it was done, where there are any.
    case closed(due: CivilDate?, last: CivilDate?)
    /// A state, and exclusions of which a complete record says nothing.
    case gap(GapState, unknown: [FactID])
    /// It could not be decided; the facts for which, with the reasons. Never empty.
    case notChecked([UnknownFact])
}

extension GapOutcome {
    /// The kind of the state; nothing where nothing is to be said.
    fileprivate var kind: GapState.Kind? {
        if case .gap(let state, _) = self { state.kind } else { nil }
    }
}

extension RuleContext {
    /// Decides a care gap. What was not supplied makes it *not checked*, never overdue.
    ///
    /// An exclusion of which a complete record says nothing does not exclude: the card says that it was not known.
    func outcome(of gap: CareGapKind) -> GapOutcome {
        let population = truth(of: gap.population)
        if population == .no { return .notConcerned }
        let exclusions = gap.exclusions.map { ($0, truth(of: $0)) }
        if exclusions.contains(where: { $0.1 == .yes }) { return .excluded }
        if gap.notDueWhile.contains(where: { truth(of: $0) == .yes }) { return .closed(due: nil, last: nil) }

        let state = standing(of: gap)
        if case .closed = state { return state }
        var unknown = population.isUnknown ? unknownFacts(in: gap.population) : []
        let open = exclusions.filter { $0.1.isUnknown }.flatMap { unknownFacts(in: $0.0) }
        unknown += open.filter { !isMerelyUnrecorded($0) }
        for criterion in gap.notDueWhile where truth(of: criterion).isUnknown { unknown += unknownFacts(in: criterion) }
        switch state {
        case .notChecked(let facts): return .notChecked(unique(unknownFacts(unique(unknown)) + facts))
        case .gap(let state, let more) where unknown.isEmpty: return .gap(state, unknown: unique(open + more))
        default: return .notChecked(unknownFacts(unique(unknown)))
        }
    }

    /// True where everything came and nothing of it tells.
    private func isMerelyUnrecorded(_ fact: FactID) -> Bool {
        guard let reason = result(of: fact).unknownReason else { return false }
        return reason.kind == .notRecorded || reason.kind == .notInWindow
    }

    /// The state by the evidence alone.
    private func standing(of gap: CareGapKind) -> GapOutcome {
        var last: ClosedRange<CivilDate>?
        var done: [FactID] = []
        var unknown: [FactID] = []
        for evidence in gap.evidence {
            let results = evidence.facts.map { ($0, presence(of: $0)) }
            if results.contains(where: { $0.1 == .no }) { continue }
            let open = results.filter { $0.1.isUnknown }.map(\.0)
            if !open.isEmpty {
                unknown += open
                continue
            }
            done += evidence.facts
            for date in evidence.facts.compactMap({ result(of: $0).date?.days(in: record.asOf.zone) }) {
                // A date too coarse, of which a part lies ahead, moves on with every day.
                if date.upperBound > record.asOf.today { record.horizon.turnsTomorrow() }
                let latest = max(date.lowerBound, min(date.upperBound, record.asOf.today))
                last = last.map { max($0.lowerBound, date.lowerBound)...max($0.upperBound, latest) } ?? date.lowerBound...latest
            }
        }
        guard !done.isEmpty else {
            if unknown.isEmpty, let forecast = forecast(of: gap) { return forecast }
            return unknown.isEmpty
                ? .gap(GapState(kind: .never, due: nil, last: nil), unknown: []) : .notChecked(unknownFacts(unknown))
        }
        guard !gap.intervals.isEmpty else { return .closed(due: forecastDue(of: gap), last: last?.upperBound) }
        guard let last else { return .notChecked(unknownFacts(unknown) + open(done, "its date is not recorded")) }
        let intervals = intervals(of: gap)
        guard let longest = intervals.possible.max(by: { last.upperBound.adding($0) < last.upperBound.adding($1) }) else {
            let reason = UnknownReason(.notComputable, "no row of `every` applies to the patient")
            return .notChecked(unknownFacts(unknown) + [UnknownFact(name: "interval", reason: reason, missing: nil)])
        }
        let outcome = state(of: gap, last: last.upperBound, due: last.upperBound.adding(longest))
        // Every interval that may apply, from every day that it may have been, must come to the same.
        func agrees(_ day: CivilDate) -> Bool {
            intervals.possible.allSatisfy { state(of: gap, last: day, due: day.adding($0)).kind == outcome.kind }
        }
        guard agrees(last.upperBound) else { return .notChecked(unknownFacts(unknown + intervals.unknown)) }
        guard agrees(last.lowerBound) else {
            return .notChecked(unknownFacts(unknown) + open(done, "its date is too imprecise to tell whether it is due again"))
        }
        guard case .gap(let state, _) = outcome else { return outcome }
        // Something newer may be among what did not come.
        let missing = unknownFacts(unknown) + gap.evidence.flatMap(\.facts).compactMap { fact in
            record.absence(of: rule.facts[fact.index].definition).reason.map { open(fact, $0) }
        }
        return missing.isEmpty ? .gap(state, unknown: intervals.unknown) : .notChecked(missing)
    }

    /// Where a forecast says that it is due: never done, or due again since the day that it names.
    private func forecast(of gap: CareGapKind) -> GapOutcome? {
        guard let due = forecastDue(of: gap) else { return nil }
        let last = gap.evidence.flatMap(\.facts).compactMap { result(of: $0).date?.days(in: record.asOf.zone).upperBound }.max()
        return .gap(GapState(kind: last == nil ? .never : .overdue, due: due, last: last), unknown: [])
    }

    /// The day that a forecast among the evidence names.
    private func forecastDue(of gap: CareGapKind) -> CivilDate? {
        gap.evidence.flatMap(\.facts).compactMap { result(of: $0).due }.min()
    }

    private func open(_ fact: FactID, _ reason: UnknownReason) -> UnknownFact {
        UnknownFact(name: rule.facts[fact.index].name, reason: reason, missing: rule.facts[fact.index].missing)
    }

    private func open(_ facts: [FactID], _ why: String) -> [UnknownFact] {
        unique(facts).map { open($0, UnknownReason(.imprecise, why)) }
    }

    private func state(of gap: CareGapKind, last: CivilDate, due: CivilDate) -> GapOutcome {
        let overdue = gap.grace.map { due.adding($0) } ?? due
        let today = record.asOf.today
        record.horizon.turns(on: overdue.adding(days: 1))
        if today > overdue { return .gap(GapState(kind: .overdue, due: due, last: last), unknown: []) }
        guard let soon = gap.dueSoon.map({ due.adding($0.negated) }) else { return .closed(due: due, last: last) }
        record.horizon.turns(on: soon)
        if today >= soon {
            return .gap(GapState(kind: .dueSoon, due: due, last: last), unknown: [])
        }
        return .closed(due: due, last: last)
    }

    /// Whether evidence is there: a lab result counts by being there, whatever its value.
    func presence(of fact: FactID) -> Truth {
        let result = result(of: fact)
        if case .truth(let truth) = result.value { return truth }
        guard let reason = result.unknownReason else { return .yes }
        switch reason.kind {
        case .notRecorded, .notInWindow: return .no
        default: return result.date == nil ? .unknown(reason) : .yes
        }
    }

    /// The intervals that may apply, and the facts for which it is not one alone.
    private func intervals(of gap: CareGapKind) -> (possible: [TimeSpan], unknown: [FactID]) {
        var possible: [TimeSpan] = []
        var unknown: [FactID] = []
        for row in gap.intervals {
            let applies = row.when.map { truth(of: $0) } ?? .yes
            if applies.isNo { continue }
            possible.append(row.interval)
            if applies.isYes { break }
            if let when = row.when { unknown += unknownFacts(in: when) }
        }
        return (possible, unique(unknown))
    }
}
