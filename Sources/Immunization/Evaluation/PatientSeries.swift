import Clinical
import Knowledge

/// A series in the light of one patient's history: what each dose counts for, and which doses are still to come.
struct PatientSeries: Sendable {
    enum TargetStatus: Sendable, Hashable {
        case notSatisfied
        /// By the dose at this place of the antigen's history.
        case satisfied(Int)
        case skipped
    }

    struct Target: Sendable {
        /// Index of the series' doses.
        let dose: Int
        var status: TargetStatus
    }

    let series: AntigenSeries
    let history: AntigenHistory
    var targets: [Target]
    /// For each dose of the antigen's history, once it is evaluated.
    var evaluations: [DoseEvaluation] = []
    var forecast = SeriesForecast(status: .notRecommended)

    init(_ series: AntigenSeries, _ history: AntigenHistory) {
        self.series = series
        self.history = history
        targets = series.doses.indices.map { Target(dose: $0, status: .notSatisfied) }
    }

    /// The first dose that is neither satisfied nor skipped.
    var nextTarget: Int? { targets.firstIndex { $0.status == .notSatisfied } }

    var satisfiedCount: Int { targets.count { if case .satisfied = $0.status { true } else { false } } }

    /// The day on which the dose of this number was satisfied.
    func day(ofDose number: Int) -> CivilDate? {
        for target in targets where series.doses[target.dose].number == number {
            if case .satisfied(let place) = target.status { return history[place].day }
        }
        return nil
    }

    /// The last dose before `place` that intervals are counted from: valid or not, but neither extraneous nor given in error.
    ///
    /// - Source: CDSi, CALCDTINT-1.
    func previousDose(before place: Int) -> CivilDate? {
        for earlier in evaluations.indices.prefix(place).reversed() {
            let evaluation = evaluations[earlier]
            if evaluation.status != .extraneous, !evaluation.reasons.contains(.inadvertent) { return history[earlier].day }
        }
        return nil
    }

    /// How many doses were satisfied on or after a day.
    func satisfiedCount(since day: CivilDate) -> Int {
        targets.count { if case .satisfied(let place) = $0.status { day <= history[place].day } else { false } }
    }

    /// A recurring dose comes again after it was given.
    mutating func renew(after target: Int) {
        guard series.doses[targets[target].dose].isRecurring else { return }
        targets.insert(Target(dose: targets[target].dose, status: .notSatisfied), at: target + 1)
    }
}
