import Clinical
import Knowledge

/// Whether a patient needs another dose of a series: immune, contraindicated, done, too old?
///
/// - Source: CDSi Logic Specification 4.6, sections 7.1 to 7.4.
struct ForecastNeed {
    let antigen: AntigenSchedule
    let schedule: ImmunizationSchedule
    let completeGroups: Set<String>
    let today: CivilDate

    /// The status of the series, with dates where a dose is needed.
    func forecast(_ series: inout PatientSeries) -> SeriesForecast {
        var day = today
        // Each round skips one dose at least.
        for _ in 0...series.targets.count {
            skip(&series, on: day)
            let dates = ForecastDates(series: series, schedule: schedule, today: today)
            let forecast = status(series, dates)
            guard forecast.status == .notComplete, let earliest = forecast.earliest, let next = series.nextTarget else { return forecast }
            // 7.6: a dose that will be skipped on the day on which it may be given is not forecast.
            guard skipEvaluation(series, on: max(earliest, today)).canSkip(series.series.doses[series.targets[next].dose]) else {
                return forecast
            }
            day = max(earliest, today)
        }
        return SeriesForecast(status: .notRecommended)
    }

    /// Table 7-10.
    private func status(_ series: PatientSeries, _ dates: ForecastDates) -> SeriesForecast {
        if isImmune(series.history.patient) { return SeriesForecast(status: .immune) }
        guard let next = series.nextTarget else {
            return SeriesForecast(status: series.satisfiedCount > 0 ? .complete : .notRecommended)
        }
        let dose = series.series.doses[series.targets[next].dose]
        if isContraindicated(dose, series.history.patient) { return SeriesForecast(status: .contraindicated) }
        if let maximum = dose.ages(on: today).maximum?.added(to: series.history.patient.birthDate) {
            if maximum <= today { return SeriesForecast(status: .agedOut) }
            if let earliest = dates.earliest(of: dose), maximum <= earliest { return SeriesForecast(status: .agedOut) }
        }
        return dates.forecast(of: dose)
    }

    // MARK: Skips, 7.1

    private func skip(_ series: inout PatientSeries, on day: CivilDate) {
        while let next = series.nextTarget {
            guard skipEvaluation(series, on: day).canSkip(series.series.doses[series.targets[next].dose]) else { return }
            series.targets[next].status = .skipped
        }
    }

    private func skipEvaluation(_ series: PatientSeries, on day: CivilDate) -> SkipEvaluation {
        SkipEvaluation(
            series: series, day: day, place: series.history.doses.count, isForecast: true, today: today,
            completeGroups: completeGroups)
    }

    // MARK: Immunity, 7.2

    private func isImmune(_ patient: ImmunizationHistory) -> Bool {
        antigen.immunity.contains { evidence in
            switch evidence {
            case .observation(let code): patient.observations.keys.contains(code)
            case .bornBefore(let birth):
                patient.birthDate < birth.day && !birth.exceptions.contains { patient.observations.keys.contains($0) }
            }
        }
    }

    // MARK: Contraindications, 7.3

    /// Of the antigen altogether, or of every vaccine that the dose may be.
    private func isContraindicated(_ dose: SeriesDose, _ patient: ImmunizationHistory) -> Bool {
        let found = antigen.contraindications.filter { rule in
            patient.observations.keys.contains(rule.observation)
                && AgeSpan(begin: rule.beginAge, end: rule.endAge).contains(today, bornOn: patient.birthDate)
        }
        if found.isEmpty { return false }
        if found.contains(where: \.vaccines.isEmpty) { return true }
        let forbidden = Set(found.flatMap(\.vaccines))
        let usable = dose.preferableVaccines.map(\.cvx)
        return !usable.isEmpty && (usable + dose.allowableVaccines.map(\.cvx)).allSatisfy(forbidden.contains)
    }
}
