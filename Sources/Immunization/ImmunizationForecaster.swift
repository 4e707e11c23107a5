public import Clinical
public import Knowledge

/// Evaluates a history of vaccinations and forecasts what is due, group by group.
///
/// The logic is the CDC's, the schedule comes as knowledge. Equal schedule, history and day give equal forecasts.
///
/// - Source: CDC, Clinical Decision Support for Immunization (CDSi), Logic Specification for ACIP Recommendations 4.6, chapters 4 to 9.
public struct ImmunizationForecaster: Sendable {
    public let schedule: ImmunizationSchedule

    public init(_ schedule: ImmunizationSchedule) {
        self.schedule = schedule
    }

    /// Every group of the schedule, in its order.
    public func forecast(_ history: ImmunizationHistory, on today: CivilDate) -> [VaccineGroupForecast] {
        schedule.groups.map { forecast($0, history, on: today) }
    }

    /// One group.
    public func forecast(_ group: VaccineGroup, _ history: ImmunizationHistory, on today: CivilDate) -> VaccineGroupForecast {
        let best = group.antigens.map { antigen in
            SeriesSelection.best(of: patientSeries(ofAntigen: antigen, history, on: today), today: today)
        }
        return VaccineGroupForecast(
            group: group.name, forecast: GroupForecasting.forecast(group, best: best),
            series: best.flatMap { $0.map(\.series.name) }, doses: doses(group, best: best, history))
    }

    /// The relevant series of an antigen, evaluated and forecast.
    ///
    /// A series may ask whether one of another group is complete: such series come last.
    private func patientSeries(
        ofAntigen index: Int, _ patient: ImmunizationHistory, on today: CivilDate
    ) -> [PatientSeries] {
        let antigen = schedule.antigens[index]
        let history = AntigenHistory(patient, antigen: index, schedule: schedule)
        let relevant = RelevantSeries.select(antigen, patient, today: today)
        var completeGroups: Set<String> = []
        var found: [PatientSeries] = []
        for one in relevant.filter({ !$0.asksForOthers }) + relevant.filter(\.asksForOthers) {
            var series = PatientSeries(one, history)
            SeriesEvaluation(schedule: schedule, completeGroups: completeGroups, today: today).evaluate(&series)
            series.forecast = ForecastNeed(
                antigen: antigen, schedule: schedule, completeGroups: completeGroups, today: today
            ).forecast(&series)
            if series.isComplete { completeGroups.insert(one.group) }
            found.append(series)
        }
        return found
    }

    /// The doses that hold an antigen of the group, with what they count for in its best series.
    private func doses(
        _ group: VaccineGroup, best: [[PatientSeries]], _ patient: ImmunizationHistory
    ) -> [VaccineGroupForecast.GivenDose] {
        patient.doses.indices.compactMap { index in
            var evaluations: [VaccineGroupForecast.AntigenEvaluation] = []
            for (antigen, series) in zip(group.antigens, best) {
                let found = series.compactMap { one in
                    one.history.doses.firstIndex(of: index).map { (one.series.name, one.evaluations[$0]) }
                }
                guard let (name, evaluation) = found.min(by: { $0.1.status.rank < $1.1.status.rank }) else { continue }
                evaluations.append(.init(antigen: schedule.antigens[antigen].name, series: name, evaluation: evaluation))
            }
            return evaluations.isEmpty ? nil : .init(dose: patient.doses[index], antigens: evaluations)
        }
    }
}

extension DoseEvaluation.Status {
    /// Valid before extraneous before not valid.
    fileprivate var rank: Int {
        switch self {
        case .valid: 0
        case .extraneous: 1
        case .notValid: 2
        }
    }
}
