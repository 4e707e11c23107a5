/// What a caller may do here.
public enum ClientRole: String, Sendable, Hashable, CaseIterable {
    /// An EHR: discovery, hook calls and feedback.
    case ehr
    /// A rule author: checking and trying rules.
    case author
    /// An auditor: reading the decision journal.
    case auditor
}
