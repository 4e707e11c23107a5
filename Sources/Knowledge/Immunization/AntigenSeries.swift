public import Clinical

/// One way to be protected against an antigen: doses in order, with the ages and intervals of each.
public final class AntigenSeries: Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case standard = "Standard"
        /// For those whom an indication applies to.
        case risk = "Risk"
        case evaluationOnly = "Evaluation Only"
    }

    public let name: String
    public let kind: Kind
    /// `nil` for everybody.
    public let sex: Patient.Sex?
    public let isDefault: Bool
    public let isProduct: Bool
    /// Series of one group compete; the best of each group is forecast.
    public let group: String
    public let equivalentGroups: [String]
    /// `A` goes before `B`.
    public let priority: String
    /// 1 goes before 2; those without a number last.
    public let preference: Int
    public let minimumAgeToStart: SchedulePeriod?
    public let maximumAgeToStart: SchedulePeriod?
    public let indications: [SeriesIndication]
    public let doses: [SeriesDose]
    /// Whether a dose is skipped where a series of some group is complete.
    public let asksForOthers: Bool

    init(
        name: String, kind: Kind, sex: Patient.Sex?, isDefault: Bool, isProduct: Bool, group: String,
        equivalentGroups: [String], priority: String, preference: Int, minimumAgeToStart: SchedulePeriod?,
        maximumAgeToStart: SchedulePeriod?, indications: [SeriesIndication], doses: [SeriesDose]
    ) {
        self.name = name
        self.kind = kind
        self.sex = sex
        self.isDefault = isDefault
        self.isProduct = isProduct
        self.group = group
        self.equivalentGroups = equivalentGroups
        self.priority = priority
        self.preference = preference
        self.minimumAgeToStart = minimumAgeToStart
        self.maximumAgeToStart = maximumAgeToStart
        self.indications = indications
        self.doses = doses
        asksForOthers = doses.contains { dose in
            dose.skips.contains { skip in
                skip.sets.contains { set in
                    set.conditions.contains { if case .completedSeries = $0 { true } else { false } }
                }
            }
        }
    }
}

/// An observation that makes a risk series relevant within ages.
public struct SeriesIndication: Sendable, Hashable {
    public let observation: String
    public let beginAge: SchedulePeriod?
    public let endAge: SchedulePeriod?
}

/// What a dose of a series asks for.
public final class SeriesDose: Sendable {
    /// As the series numbers it: 1, 2, …
    public let number: Int
    /// As they were and are recommended; those that hold on a day are found by `ages(on:)`.
    public let ages: [DoseAges]
    /// All of them hold.
    public let preferableIntervals: [DoseInterval]
    /// One that must hold where a preferable one does not.
    public let allowableIntervals: [DoseInterval]
    public let preferableVaccines: [DoseVaccine]
    public let allowableVaccines: [DoseVaccine]
    /// Given in error: they count for nothing.
    public let inadvertentVaccines: Set<String>
    public let skips: [DoseSkip]
    /// After it comes the same dose again.
    public let isRecurring: Bool
    public let season: VaccineSeason?

    init(
        number: Int, ages: [DoseAges], preferableIntervals: [DoseInterval], allowableIntervals: [DoseInterval],
        preferableVaccines: [DoseVaccine], allowableVaccines: [DoseVaccine], inadvertentVaccines: Set<String>,
        skips: [DoseSkip], isRecurring: Bool, season: VaccineSeason?
    ) {
        self.number = number
        self.ages = ages
        self.preferableIntervals = preferableIntervals
        self.allowableIntervals = allowableIntervals
        self.preferableVaccines = preferableVaccines
        self.allowableVaccines = allowableVaccines
        self.inadvertentVaccines = inadvertentVaccines
        self.skips = skips
        self.isRecurring = isRecurring
        self.season = season
    }

    /// The ages that hold on a day; none where the dose may be given at any.
    public func ages(on day: CivilDate) -> DoseAges {
        ages.first { $0.effective.contains(day) } ?? DoseAges()
    }
}

/// The days from the first to the last of which a row of the schedule holds; open where there is none.
public struct EffectiveDays: Sendable, Hashable {
    public let first: CivilDate?
    public let last: CivilDate?

    public init(first: CivilDate? = nil, last: CivilDate? = nil) {
        self.first = first
        self.last = last
    }

    public func contains(_ day: CivilDate) -> Bool {
        (first.map { $0 <= day } ?? true) && (last.map { day <= $0 } ?? true)
    }
}

/// The ages of a dose; what is `nil` sets no bound.
public struct DoseAges: Sendable, Hashable {
    public var absoluteMinimum: SchedulePeriod?
    public var minimum: SchedulePeriod?
    public var earliestRecommended: SchedulePeriod?
    public var latestRecommended: SchedulePeriod?
    public var maximum: SchedulePeriod?
    public var effective = EffectiveDays()

    public init() {}
}

/// The time from something to a dose.
public struct DoseInterval: Sendable, Hashable {
    public enum Start: Sendable, Hashable {
        case previousDose
        case dose(Int)
        case vaccines(Set<String>)
        case observation(String)
    }

    public let start: Start
    public let absoluteMinimum: SchedulePeriod?
    public let minimum: SchedulePeriod?
    public let earliestRecommended: SchedulePeriod?
    public let latestRecommended: SchedulePeriod?
    /// The group may be forecast by this antigen alone.
    public let hasPriority: Bool
    public let effective: EffectiveDays
}

/// A vaccine that a dose may be, within ages.
public struct DoseVaccine: Sendable, Hashable {
    public let cvx: String
    public let beginAge: SchedulePeriod?
    public let endAge: SchedulePeriod?
}

/// The days of a season, for every year alike.
public struct VaccineSeason: Sendable, Hashable {
    public let start: CivilDate
    public let end: CivilDate?
}
