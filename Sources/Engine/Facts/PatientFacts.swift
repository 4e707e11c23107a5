import Clinical

extension PatientRecord {
    /// The time since birth.
    func age() -> FactResult {
        guard let birth = snapshot.patient.birthDate else {
            let absent = self.absence(in: .patient)
            return absent.reason.map { FactResult(.unknown($0)) } ?? .unknown(.notRecorded, "the birth date is not known")
        }
        let days = birth.days(in: asOf.zone)
        let today = asOf.today
        horizon.turns(on: days.lowerBound)
        if days.upperBound > today { horizon.turnsTomorrow() }
        guard days.lowerBound <= today else { return .unknown(.implausible, "the birth date lies in the future") }
        return FactResult(
            .since(days.lowerBound...min(days.upperBound, today), isAge: true), date: birth,
            references: snapshot.patient.reference.map { [$0] } ?? [])
    }

    /// Administrative gender, or sex for clinical use where the record has it.
    func sex() -> FactResult {
        guard let sex = snapshot.patient.sex else {
            let absent = self.absence(in: .patient)
            return absent.reason.map { FactResult(.unknown($0)) } ?? .unknown(.notRecorded, "the sex is not recorded")
        }
        return FactResult(.sex(sex), references: snapshot.patient.reference.map { [$0] } ?? [])
    }

    /// Whether the patient is pregnant, by the newest of what the record says.
    ///
    /// A man is not, nor is a small child or an old woman, unless the record says so: what is recorded as sex may be the gender.
    /// A statement older than its shelf life says nothing; on one day a yes goes before a no. A no counts only where all came that
    /// could say yes.
    func pregnant(_ codes: PregnancyCodes) -> FactResult {
        let today = asOf.today
        let first = today.adding(codes.shelfLife.negated)
        let window = first...max(first, today)
        let firstNegative = max(first, today.adding(codes.negativeShelfLife.negated))
        var newest: (day: CivilDate, truth: Truth, date: PartialDate?, reference: ResourceReference)?
        func consider(_ truth: Truth, _ date: PartialDate?, _ reference: ResourceReference, lasting: Bool) {
            // A coarse date is read so that a yes lasts as long, and a no as short, as it may.
            let days = date?.days(in: asOf.zone)
            if days.map({ $0.upperBound >= firstNegative || $0.upperBound >= first }) ?? false { horizon.turnsTomorrow() }
            let day = days.map { truth == .yes ? max($0.lowerBound, min($0.upperBound, today)) : $0.lowerBound } ?? first
            guard lasting && date == nil || window.contains(day), truth == .yes || day >= firstNegative else { return }
            if let known = newest, (known.day, known.truth == .yes ? 1 : 0) >= (day, truth == .yes ? 1 : 0) { return }
            newest = (day, truth, date, reference)
        }
        for number in conditionsBySet[codes.problems] {
            let condition = snapshot.conditions[number]
            if condition.standing == .active {
                consider(.yes, condition.onset ?? condition.recorded, condition.reference, lasting: true)
            }
        }
        for number in observationsBySet[codes.status] {
            let observation = snapshot.observations[number]
            guard observation.isEvidence, case .code(let answer) = observation.value else { continue }
            let date = observation.effective?.start ?? observation.effective?.end
            if concept(answer, isIn: codes.pregnant) { consider(.yes, date, observation.reference, lasting: false) }
            if concept(answer, isIn: codes.notPregnant) { consider(.no, date, observation.reference, lasting: false) }
        }
        let found = newest.map { FactResult(.truth($0.truth), date: $0.date, references: [$0.reference]) }
        if let found, newest?.truth == .yes { return found }
        if snapshot.patient.sex == .male || isBeyond(codes.ages) { return .truth(.no) }
        for section in [RecordSection.conditions, .observations] {
            if let reason = absence(in: section).reason { return FactResult(.unknown(reason)) }
        }
        return found ?? .unknown(.notRecorded, "pregnancy is not recorded")
    }

    /// Whether the patient is younger or older than that for sure, whatever day of a coarse date they were born on.
    private func isBeyond(_ ages: ClosedRange<Int>) -> Bool {
        guard let days = snapshot.patient.birthDate?.days(in: asOf.zone), days.lowerBound <= asOf.today else { return false }
        let begin = TimeSpan(amount: ages.lowerBound, unit: .years), end = TimeSpan(amount: ages.upperBound + 1, unit: .years)
        horizon.turns(begin, after: days.lowerBound)
        horizon.turns(end, after: days.upperBound)
        return days.lowerBound.adding(begin) > asOf.today || days.upperBound.adding(end) <= asOf.today
    }
}
