import Clinical

extension PatientRecord {
    /// Whether the patient has a problem now, or ever had it.
    func has(_ set: CodeSetID, ever: Bool) -> FactResult {
        let held = (conditionsBySet[set] ?? []).map { snapshot.conditions[$0] }
        let counting = held.filter { $0.standing == .active || (ever && $0.standing == .past) }
        guard !counting.isEmpty else { return .truth(snapshot.supply(of: .conditions).truthOfAbsence(.conditions)) }
        let dated = latest(counting) { $0.onset ?? $0.recorded }
        return FactResult(
            .truth(.yes), date: dated, references: counting.map(\.reference).sorted())
    }

    /// Whether something was done to the patient, at any time or within the last while.
    ///
    /// Evidence may stand as a procedure or as a result that was obtained: a mammogram is either.
    func done(_ set: CodeSetID, within span: TimeSpan?) -> FactResult {
        var found = (proceduresBySet[set] ?? []).compactMap { number -> Evidence? in
            let procedure = snapshot.procedures[number]
            return procedure.isDone ? Evidence(procedure.performed, procedure.reference) : nil
        }
        found += (observationsBySet[set] ?? []).compactMap { number -> Evidence? in
            let observation = snapshot.observations[number]
            return observation.isEvidence ? Evidence(observation.effective, observation.reference) : nil
        }
        return dated(found, within: span, absent: absenceOfDone(set))
    }

    /// Whether a valid dose of a vaccine was given.
    func vaccine(_ set: CodeSetID, within span: TimeSpan?) -> FactResult {
        let found = (immunizationsBySet[set] ?? []).compactMap { number -> Evidence? in
            let dose = snapshot.immunizations[number]
            return dose.isValidDose ? Evidence(dose.occurred.map { Period($0) }, dose.reference) : nil
        }
        return dated(found, within: span, absent: snapshot.supply(of: .immunizations).truthOfAbsence(.immunizations))
    }

    /// Whether an encounter that goes on now has a code of the set.
    func setting(_ set: CodeSetID) -> FactResult {
        let here = snapshot.encounters.filter { encounter in
            guard encounter.status == "in-progress" || encounter.status == "arrived" || encounter.status == "triaged"
                || encounter.status == "onleave"
            else { return false }
            return (encounter.codes + encounter.settings).contains { concept($0, isIn: set) }
        }
        if here.isEmpty { return .truth(snapshot.supply(of: .encounters).truthOfAbsence(.encounters)) }
        return FactResult(.truth(.yes), references: here.map(\.reference).sorted())
    }

    /// Evidence of something done, with its date.
    private struct Evidence {
        let period: Period?
        let reference: ResourceReference

        init(_ period: Period?, _ reference: ResourceReference) {
            self.period = period
            self.reference = reference
        }
    }

    /// The latest of what was found, future dates left out, as far as it lies in the last while.
    private func dated(_ found: [Evidence], within span: TimeSpan?, absent: Truth) -> FactResult {
        let past = found.filter { evidence in
            guard let start = evidence.period?.start ?? evidence.period?.end else { return true }
            return start.days(in: asOf.zone).lowerBound <= today
        }
        var certainty: Truth = .no
        var counting: [Evidence] = []
        for evidence in past {
            var truth: Truth = .yes
            if let span {
                truth = evidence.period.map { overlaps($0, within: span) }
                    ?? .unknown(UnknownReason(.imprecise, "it has no date"))
            }
            certainty = certainty.or(truth)
            if truth == .yes { counting.append(evidence) }
        }
        if certainty == .no { return .truth(absent) }
        let date = latest(counting) { $0.period?.start ?? $0.period?.end }
        return FactResult(.truth(certainty), date: date, references: unique(counting.map(\.reference)).sorted())
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
        absence == nil && (status == "final" || status == "amended" || status == "corrected")
    }
}
