import Clinical
import Immunization
import Knowledge

extension PatientRecord {
    /// Whether groups of vaccines ask for nothing now: all given, not yet due, no longer or never asked for.
    ///
    /// It names the groups that ask, and carries the day on which the first dose of them is or was due, and that of the last
    /// dose given. Nothing is forecast from nothing: without a date of birth or a history it is unknown.
    func upToDate(_ groups: [VaccineGroup], by mark: DueMark) -> FactResult {
        var due: [(name: String, day: CivilDate)] = []
        var coming: [CivilDate] = []
        var unread: UnknownReason?
        var doses: [ImmunizationHistory.Dose] = []
        for group in groups {
            switch forecast(of: group) {
            case .failure(let problem): return FactResult(.unknown(problem.reason))
            case .success(let found):
                doses += found.doses.map(\.dose)
                guard let day = found.due(by: mark) else { continue }
                if day > today {
                    coming.append(day)
                } else if let dose = unreadDose(of: group) {
                    unread = UnknownReason(.imprecise, "a recorded dose cannot be counted: \(dose.why)")
                } else {
                    due.append((group.name, day))
                }
            }
        }
        let isOpen = !due.isEmpty
        let result = FactResult(isOpen ? .truth(.no) : unread.map { .unknown($0) } ?? .truth(.yes), names: due.map(\.name))
        result.due = isOpen ? due.map(\.day).min() : coming.min()
        result.date = doses.map(\.day).max().map { PartialDate($0) }
        result.references = Set(doses.map(\.reference)).sorted()
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
    /// When the next dose is or was due; nothing where none is.
    fileprivate func due(by mark: DueMark) -> CivilDate? {
        guard forecast.status == .notComplete else { return nil }
        return switch mark {
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
