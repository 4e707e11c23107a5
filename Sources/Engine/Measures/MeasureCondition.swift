public import Clinical

/// Something that is true of a patient, or of what a measure counts; with three values.
public indirect enum MeasureCondition: Sendable, Hashable {
    case all([MeasureCondition])
    case any([MeasureCondition])
    case none([MeasureCondition])
    /// At least so many entries, each counted once by day, by medicine or by itself.
    case exists(QueryID, atLeast: Int, by: EventCount)
    /// The days that orders supply, added up.
    case daysSupplied(QueryID, Comparison, Decimal)
    case age(TimePoint, AgeRange)
    case sex(Patient.Sex)
    /// The day of death lies in the window.
    case died(TimeWindow)
    case named(ConditionID)
}

/// What makes two entries one.
public enum EventCount: String, Sendable, Hashable, CaseIterable {
    case entry
    case day
    case medicine
}

/// The number of a value set in a plan.
@frozen public struct ValueSetID: Sendable, Hashable {
    public let index: Int32
    init(index: Int32) { self.index = index }
}

/// The number of a query in a plan. Equal queries have one number, whichever rules ask them.
@frozen public struct QueryID: Sendable, Hashable {
    public let index: Int32
    init(index: Int32) { self.index = index }
}

/// The number of a condition in a plan.
@frozen public struct ConditionID: Sendable, Hashable {
    public let index: Int32
    init(index: Int32) { self.index = index }
}
