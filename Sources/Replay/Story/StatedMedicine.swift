public import Clinical

/// A medicine as an author states it: what, how much, by which way, how often and when.
public struct StatedMedicine: Sendable, Hashable {
    /// What it is.
    public enum Substance: Sendable, Hashable {
        /// One ingredient, or the ingredients of a combination.
        case ingredients([Ingredient])
        /// A product by its RxNorm code.
        case product(rxcui: Int, name: String)
        /// Words that no code stands behind.
        case uncoded(String)
        /// A vaccine being ordered, by its name.
        case vaccine(StatedName)
    }

    public struct Ingredient: Sendable, Hashable {
        public let rxcui: Int
        public let name: String

        public init(rxcui: Int, name: String) {
            self.rxcui = rxcui
            self.name = name
        }
    }

    public var substance: Substance
    public var dose: StatedDose?
    public var route: StatedRoute?
    public var schedule: StatedSchedule?
    public var isAsNeeded: Bool
    public var isOnHold: Bool
    public var started: PartialDate?
    /// The last day of use, past or planned.
    public var ended: PartialDate?
    /// True for `stopped`: use has ended, where `until` only plans it.
    public var isStopped: Bool
    /// How many days it is to be taken.
    public var days: Int?

    public init(
        _ substance: Substance, dose: StatedDose? = nil, route: StatedRoute? = nil, schedule: StatedSchedule? = nil,
        isAsNeeded: Bool = false, isOnHold: Bool = false, started: PartialDate? = nil, ended: PartialDate? = nil,
        isStopped: Bool = false, days: Int? = nil
    ) {
        self.substance = substance
        self.dose = dose
        self.route = route
        self.schedule = schedule
        self.isAsNeeded = isAsNeeded
        self.isOnHold = isOnHold
        self.started = started
        self.ended = ended
        self.isStopped = isStopped
        self.days = days
    }
}

/// How much at one time: `5 mg`, `1-2 tablets`.
public struct StatedDose: Sendable, Hashable {
    public let low: Decimal
    /// Equal to `low` unless a range was written.
    public let high: Decimal
    public let unit: DoseUnit

    public init(low: Decimal, high: Decimal? = nil, unit: DoseUnit) {
        self.low = low
        self.high = high ?? low
        self.unit = unit
    }
}

/// The unit of a dose: its UCUM code, and the word that was written.
public struct DoseUnit: Sendable, Hashable {
    public let code: String
    public let text: String

    public init(code: String, text: String) {
        self.code = code
        self.text = text
    }

    /// Forms that are counted, which UCUM has as annotations of the number 1.
    ///
    /// - Source: UCUM, §6: curly braces.
    private static let forms = [
        "tablet", "capsule", "puff", "drop", "patch", "spray", "vial", "ampule", "suppository", "lozenge", "sachet",
        "application", "dose",
    ]

    /// The unit for a word such as `mg`, `units` or `tablets`; nothing where there is none.
    public init?(_ word: String) {
        let plain = word.lowercased()
        if let form = Self.forms.first(where: { plain == $0 || plain == $0 + "s" || plain == $0 + "es" }) {
            self.init(code: "{\(form)}", text: word)
        } else if let unit = try? Unit(text: word) {
            self.init(code: unit.code, text: word)
        } else {
            return nil
        }
    }
}

/// How often doses are taken, in the terms of FHIR's timing.
public struct StatedSchedule: Sendable, Hashable {
    public var frequency: Int?
    public var period: Int?
    public var periodMaximum: Int?
    public var periodUnit: Timing.PeriodUnit?
    /// Codes of events, such as `HS` for bedtime.
    ///
    /// - Source: FHIR R4, value set event-timing.
    public var when: [String]
    /// How often in all: `once` is 1.
    public var count: Int?

    public init(
        frequency: Int? = nil, period: Int? = nil, periodMaximum: Int? = nil, periodUnit: Timing.PeriodUnit? = nil,
        when: [String] = [], count: Int? = nil
    ) {
        self.frequency = frequency
        self.period = period
        self.periodMaximum = periodMaximum
        self.periodUnit = periodUnit
        self.when = when
        self.count = count
    }

    /// So many times in one day, week, month …
    static func times(_ frequency: Int, each unit: Timing.PeriodUnit) -> StatedSchedule {
        StatedSchedule(frequency: frequency, period: 1, periodUnit: unit)
    }
}
