import Clinical
import Knowledge

/// Holds the doses of an antigen, one after the other, against the doses of a series.
///
/// - Source: CDSi Logic Specification 4.6, section 4.4 and chapter 6.
struct SeriesEvaluation {
    let schedule: ImmunizationSchedule
    let completeGroups: Set<String>
    let today: CivilDate

    func evaluate(_ series: inout PatientSeries) {
        for place in series.history.doses.indices {
            series.evaluations.append(evaluation(at: place, &series))
        }
    }

    /// The dose goes to the first target that is not skipped; a satisfied target gives way to the next.
    private func evaluation(at place: Int, _ series: inout PatientSeries) -> DoseEvaluation {
        while let target = series.nextTarget {
            let dose = series.series.doses[series.targets[target].dose]
            let skip = SkipEvaluation(
                series: series, day: series.history[place].day, place: place, isForecast: false, today: today,
                completeGroups: completeGroups)
            if skip.canSkip(dose) {
                series.targets[target].status = .skipped
                continue
            }
            let evaluation = TargetDoseEvaluation(series: series, schedule: schedule, place: place).evaluate(dose)
            if evaluation.status == .valid {
                series.targets[target].status = .satisfied(place)
                series.renew(after: target)
            }
            return evaluation
        }
        return DoseEvaluation(status: .extraneous, reasons: [.notNeeded], target: nil)
    }
}
