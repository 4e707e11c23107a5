import Clinical

extension PatientRecord {
    /// Why a weight or a height can no longer speak for the dose of a child; nothing where it can, and for adults.
    ///
    /// A child is weighed at every well-child visit, and the visits come as fast as children grow: what is older than the time from
    /// one to the next is outgrown. Of a birth date that is not exact the youngest age counts, and so the shortest time.
    ///
    /// - Source: Bright Futures/AAP, Recommendations for Preventive Pediatric Health Care (periodicity schedule): length or height and
    ///   weight at 1, 2, 4, 6, 9, 12, 15, 18, 24 and 30 months, and every year from 3 to 21.
    func outgrown(_ measured: PartialDate?, _ what: String) -> UnknownReason? {
        guard let born = snapshot.patient.birthDate?.days(in: asOf.zone).upperBound, born <= asOf.today, completedYears(from: born) < 18
        else { return nil }
        let months = completedMonths(from: born)
        let span = Self.visits.first { months < $0.below }?.span ?? TimeSpan(amount: 12, unit: .months)
        guard let measured else { return UnknownReason(.imprecise, "\(what): it has no date, and a child outgrows it") }
        let isRecent = lies(measured, within: span)
        if isRecent == .yes { return nil }
        let day = measured.days(in: asOf.zone).upperBound
        return UnknownReason(
            .notInWindow, "\(what): that of \(day) is old for a child of this age, for whom it holds \(span.words)")
    }

    /// Below so many completed months of age, how long from one visit to the next.
    private static let visits: [(below: Int, span: TimeSpan)] = [
        (2, TimeSpan(amount: 1, unit: .months)), (6, TimeSpan(amount: 2, unit: .months)), (18, TimeSpan(amount: 3, unit: .months)),
        (36, TimeSpan(amount: 6, unit: .months)),
    ]

    private func completedMonths(from day: CivilDate) -> Int {
        let months = CivilDate.completedMonths(from: day, to: asOf.today)
        horizon.turns(TimeSpan(amount: months &+ 1, unit: .months), after: day)
        return months
    }
}
