import Clinical

/// Something of the record that may speak for a fact.
struct RecordEntry {
    let period: Period?
    let reference: ResourceReference
    let encounter: ResourceReference?
    /// When it was reported, of a result of which nothing else is dated.
    let reported: Instant?

    init(
        _ period: Period?, _ reference: ResourceReference, _ encounter: ResourceReference? = nil, reported: Instant? = nil
    ) {
        self.period = period
        self.reference = reference
        self.encounter = encounter
        self.reported = period == nil ? reported : nil
    }

    var moment: PartialDate? { period?.start ?? period?.end }
}

extension PatientRecord {
    /// Whether the patient has a problem now, or ever had it; a time asks when it began. What is only suspected is not known.
    func has(_ set: CodeSetID, ever: Bool, _ query: EntryQuery, in scope: EntryScope) -> FactResult {
        let held = conditionsBySet[set].map { snapshot.conditions[$0] }
        let absence = self.absence(in: .conditions)
        let absent = held.contains { $0.standing == .uncertain } ? absence.or(.unknown(Self.suspected)) : absence
        let counting = held.filter { $0.standing == .active || (ever && $0.standing == .past) }
        let found = counting.map { condition in
            RecordEntry((condition.onset ?? condition.recorded).map { Period($0) }, condition.reference, condition.encounter)
        }
        return dated(found, query, in: scope, absent: absent) { self.counts($0.moment, $0.encounter, in: scope) }
    }

    private static let suspected = UnknownReason(.imprecise, "it is recorded as suspected, not as confirmed")

    /// Whether something was done to the patient.
    ///
    /// RecordEntry may stand as a procedure or as a result that was obtained: a mammogram is either.
    func done(_ set: CodeSetID, _ query: EntryQuery, in scope: EntryScope) -> FactResult {
        var found = proceduresBySet[set].compactMap { number -> RecordEntry? in
            let procedure = snapshot.procedures[number]
            return procedure.isDone ? RecordEntry(procedure.performed, procedure.reference, procedure.encounter) : nil
        }
        found += observationsBySet[set].compactMap { number -> RecordEntry? in
            let observation = snapshot.observations[number]
            return observation.isEvidence ? RecordEntry(observation.effective, observation.reference, observation.encounter, reported: observation.issued) : nil
        }
        return dated(past(found), query, in: scope, absent: absenceOfDone(set))
    }

    /// Whether a valid dose of a vaccine was given.
    func vaccine(_ set: CodeSetID, _ query: EntryQuery, in scope: EntryScope) -> FactResult {
        let found = immunizationsBySet[set].compactMap { number -> RecordEntry? in
            let dose = snapshot.immunizations[number]
            return dose.isValidDose ? RecordEntry(dose.occurred.map { Period($0) }, dose.reference) : nil
        }
        return dated(
            past(found), query, in: scope, absent: absence(in: .immunizations))
    }

    /// Whether an encounter that goes on now has a code of the set; where a time is asked for, also one that has ended.
    func setting(_ set: CodeSetID, _ query: EntryQuery, in scope: EntryScope) -> FactResult {
        let here = snapshot.encounters.filter { encounter in
            let isNow = encounter.status == "in-progress" || encounter.status == "arrived" || encounter.status == "triaged"
                || encounter.status == "onleave"
            guard isNow || (query.window != nil && encounter.status == "finished") else { return false }
            return (encounter.codes + encounter.settings).contains { concept($0, isIn: set) }
        }
        let found = here.map { RecordEntry($0.period, $0.reference, $0.reference) }
        let isUnclear = found.isEmpty && snapshot.encounters.contains { mayCount($0, inPast: query.window != nil) }
        let unclear = Truth.unknown(UnknownReason(.notRecorded, "a visit does not say its status or its kind"))
        return dated(found, query, in: scope, absent: isUnclear ? unclear : absence(in: .encounters))
    }

