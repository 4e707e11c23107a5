public import Clinical

/// When a dose is not needed: sets of conditions.
///
/// - Source: CDSi Logic Specification 4.6, section 6.2.
public struct DoseSkip: Sendable, Hashable {
    public enum Context: String, Sendable, Hashable, CaseIterable {
        case evaluation = "Evaluation"
        case forecast = "Forecast"
        case both = "Both"
    }

    public struct ConditionSet: Sendable, Hashable {
        public let needsAll: Bool
        public let conditions: [SkipCondition]
    }

    public let context: Context
    public let needsAllSets: Bool
    public let sets: [ConditionSet]
}

public enum SkipCondition: Sendable, Hashable {
    /// Of this age on the day in question.
    case age(AgeSpan)
    /// As long as this, or longer, after the dose before.
    case interval(SchedulePeriod)
    /// So many doses within ages or days.
    case doses(SkipDoseCount)
    /// A series of one of these groups is complete.
    case completedSeries(Set<String>)
}

/// Ages from the first up to, not including, the second.
public struct AgeSpan: Sendable, Hashable {
    public let begin: SchedulePeriod?
    public let end: SchedulePeriod?

    public init(begin: SchedulePeriod?, end: SchedulePeriod?) {
        self.begin = begin
        self.end = end
    }

    public func contains(_ day: CivilDate, bornOn birth: CivilDate) -> Bool {
        (begin.map { $0.added(to: birth) <= day } ?? true) && (end.map { day < $0.added(to: birth) } ?? true)
    }
}

/// Doses that are counted, and what their number is compared with.
public struct SkipDoseCount: Sendable, Hashable {
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case greater = "greater than"
        case equal = "equal to"
        case less = "less than"

        public func holds(_ count: Int, _ bound: Int) -> Bool {
            switch self {
            case .greater: count > bound
            case .equal: count == bound
            case .less: count < bound
            }
        }
    }

    /// A day by the calendar, or by the season of the dose in the year in question.
    public enum Day: Sendable, Hashable {
        case date(CivilDate)
        case seasonStart
        case seasonEnd
    }

    public let ages: AgeSpan
    public let from: Day?
    /// The first day that does not count any more.
    public let until: Day?
    /// Else every dose counts, valid or not.
    public let onlyValid: Bool
    public let comparison: Comparison
    public let bound: Int
    /// Empty for any vaccine of the antigen.
    public let vaccines: Set<String>
}
