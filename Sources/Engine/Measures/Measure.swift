public import Clinical

/// A national measure, or one of a site: who belongs to it, who is excused, and what is wanted for the rest.
public struct Measure: Sendable {
    public enum Basis: Sendable, Hashable {
        case patients
        /// Each of these entries by itself.
        case entries(QueryID)
    }

    public let basis: Basis
    /// True where the numerator is what should not be.
    public let isLowerBetter: Bool
    /// At least one; several where one measure gives several rates.
    public let rates: [MeasureRate]

    public init(basis: Basis, isLowerBetter: Bool, rates: [MeasureRate]) {
        self.basis = basis
        self.isLowerBetter = isLowerBetter
        self.rates = rates
    }
}

/// One rate of a measure.
public struct MeasureRate: Sendable {
    /// Empty where the measure has but one.
    public let name: String
    public let initialPopulation: ConditionID
    /// Beside being of the initial population; nothing where that is all.
    public let denominator: ConditionID?
    public let exclusions: ConditionID?
    public let numerator: ConditionID
    public let exceptions: ConditionID?

    public init(
        name: String, initialPopulation: ConditionID, denominator: ConditionID?, exclusions: ConditionID?, numerator: ConditionID,
        exceptions: ConditionID?
    ) {
        self.name = name
        self.initialPopulation = initialPopulation
        self.denominator = denominator
        self.exclusions = exclusions
        self.numerator = numerator
        self.exceptions = exceptions
    }
}

/// The days that a measure looks at, both included.
public struct MeasurementPeriod: Sendable, Hashable {
    public let start: CivilDate
    public let end: CivilDate

    /// `nil` where the end lies before the start.
    public init?(start: CivilDate, end: CivilDate) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// The calendar year of a day.
    public init(yearOf day: CivilDate) {
        start = CivilDate(year: day.year, month: 1, day: 1) ?? day
        end = CivilDate(year: day.year, month: 12, day: 31) ?? day
    }

    /// The period so many years later.
    func later(years: Int) -> MeasurementPeriod {
        MeasurementPeriod(
            start: start.adding(months: 12 * years), end: end.adding(days: 1).adding(months: 12 * years).adding(days: -1)) ?? self
    }
}
