import Clinical
import Knowledge

/// Whether a dose that was given satisfies a dose of a series.
///
/// - Source: CDSi Logic Specification 4.6, sections 6.3 to 6.10.
struct TargetDoseEvaluation {
    let series: PatientSeries
    let schedule: ImmunizationSchedule
    /// The place in the antigen's history.
    let place: Int

    private var history: AntigenHistory { series.history }
    private var given: ImmunizationHistory.Dose { history[place] }

    /// What the dose counts for; section 6.10, table 6-31.
    func evaluate(_ dose: SeriesDose) -> DoseEvaluation {
        if dose.inadvertentVaccines.contains(given.cvx) { return result(.notValid, [.inadvertent], dose) }
        let age = ageProblem(dose.ages(on: given.day))
        if age == .tooOld { return result(.extraneous, [.tooOld], dose) }
        let found = [
            age, intervalProblem(dose), isInConflict ? .conflict : nil, isRightVaccine(dose) ? nil : .vaccine,
        ].compactMap { $0 }
        let against = found.filter { $0 != .gracePeriod }
        if !against.isEmpty { return result(.notValid, against, dose) }
        return result(.valid, Array(found.prefix(1)), dose)
    }

    private func result(
        _ status: DoseEvaluation.Status, _ reasons: [DoseEvaluation.Reason], _ dose: SeriesDose
    ) -> DoseEvaluation {
        DoseEvaluation(status: status, reasons: reasons, target: dose.number)
    }

    // MARK: Age, 6.4

    private func ageProblem(_ ages: DoseAges) -> DoseEvaluation.Reason? {
        let birth = history.patient.birthDate
        if let least = ages.absoluteMinimum, given.day < least.added(to: birth) { return .tooYoung }
        if let most = ages.maximum, most.added(to: birth) <= given.day { return .tooOld }
        if let minimum = ages.minimum, given.day < minimum.added(to: birth) { return .gracePeriod }
        return nil
    }

    // MARK: Intervals, 6.5 and 6.6

    private func intervalProblem(_ dose: SeriesDose) -> DoseEvaluation.Reason? {
        let reference = IntervalReference(series: series, place: place)
        var inGrace = false
        var isSatisfied = true
        for interval in dose.preferableIntervals where interval.effective.contains(given.day) {
            guard let start = reference.day(of: interval.start) else { continue }
            if let least = interval.absoluteMinimum, given.day < least.added(to: start) { isSatisfied = false }
            if let minimum = interval.minimum, given.day < minimum.added(to: start) { inGrace = true }
        }
        if isSatisfied { return inGrace ? .gracePeriod : nil }
        let allowable = dose.allowableIntervals.filter { $0.effective.contains(given.day) }
        let isAllowed =
            !allowable.isEmpty
            && allowable.allSatisfy { interval in
                guard let start = reference.day(of: interval.start), let least = interval.absoluteMinimum else { return true }
                return least.added(to: start) <= given.day
            }
        return isAllowed ? nil : .tooSoon
    }

    // MARK: Conflict, 6.7

    private var isInConflict: Bool {
        schedule.conflicts(with: given.cvx).contains { conflict in
            history.patient.doses.prefix(history.doses[place]).contains { earlier in
                earlier.cvx == conflict.previousVaccine && conflict.begin.added(to: earlier.day) <= given.day
                    && given.day < conflict.minimumEnd.added(to: earlier.day)
            }
        }
    }

    // MARK: Vaccine, 6.8 and 6.9

    private func isRightVaccine(_ dose: SeriesDose) -> Bool {
        if dose.preferableVaccines.isEmpty, dose.allowableVaccines.isEmpty { return true }
        let given = given
        func isRight(_ vaccine: DoseVaccine) -> Bool {
            vaccine.cvx == given.cvx
                && AgeSpan(begin: vaccine.beginAge, end: vaccine.endAge).contains(given.day, bornOn: history.patient.birthDate)
        }
        return dose.preferableVaccines.contains(where: isRight) || dose.allowableVaccines.contains(where: isRight)
    }
}

/// The day that an interval is counted from.
///
/// - Source: CDSi, CALCDTINT-1, -2, -8 and -9.
struct IntervalReference {
    let series: PatientSeries
    /// How many doses of the antigen's history lie before.
    let place: Int

    func day(of start: DoseInterval.Start) -> CivilDate? {
        let history = series.history
        switch start {
        case .previousDose: return series.previousDose(before: place)
        case .dose(let number): return series.day(ofDose: number)
        case .vaccines(let vaccines):
            // Whatever antigens it holds: Td before a pertussis dose.
            let limit = place < history.doses.count ? history.doses[place] : history.patient.doses.count
            return history.patient.doses.prefix(limit).last { vaccines.contains($0.cvx) }?.day
        case .observation(let code): return history.patient.observations[code] ?? nil
        }
    }
}
