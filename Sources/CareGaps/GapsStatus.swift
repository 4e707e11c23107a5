/// How a gap stands, in the words of a gaps-in-care report.
///
/// - Source: Da Vinci DEQM 5.0, code system gaps-status.
public enum GapsStatus: String, Sendable, Hashable, CaseIterable {
    /// What is recommended is not done, or not on record.
    case open = "open-gap"
    /// It is done.
    case closed = "closed-gap"
    /// It will be open before long.
    case prospective = "prospective-gap"

    /// The status of a result; nothing for a patient whom the rule does not concern or excuses, where a site has
    /// muted it, and where it could not be told.
    public init?(_ state: CareGapState) {
        switch state {
        case .open: self = .open
        case .closed: self = .closed
        case .dueSoon: self = .prospective
        case .notInPopulation, .excluded, .exception, .muted, .notChecked: return nil
        }
    }
}