    /// True for a visit that may be going on, or may be of any kind, as it does not say.
    private func mayCount(_ visit: Encounter, inPast: Bool) -> Bool {
        guard visit.status == "unknown" || (visit.status == "in-progress" && visit.codes.isEmpty && visit.settings.isEmpty) else { return false }
        guard !inPast, let end = visit.period?.end else { return true }
        let last = end.days(in: asOf.zone).upperBound
        horizon.turns(on: last.adding(TimeSpan(amount: 1, unit: .days)))
        return last >= asOf.today
    }

    /// What lies ahead is no evidence that it was done.
    private func past(_ found: [RecordEntry]) -> [RecordEntry] {
        found.filter { evidence in
            guard let start = evidence.moment else { return true }
            let day = start.days(in: asOf.zone).lowerBound
            horizon.turns(on: day)
            return day <= asOf.today
        }
    }

    /// What the entries that count come to: yes where one does, with the date of the one that the query picks.
    private func dated(
        _ found: [RecordEntry], _ query: EntryQuery, in scope: EntryScope, absent: Truth, counts: ((RecordEntry) -> Truth)? = nil
    ) -> FactResult {
        var certainty: Truth = .no
        var counting: [RecordEntry] = []
        var uncertain: [RecordEntry] = []
        for evidence in found {
            let truth = scope.isAny ? .yes : counts?(evidence) ?? self.counts(evidence, in: scope)
            certainty = certainty.or(truth)
            if truth == .yes { counting.append(evidence) } else if truth.isUnknown { uncertain.append(evidence) }
        }
        if certainty == .no {
            let result = FactResult.truth(absent)
            result.occurrences = Occurrences(least: 0, most: absent.isUnknown ? nil : 0)
            return result
        }
        let result = FactResult(
            .truth(certainty), date: picked(counting, query.pick), references: unique(counting.map(\.reference)).sorted())
        let most = absent.isUnknown ? nil : days(counting + uncertain)
        result.occurrences = Occurrences(least: days(counting), most: most)
        return result
    }

    private func counts(_ entry: RecordEntry, in scope: EntryScope) -> Truth {
        entry.reported.map { counts(reported: $0, entry.encounter, in: scope) } ?? counts(entry.period, entry.encounter, in: scope)
    }

    /// On how many days they lie; each that has no date counts by itself.
    func days(_ found: [RecordEntry]) -> Int {
        var days: Set<CivilDate> = []
        var undated: Set<ResourceReference> = []
        for evidence in found {
            if let day = evidence.moment?.days(in: asOf.zone).lowerBound { days.insert(day) } else { undated.insert(evidence.reference) }
        }
        return days.count + undated.count
    }

    private func picked(_ found: [RecordEntry], _ pick: EntryQuery.Pick) -> PartialDate? {
        guard pick == .earliest else { return latest(found) { $0.moment } }
        return found.compactMap(\.moment).min { first, second in
            let one = first.instants(in: asOf.zone)
            let other = second.instants(in: asOf.zone)
            return (one.lowerBound, one.upperBound) < (other.lowerBound, other.upperBound)
        }
    }

    /// The latest date among elements; undated ones say nothing.
    func latest<Element>(_ elements: [Element], by date: (Element) -> PartialDate?) -> PartialDate? {
        elements.compactMap(date).max { first, second in
            let one = first.instants(in: asOf.zone)
            let other = second.instants(in: asOf.zone)
            return (one.lowerBound, one.upperBound) < (other.lowerBound, other.upperBound)
        }
    }
}

extension Observation {
    /// True where it shows that the thing was done and has a result that stands.
    ///
    /// - Source: FHIR R4 observation-status; `dataAbsentReason` means that it was not.
    var isEvidence: Bool {
        absence == nil && isFinal
    }

    private var isFinal: Bool { status == "final" || status == "amended" || status == "corrected" }

    /// Why a result that was sent cannot be told from an older or newer one; `nil` where it can, or where it says itself that it does not count.
    var reasonUnused: String? {
        if status == "unknown" { return "its status is not stated" }
        guard isEvidence else { return nil }
        if value == nil { return "it has no value" }
        guard effective == nil else { return nil }
        return issued == nil ? "it has no date" : "it is dated by its report alone"
    }
}
