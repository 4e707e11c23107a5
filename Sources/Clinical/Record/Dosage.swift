/// One step of a dosage instruction.
///
/// - Source: FHIR R4, dosage. Steps with equal `sequence` run together; rising numbers follow one another.
public struct Dosage: Sendable, Hashable {
    /// How much at one time.
    public enum Dose: Sendable, Hashable {
        case quantity(Quantity)
        /// Either end may be open.
        indirect case range(low: Quantity?, high: Quantity?)
    }

    /// How fast.
    public indirect enum Rate: Sendable, Hashable {
        case ratio(Ratio)
        case quantity(Quantity)
        case range(low: Quantity?, high: Quantity?)
    }

    public var sequence: Int?
    /// True where the record has words for it; the words themselves are not kept.
    public var hasText: Bool
    /// To be taken when needed; a day may pass without.
    public var isAsNeeded: Bool
    public var route: CodeableConcept?
    public var timing: Timing?
    public var dose: Dose?
    public var rate: Rate?
    public var maximumPerPeriod: Ratio?

    public init(
        sequence: Int? = nil, hasText: Bool = false, isAsNeeded: Bool = false, route: CodeableConcept? = nil,
        timing: Timing? = nil, dose: Dose? = nil, rate: Rate? = nil, maximumPerPeriod: Ratio? = nil
    ) {
        self.sequence = sequence
        self.hasText = hasText
        self.isAsNeeded = isAsNeeded
        self.route = route
        self.timing = timing
        self.dose = dose
        self.rate = rate
        self.maximumPerPeriod = maximumPerPeriod
    }
}

/// When doses are taken.
///
/// - Source: FHIR R4, datatypes: Timing.
public struct Timing: Sendable, Hashable {
    /// `s`, `min`, `h`, `d`, `wk`, `mo`, `a` as FHIR's units-of-time has them.
    public enum PeriodUnit: String, Sendable, Hashable {
        case second = "s"
        case minute = "min"
        case hour = "h"
        case day = "d"
        case week = "wk"
        case month = "mo"
        case year = "a"
    }

    public var frequency: Int?
    public var frequencyMaximum: Int?
    public var period: Decimal?
    public var periodMaximum: Decimal?
    public var periodUnit: PeriodUnit?
    /// Days of the week on which it is taken, `mon` to `sun`.
    public var daysOfWeek: [String]
    /// Times of day, and events such as `HS` or `ACM`; one dose each.
    public var timesPerDay: Int
    /// A code from FHIR's timing-abbreviation, such as `BID`.
    public var code: String?
    public var bounds: Period?
    /// How long it is to be taken, in days, where a duration is stated; the low and the high end.
    public var boundsDays: ClosedRange<Int>?
    /// How often in all.
    public var count: Int?
    /// Single occasions.
    public var events: [PartialDate]

    public init(
        frequency: Int? = nil, frequencyMaximum: Int? = nil, period: Decimal? = nil, periodMaximum: Decimal? = nil,
        periodUnit: PeriodUnit? = nil, daysOfWeek: [String] = [], timesPerDay: Int = 0, code: String? = nil,
        bounds: Period? = nil, boundsDays: ClosedRange<Int>? = nil, count: Int? = nil, events: [PartialDate] = []
    ) {
        self.frequency = frequency
        self.frequencyMaximum = frequencyMaximum
        self.period = period
        self.periodMaximum = periodMaximum
        self.periodUnit = periodUnit
        self.daysOfWeek = daysOfWeek
        self.timesPerDay = timesPerDay
        self.code = code
        self.bounds = bounds
        self.boundsDays = boundsDays
        self.count = count
        self.events = events
    }
}
