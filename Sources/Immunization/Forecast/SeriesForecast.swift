public import Clinical

/// What is still to come of a series, or why nothing is.
///
/// - Source: CDSi Logic Specification 4.6, tables 7-10 and 7-13.
public struct SeriesForecast: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case notComplete = "Not Complete"
        case complete = "Complete"
        case immune = "Immune"
        case contraindicated = "Contraindicated"
        case agedOut = "Aged Out"
        case notRecommended = "Not Recommended"
    }

    public var status: Status
    /// Counted by doses that were satisfied, from 1.
    public var dose: Int?
    public var earliest: CivilDate?
    public var recommended: CivilDate?
    /// From this day on it is overdue.
    public var pastDue: CivilDate?
    /// The last day on which it may be given.
    public var latest: CivilDate?

    public init(
        status: Status, dose: Int? = nil, earliest: CivilDate? = nil, recommended: CivilDate? = nil, pastDue: CivilDate? = nil,
        latest: CivilDate? = nil
    ) {
        self.status = status
        self.dose = dose
        self.earliest = earliest
        self.recommended = recommended
        self.pastDue = pastDue
        self.latest = latest
    }

    /// Before adjustment to the earliest date: groups of several antigens start from these.
    var unadjustedRecommended: CivilDate?
    var unadjustedPastDue: CivilDate?
    /// The group may go by this antigen alone.
    var hasPriority = false
}
