import Clinical
import Knowledge

/// Points for the series of a group where more than one could stand for it.
///
/// - Source: CDSi Logic Specification 4.6, sections 8.3 to 8.7, tables 8-5, 8-7, 8-9 and 8-11.
enum SeriesScoring {
    /// The series with the most points; of equal ones, that which the schedule prefers.
    static func winner(_ scorable: [PatientSeries]) -> PatientSeries? {
        let complete = scorable.filter(\.isComplete)
        let inProcess = scorable.filter(\.isInProcess)
        let (field, points): ([PatientSeries], [Int]) =
            if complete.count > 1 {
                (complete, ofComplete(complete))
            } else if complete.isEmpty, inProcess.count > 1 {
                (inProcess, ofInProcess(inProcess))
            } else {
                (scorable, ofUnstarted(scorable))
            }
        let order = field.indices.min { left, right in
            (-points[left], field[left].series.preference) < (-points[right], field[right].series.preference)
        }
        return order.map { field[$0] }
    }

    /// Table 8-7.
    private static func ofComplete(_ field: [PatientSeries]) -> [Int] {
        most(field.map(\.satisfiedCount), points: 1)
    }

    /// Table 8-9.
    private static func ofInProcess(_ field: [PatientSeries]) -> [Int] {
        let valid = most(field.map(\.satisfiedCount), points: 2)
        let closest = most(field.map { -$0.remainingCount }, points: 2)
        let finish = most(field.map { $0.isCompletable ? -($0.finishDay ?? .last).daysSinceEpoch : Int.min }, points: 1)
        return field.indices.map { index in
            let product = field[index].series.isProduct && field[index].allDosesAreValid ? 2 : -2
            return product + (field[index].isCompletable ? 3 : -3) + valid[index] + closest[index] + finish[index]
        }
    }

    /// Table 8-11.
    private static func ofUnstarted(_ field: [PatientSeries]) -> [Int] {
        let start = most(field.map { -($0.forecast.earliest ?? .last).daysSinceEpoch }, points: 1)
        return field.indices.map { index in
            start[index] + (field[index].isCompletable ? 1 : -1) + (field[index].series.isProduct ? -1 : 1)
        }
    }

    /// `points` for the one with the largest value, none where several share it, and as many less for all others.
    private static func most(_ values: [Int], points: Int) -> [Int] {
        let largest = values.max()
        let isShared = values.count { $0 == largest } > 1
        return values.map { $0 == largest ? (isShared ? 0 : points) : -points }
    }
}

extension PatientSeries {
    fileprivate var remainingCount: Int { targets.count { $0.status == .notSatisfied } }

    /// The day on which the last dose could be given.
    ///
    /// - Source: CDSi, SELECTB-12.
    fileprivate var finishDay: CivilDate? {
        guard var day = forecast.earliest else { return nil }
        for target in targets.filter({ $0.status == .notSatisfied }).dropFirst() {
            let dose = series.doses[target.dose]
            let steps = dose.preferableIntervals.filter { $0.start == .previousDose }.compactMap { $0.minimum?.added(to: day) }
            day = (steps + [dose.ages(on: day).minimum?.added(to: history.patient.birthDate)].compactMap { $0 }).max() ?? day
        }
        return day
    }

    /// SELECTB-3: the last dose can be given before its greatest age.
    fileprivate var isCompletable: Bool {
        guard let finishDay, let last = targets.last else { return false }
        guard let limit = series.doses[last.dose].ages(on: finishDay).maximum?.added(to: history.patient.birthDate) else { return true }
        return finishDay < limit
    }
}
