import Clinical

/// A query with the facts that it hangs on filled in: which entries of the record count.
struct EntryScope {
    enum Time {
        case any
        case last(TimeSpan)
        /// Surely within the first, possibly within the second; the first is missing where the other fact's date is too coarse.
        case near(sure: ClosedRange<CivilDate>?, possible: ClosedRange<CivilDate>)
    }

    var time = Time.any
    /// Nothing where the encounter does not matter.
    var encounters: Set<ResourceReference>?

    static let any = EntryScope()

    var isAny: Bool {
        if case .any = time { encounters == nil } else { false }
    }

    /// The words for what was not found.
    var words: String {
        switch time {
        case .any: "on record"
        case .last(let span): "in \(span.words)"
        case .near: "in that time"
        }
    }
}

extension RuleContext {
    /// The scope of a query; where a fact that it hangs on is not so, the answer for everything that hangs on it.
    func scope(_ query: EntryQuery) -> (scope: EntryScope, refusal: Truth?) {
        var scope = EntryScope()
        switch query.window {
        case nil: break
        case .last(let span): scope.time = .last(span)
        case .near(let fact, let before, let after):
            let anchor = result(of: fact)
            if let refusal = absence(of: anchor) { return (scope, refusal) }
            guard let days = anchor.date?.days(in: record.asOf.zone) else {
                return (scope, .unknown(UnknownReason(.imprecise, "the date of \(rule.facts[fact.index].name) is not recorded")))
            }
            func start(_ day: CivilDate) -> CivilDate { before.map { day.adding($0.negated) } ?? day }
            func end(_ day: CivilDate) -> CivilDate { after.map { day.adding($0) } ?? day }
            let sure = (start(days.upperBound), end(days.lowerBound))
            scope.time = .near(
                sure: sure.0 <= sure.1 ? sure.0...sure.1 : nil, possible: start(days.lowerBound)...end(days.upperBound))
        }
        if let fact = query.encounterOf {
            let anchor = result(of: fact)
            if let refusal = absence(of: anchor) { return (scope, refusal) }
            let encounters = anchor.references.compactMap { record.encounter(of: $0) }
            if encounters.isEmpty {
                return (scope, .unknown(UnknownReason(.notRecorded, "the encounter of \(rule.facts[fact.index].name) is not recorded")))
            }
            scope.encounters = Set(encounters)
        }
        return (scope, nil)
    }

    /// No where the fact is not so, so that nothing can lie near it; unknown where that is not known.
    private func absence(of result: FactResult) -> Truth? {
        if let reason = result.unknownReason {
            let isAbsent = reason.kind == .notRecorded || reason.kind == .notInWindow
            return isAbsent && result.isMeasured ? .no : .unknown(reason)
        }
        if case .truth(.no) = result.value { return .no }
        return nil
    }
}

extension PatientRecord {
    /// Whether an entry of one moment counts.
    func counts(_ moment: PartialDate?, _ encounter: ResourceReference?, in scope: EntryScope) -> Truth {
        let inTime: Truth
        switch scope.time {
        case .any: inTime = .yes
        case .last(let span): inTime = moment.map { lies($0, within: span) } ?? .unknown(Self.undated)
        case .near(let sure, let possible):
            guard let days = moment?.days(in: asOf.zone) else {
                inTime = .unknown(Self.undated)
                break
            }
            if let sure, sure.contains(days.lowerBound), sure.contains(days.upperBound) {
                inTime = .yes
            } else if days.upperBound < possible.lowerBound || days.lowerBound > possible.upperBound {
                inTime = .no
            } else {
                inTime = .unknown(UnknownReason(.imprecise, "its date is too imprecise"))
            }
        }
        return inTime.and(belongs(encounter, to: scope))
    }

    /// Whether an entry that took some time counts: any of it must lie there.
    func counts(_ period: Period?, _ encounter: ResourceReference?, in scope: EntryScope) -> Truth {
        let inTime: Truth
        switch scope.time {
        case .any: inTime = .yes
        case .last(let span): inTime = period.map { overlaps($0, within: span) } ?? .unknown(Self.undated)
        case .near(let sure, let possible):
            guard let period else {
                inTime = .unknown(Self.undated)
                break
            }
            if let sure, period.overlaps(sure, in: asOf.zone) == .yes {
                inTime = .yes
            } else if period.overlaps(possible, in: asOf.zone) == .no {
                inTime = .no
            } else {
                inTime = .unknown(UnknownReason(.imprecise, "its date is too imprecise"))
            }
        }
        return inTime.and(belongs(encounter, to: scope))
    }

    /// Whether a result counts; where only its report is dated, that day is the latest on which it may have been taken.
    ///
    /// - Source: FHIR R4, observation: `issued`, when this version was made available, after `effective[x]`.
    func counts(_ observation: Observation, in scope: EntryScope) -> Truth {
        guard observation.effective == nil, let issued = observation.issued else {
            return counts(observation.effective?.start, observation.encounter, in: scope)
        }
        return counts(reported: issued, observation.encounter, in: scope)
    }

    /// No where even the day of the report lies before the time that counts; else not known.
    func counts(reported issued: Instant, _ encounter: ResourceReference?, in scope: EntryScope) -> Truth {
        let latest = PartialDate(issued, zone: asOf.zone)
        let isTooOld: Bool
        switch scope.time {
        case .any: return belongs(encounter, to: scope)
        case .last(let span): isTooOld = lies(latest, within: span) == .no
        case .near(_, let possible): isTooOld = latest.days(in: asOf.zone).upperBound < possible.lowerBound
        }
        let inTime = isTooOld ? Truth.no : .unknown(reportedOnly(issued))
        return inTime.and(belongs(encounter, to: scope))
    }

    /// Why the date of a result is not known of which the report is dated.
    func reportedOnly(_ issued: Instant) -> UnknownReason {
        UnknownReason(.imprecise, "it was reported on \(issued.date(in: asOf.zone)), and when it was taken is not recorded")
    }

    private func belongs(_ encounter: ResourceReference?, to scope: EntryScope) -> Truth {
        guard let wanted = scope.encounters else { return .yes }
        guard let encounter else { return .unknown(UnknownReason(.notRecorded, "its encounter is not recorded")) }
        return Truth(wanted.contains(encounter))
    }

    private static let undated = UnknownReason(.imprecise, "it has no date")
}
