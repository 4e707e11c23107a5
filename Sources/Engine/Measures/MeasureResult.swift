public import Clinical

/// What one measure says of one patient.
public struct MeasureResult: Sendable {
    public let measure: String
    /// One for each rate, in the order of the measure.
    public let rates: [RateResult]

    public init(measure: String, rates: [RateResult]) {
        self.measure = measure
        self.rates = rates
    }
}

/// How a patient stands in one rate.
public struct RateResult: Sendable {
    public let name: String
    public let initialPopulation: Membership
    public let denominator: Membership
    public let exclusions: Membership
    public let numerator: Membership
    public let exceptions: Membership
    public let gap: GapStanding
    /// By which day it is to be done: the end of the period where it is open, the end of the first period for which what was done
    /// no longer counts where it is closed. Nothing where it is never due again, or never was.
    public let due: CivilDate?
    /// What could not be found out and might have changed the answer, each once.
    public let notChecked: [UnknownReason]
}

/// Who or what belongs to a population.
public struct Membership: Sendable, Hashable {
    /// Patients: 0 or 1. Entries: how many of them.
    public let count: Int
    /// The entries that it rests on; for a measure that counts entries, those entries first.
    public let evidence: [ResourceReference]

    public init(count: Int, evidence: [ResourceReference]) {
        self.count = count
        self.evidence = evidence
    }

    public var isIn: Bool { count > 0 }

    static let none = Membership(count: 0, evidence: [])
}

/// How a gap stands.
public enum GapStanding: String, Sendable, Hashable, CaseIterable {
    /// The measure is not about this patient.
    case notConcerned = "not-in-population"
    case excluded
    /// A reason not to do it is recorded.
    case excepted = "exception"
    /// What is wanted was done, or what is not wanted was not.
    case closed
    case open
    /// Something that would decide did not come.
    case notChecked = "not-checked"
}
