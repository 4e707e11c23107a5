import Knowledge

/// The doses of one antigen, each with its place in the whole history.
///
/// - Source: CDSi Logic Specification 4.6, section 4.2 (organize immunization history).
struct AntigenHistory: Sendable {
    let patient: ImmunizationHistory
    /// Indices of `patient.doses`, by day.
    let doses: [Int]

    /// The doses whose vaccine holds the antigen, where giving it at that age counts for it.
    init(_ patient: ImmunizationHistory, antigen: Int, schedule: ImmunizationSchedule) {
        self.patient = patient
        doses = patient.doses.indices.filter { index in
            let dose = patient.doses[index]
            return schedule.targets(of: dose.cvx).contains { target in
                target.antigen == antigen
                    && AgeSpan(begin: target.beginAge, end: target.endAge).contains(dose.day, bornOn: patient.birthDate)
            }
        }
    }

    /// The dose at a place of this history.
    subscript(place: Int) -> ImmunizationHistory.Dose { patient.doses[doses[place]] }
}
