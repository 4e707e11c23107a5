public import Clinical

extension CodeSystem {
    /// The codes of CDSi observations, as the CDC numbers them.
    public static let cdsiObservation = CodeSystem("urn:cdc:cdsi:observation")
}

extension ImmunizationHistory {
    /// The history that a record holds.
    ///
    /// An empty list of immunizations that was supplied is a history; one that was not supplied is none.
    ///
    /// - Throws: what is missing, so that nothing is forecast from nothing.
    public init(_ snapshot: Snapshot, asOf: AsOf) throws(HistoryProblem) {
        guard let birth = snapshot.patient.birthDate else { throw .noBirthDate }
        let days = birth.days(in: asOf.zone)
        guard days.lowerBound == days.upperBound else { throw .vagueBirthDate }
        guard snapshot.supply(of: .immunizations) == .complete else { throw .notSupplied }
        var doses: [Dose] = []
        var unused: [Unused] = []
        for entry in snapshot.immunizations where entry.isValidDose {
            switch Self.dose(entry, asOf) {
            case .success(let dose): doses.append(dose)
            case .failure(let dose): unused.append(dose)
            }
        }
        self.init(
            birthDate: days.lowerBound, sex: snapshot.patient.sex, doses: doses,
            observations: Self.observations(of: snapshot, asOf), unused: unused)
    }

    private static func dose(_ entry: Immunization, _ asOf: AsOf) -> Result<Dose, Unused> {
        // A code of one digit is the same code as with its zero: CVX 3 is 03.
        let cvx = entry.vaccine.codings.first { $0.system == .cvx }.map { $0.code.count == 1 ? "0" + $0.code : $0.code }
        func unused(_ why: String, isAhead: Bool = false) -> Result<Dose, Unused> {
            .failure(Unused(reference: entry.reference, cvx: cvx, why: why, isAhead: isAhead))
        }
        guard let cvx else { return unused("it has no CVX code") }
        guard let occurred = entry.occurred else { return unused("it has no date") }
        let days = occurred.days(in: asOf.zone)
        guard days.lowerBound <= asOf.today else { return unused("it lies in the future", isAhead: true) }
        guard days.lowerBound == days.upperBound else { return unused("its day is not known") }
        return .success(Dose(reference: entry.reference, day: days.lowerBound, cvx: cvx))
    }

    /// Observations coded as CDSi codes them, unless their value says no.
    private static func observations(of snapshot: Snapshot, _ asOf: AsOf) -> [String: CivilDate?] {
        var found: [String: CivilDate?] = [:]
        for observation in snapshot.observations where observation.value != .boolean(false) && observation.absence == nil {
            let day = observation.effective?.start.map { $0.days(in: asOf.zone).lowerBound }
            for coding in observation.code.codings where coding.system == .cdsiObservation {
                found[coding.code] = later(found[coding.code] ?? nil, day)
            }
        }
        return found
    }

    private static func later(_ left: CivilDate?, _ right: CivilDate?) -> CivilDate? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }
}
