import Clinical
import Knowledge

/// The dates of the next dose of a series.
///
/// - Source: CDSi Logic Specification 4.6, FORECASTDTCAN-1 (section 7.4) and FORECASTDT-1 to -6 (section 7.5).
struct ForecastDates {
    let series: PatientSeries
    let schedule: ImmunizationSchedule
    let today: CivilDate

    private var patient: ImmunizationHistory { series.history.patient }

    func forecast(of dose: SeriesDose) -> SeriesForecast {
        let (birth, ages) = (patient.birthDate, dose.ages(on: today))
        let earliest = earliest(of: dose)
        let recommended =
            ages.earliestRecommended?.added(to: birth) ?? starts(of: dose, \.earliestRecommended).max() ?? earliest
        let pastDue =
            ages.latestRecommended?.added(to: birth).adding(days: -1)
            ?? starts(of: dose, \.latestRecommended).max()?.adding(days: -1)
        var forecast = SeriesForecast(
            status: .notComplete, dose: number(of: dose), earliest: earliest, recommended: Self.later(earliest, recommended),
            pastDue: pastDue.flatMap { Self.later(earliest, $0) },
            latest: ages.maximum?.added(to: birth).adding(days: -1))
        forecast.unadjustedRecommended = recommended
        forecast.unadjustedPastDue = pastDue
        forecast.hasPriority = !dose.preferableIntervals.isEmpty && dose.preferableIntervals.allSatisfy(\.hasPriority)
        return forecast
    }

    /// The first day on which the dose may be given.
    func earliest(of dose: SeriesDose) -> CivilDate? {
        var days = starts(of: dose, \.minimum)
        if let minimum = dose.ages(on: today).minimum { days.append(minimum.added(to: patient.birthDate)) }
        if let season = dose.season { days.append(season.start(around: today)) }
        if let last = series.history.doses.indices.last { days.append(series.history[last].day) }
        addConflictEnds(of: dose, to: &days)
        return days.max()
    }

    /// Counted from the season's start where the dose belongs to a season.
    ///
    /// - Source: CDSi, FORECASTDN-1.
    private func number(of dose: SeriesDose) -> Int {
        guard let season = dose.season else { return series.satisfiedCount + 1 }
        return series.satisfiedCount(since: season.start(around: today)) + 1
    }

    /// The days to which a length of the dose's intervals leads.
    private func starts(of dose: SeriesDose, _ length: KeyPath<DoseInterval, SchedulePeriod?>) -> [CivilDate] {
        let reference = IntervalReference(series: series, place: series.history.doses.count)
        return dose.preferableIntervals.compactMap { interval in
            guard interval.effective.contains(today), let period = interval[keyPath: length],
                let start = reference.day(of: interval.start)
            else { return nil }
            return period.added(to: start)
        }
    }

    /// When the vaccines of the dose may follow others that were given.
    private func addConflictEnds(of dose: SeriesDose, to days: inout [CivilDate]) {
        guard !patient.doses.isEmpty else { return }
        for vaccine in dose.preferableVaccines {
            for conflict in schedule.conflicts(with: vaccine.cvx) {
                for given in patient.doses where given.cvx == conflict.previousVaccine { days.append(conflict.end.added(to: given.day)) }
            }
        }
    }

    private static func later(_ left: CivilDate?, _ right: CivilDate?) -> CivilDate? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}
