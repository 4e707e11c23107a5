public import Clinical
public import Knowledge

/// What the schedule asks of a patient: born when, of which sex, vaccinated with what and when, and what was observed.
///
/// - Source: CDSi Logic Specification 4.6, section 4.1 (gather necessary data).
public struct ImmunizationHistory: Sendable {
    /// A vaccine that was given.
    public struct Dose: Sendable, Hashable {
        public let reference: ResourceReference
        public let day: CivilDate
        public let cvx: String

        public init(reference: ResourceReference, day: CivilDate, cvx: String) {
            self.reference = reference
            self.day = day
            self.cvx = cvx
        }
    }

    public let birthDate: CivilDate
    public let sex: Patient.Sex?
    /// By day, the earliest first; those of one day as they came.
    public let doses: [Dose]
    /// CDSi observation codes that are true of the patient, and since when where that is known.
    public let observations: [String: CivilDate?]
    /// What was recorded and could not be used, with the reason.
    public let unused: [Unused]

    /// A recorded dose without a vaccine or a day.
    public struct Unused: Error, Sendable, Hashable {
        public let reference: ResourceReference
        /// Its vaccine; nothing where the record does not say it as a CVX code.
        public let cvx: String?
        public let why: String
        /// It is dated after the day of the forecast.
        public let isAhead: Bool
    }

    public init(
        birthDate: CivilDate, sex: Patient.Sex?, doses: [Dose], observations: [String: CivilDate?] = [:], unused: [Unused] = []
    ) {
        self.birthDate = birthDate
        self.sex = sex
        self.doses = doses.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
        self.observations = observations
        self.unused = unused
    }
}

/// Why nothing is said of a patient's vaccines.
public enum HistoryProblem: Error, Sendable, Hashable, CustomStringConvertible {
    case noBirthDate
    /// Only a year or a month of birth is known.
    case vagueBirthDate
    case notSupplied
    /// The knowledge file has no schedule.
    case noSchedule

    public var description: String {
        switch self {
        case .noBirthDate: "the date of birth is not known"
        case .vagueBirthDate: "only part of the date of birth is known"
        case .notSupplied: "immunizations were not supplied"
        case .noSchedule: "the knowledge file has no immunization schedule"
        }
    }
}
