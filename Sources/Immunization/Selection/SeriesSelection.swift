import Clinical
import Knowledge

/// Which of the series of an antigen a patient is best served by.
///
/// - Source: CDSi Logic Specification 4.6, chapter 8.
enum SeriesSelection {
    /// The best series, at most one of each series group; section 8.8, table 8-14.
    ///
    /// A series for a later age is no one's best until its age is reached: the vaccine of the old is not forecast for an infant.
    static func best(of series: [PatientSeries], today: CivilDate) -> [PatientSeries] {
        var groups: [String] = []
        for one in series where !groups.contains(one.series.group) { groups.append(one.series.group) }
        let candidates = groups.compactMap { group in prioritized(series.filter { $0.series.group == group }) }
        let ready = candidates.filter { $0.satisfiedCount > 0 || $0.mayStart(on: today) }
        let first = ready.isEmpty ? candidates : ready
        return first.filter { one in
            if one.isComplete { return true }
            let rivals = first.filter { one.series.equivalentGroups.contains($0.series.group) }
            if rivals.contains(where: \.isComplete) || one.series.kind == .evaluationOnly { return false }
            return one.series.kind == .risk || !rivals.contains { $0.series.kind == .risk }
        }
    }

    /// The one series that stands for its group; sections 8.1, 8.2 and 8.7.
    static func prioritized(_ group: [PatientSeries]) -> PatientSeries? {
        let scorable = scorable(group)
        let defaults = group.filter(\.series.isDefault)
        let complete = scorable.filter(\.isComplete)
        let inProcess = scorable.filter(\.isInProcess)
        switch scorable.count {
        case 0: return defaults.count == 1 ? defaults[0] : nil
        case 1: return scorable[0]
        default: break
        }
        if complete.count == 1 { return complete[0] }
        if complete.isEmpty, inProcess.count == 1 { return inProcess[0] }
        if complete.isEmpty, inProcess.isEmpty, defaults.count == 1 { return defaults[0] }
        return SeriesScoring.winner(scorable)
    }

    /// The series that compete; section 8.1, SELECTB-24 and SELECTSCORE-2.
    ///
    /// Of risk series those of the highest priority: among those that a dose has begun, where there are any, as CDSi test case
    /// 2016-UC-0129 has it.
    private static func scorable(_ group: [PatientSeries]) -> [PatientSeries] {
        let open = group.filter { $0.forecast.status != .contraindicated }
        let candidates = open.isEmpty ? group : open
        let risks = group.filter { $0.series.kind == .risk }
        let begun = risks.filter { $0.satisfiedCount > 0 }
        let highest = (begun.isEmpty ? risks : begun).map(\.series.priority).min()
        let hasDefault = group.contains(where: \.series.isDefault)
        return candidates.filter { one in
            switch one.series.kind {
            case .risk: one.series.priority == highest
            case .standard: one.satisfiedCount > 0 ? one.startedInTime : !hasDefault
            case .evaluationOnly: one.isComplete
            }
        }
    }
}

extension PatientSeries {
    var isComplete: Bool { forecast.status == .complete }

    var isInProcess: Bool { satisfiedCount > 0 && forecast.status == .notComplete }

    /// Every dose of the antigen that was held against this series was valid.
    var allDosesAreValid: Bool { evaluations.allSatisfy { $0.status == .valid } }

    fileprivate func mayStart(on day: CivilDate) -> Bool {
        series.minimumAgeToStart.map { $0.added(to: history.patient.birthDate) <= day } ?? true
    }

    /// The first valid dose came before the age up to which the series may begin.
    fileprivate var startedInTime: Bool {
        guard let limit = series.maximumAgeToStart?.added(to: history.patient.birthDate) else { return true }
        return evaluations.indices.contains(where: { evaluations[$0].status == .valid && history[$0].day < limit })
    }
}
