import Clinical
import Immunization
import Knowledge

extension PatientRecord {
    /// Whether a group of vaccines asks for nothing now: all given, not yet due, no longer or never asked for.
    ///
    /// It carries the day on which the next dose is or was due, and the day of the last dose of the group.
    /// Nothing is forecast from nothing: without a date of birth or a history it is unknown.
    func upToDate(_ group: VaccineGroup, by mark: DueMark) -> FactResult {
        let found: VaccineGroupForecast
        switch forecast(of: group) {
        case .failure(let problem): return FactResult(.unknown(problem.reason))
        case .success(let forecast): found = forecast
        }
        let due = found.forecast.status == .notComplete ? found.due(by: mark) : nil
        let isDue = due.map { $0 <= today } ?? false
        var result = FactResult.truth(Truth(!isDue))
        if isDue, let unread = unreadDose(of: group) {
            result = .unknown(.imprecise, "a recorded dose cannot be counted: \(unread.why)")
        }
        result.due = due
        result.date = found.doses.last.map { PartialDate($0.dose.day) }
        result.references = found.doses.map(\.dose.reference).sorted()
        return result
    }

    /// A dose that could not be read and may be one of the group.
    private func unreadDose(of group: VaccineGroup) -> ImmunizationHistory.Unused? {
        guard case .success(let history) = immunizationHistory else { return nil }
        return history.unused.first { unused in
            guard let cvx = unused.cvx else { return !unused.isAhead }
            return !unused.isAhead && knowledge.immunizations.isGiven(cvx, in: group)
        }
    }

    private func forecast(of group: VaccineGroup) -> Result<VaccineGroupForecast, HistoryProblem> {
        immunizationHistory.map { history in
            if let known = vaccineForecasts[group.name] { return known }
            let forecast = ImmunizationForecaster(knowledge.immunizations).forecast(group, history, on: today)
            vaccineForecasts[group.name] = forecast
            return forecast
        }
    }
}

extension VaccineGroupForecast {
    fileprivate func due(by mark: DueMark) -> CivilDate? {
        switch mark {
        case .recommended: forecast.recommended ?? forecast.earliest
        case .pastDue: forecast.pastDue
        }
    }
}

extension HistoryProblem {
    fileprivate var reason: UnknownReason {
        switch self {
        case .noBirthDate: UnknownReason(.notRecorded, description)
        case .vagueBirthDate: UnknownReason(.imprecise, description)
        case .notSupplied: UnknownReason(.notSupplied, description)
        case .noSchedule: UnknownReason(.notComputable, description)
        }
    }
}
