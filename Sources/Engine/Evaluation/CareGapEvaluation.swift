import Clinical
import Knowledge

/// Where one patient stands with one care gap.
enum GapOutcome {
    /// Nothing is to be said: not of the population, excluded, done in time, or not yet due.
    case nothing
    /// A state, and exclusions of which a complete record says nothing.
    case gap(GapState, unknown: [FactID])
    /// It could not be decided; the facts for which.
    case notChecked([FactID])
}

extension RuleContext {
    /// Decides a care gap. What was not supplied makes it *not checked*, never overdue.
    ///
    /// An exclusion of which a complete record says nothing does not exclude: the card says that it was not known.
    func outcome(of gap: CareGapKind) -> GapOutcome {
        let population = truth(of: gap.population)
        if population == .no { return .nothing }
        let exclusions = gap.exclusions.map { ($0, truth(of: $0)) }
        if exclusions.contains(where: { $0.1 == .yes }) { return .nothing }
        if gap.notDueWhile.contains(where: { truth(of: $0) == .yes }) { return .nothing }

        let state = standing(of: gap)
        if case .nothing = state { return .nothing }
        var unknown = population.isUnknown ? unknownFacts(in: gap.population) : []
        let open = exclusions.filter { $0.1.isUnknown }.flatMap { unknownFacts(in: $0.0) }
        unknown += open.filter { !isMerelyUnrecorded($0) }
        for criterion in gap.notDueWhile where truth(of: criterion).isUnknown { unknown += unknownFacts(in: criterion) }
        switch state {
        case .notChecked(let facts): return .notChecked(unique(unknown + facts))
        case .gap(let state, _) where unknown.isEmpty: return .gap(state, unknown: unique(open))
        default: return .notChecked(unique(unknown))
        }
    }

    /// True where everything came and nothing of it tells.
    private func isMerelyUnrecorded(_ fact: FactID) -> Bool {
        guard let reason = result(of: fact).unknownReason else { return false }
        return reason.kind == .notRecorded || reason.kind == .notInWindow
    }

    /// The state by the evidence alone.
    private func standing(of gap: CareGapKind) -> GapOutcome {
        var last: CivilDate?
        var isDone = false
        var unknown: [FactID] = []
        for evidence in gap.evidence {
            let results = evidence.facts.map { ($0, presence(of: $0)) }
            if results.contains(where: { $0.1 == .no }) { continue }
            let open = results.filter { $0.1.isUnknown }.map(\.0)
            if !open.isEmpty {
                unknown += open
                continue
            }
            isDone = true
            let dates = evidence.facts.compactMap { result(of: $0).date?.days(in: record.asOf.zone).upperBound }
            if let date = dates.max(), date > last ?? date.adding(days: -1) { last = date }
        }
        guard isDone else { return unknown.isEmpty ? .gap(GapState(kind: .never, due: nil, last: nil), unknown: []) : .notChecked(unknown) }
        guard !gap.intervals.isEmpty else { return .nothing }
        guard let last else { return unknown.isEmpty ? .nothing : .notChecked(unknown) }
        switch interval(of: gap) {
        case .failure(let facts): return .notChecked(unknown + facts.facts)
        case .success(let interval):
            let state = state(of: gap, last: last, due: last.adding(interval))
            if case .gap = state, !unknown.isEmpty { return .notChecked(unknown) }
            return state
        }
    }

    private func state(of gap: CareGapKind, last: CivilDate, due: CivilDate) -> GapOutcome {
        let overdue = gap.grace.map { due.adding($0) } ?? due
        if record.today > overdue { return .gap(GapState(kind: .overdue, due: due, last: last), unknown: []) }
        if let span = gap.dueSoon, record.today >= due.adding(span.negated) {
            return .gap(GapState(kind: .dueSoon, due: due, last: last), unknown: [])
        }
        return .nothing
    }

    /// Whether evidence is there: a lab result counts by being there, whatever its value.
    private func presence(of fact: FactID) -> Truth {
        let result = result(of: fact)
        if case .truth(let truth) = result.value { return truth }
        guard let reason = result.unknownReason else { return .yes }
        switch reason.kind {
        case .notRecorded, .notInWindow: return .no
        default: return result.date == nil ? .unknown(reason) : .yes
        }
    }

    /// Facts that decide the interval and are unknown.
    private struct UnknownInterval: Error {
        let facts: [FactID]
    }

    private func interval(of gap: CareGapKind) -> Result<TimeSpan, UnknownInterval> {
        for row in gap.intervals {
            guard let when = row.when else { return .success(row.interval) }
            switch truth(of: when) {
            case .yes: return .success(row.interval)
            case .no: continue
            case .unknown: return .failure(UnknownInterval(facts: unknownFacts(in: when)))
            }
        }
        return .failure(UnknownInterval(facts: []))
    }
}
