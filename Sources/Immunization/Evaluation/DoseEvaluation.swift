/// What a dose that was given counts for.
///
/// - Source: CDSi Logic Specification 4.6, table 6-31 and the evaluation reasons of chapter 6.
public struct DoseEvaluation: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case valid = "Valid"
        case notValid = "Not Valid"
        /// More than was needed, or too late to count.
        case extraneous = "Extraneous"
    }

    public enum Reason: String, Sendable, Hashable {
        case tooYoung = "Age: Too Young"
        case tooOld = "Age: Too Old"
        case tooSoon = "Interval: Too Soon"
        case conflict = "Live Virus Conflict"
        case vaccine = "Not a preferable or allowable vaccine"
        case inadvertent = "Inadvertent Vaccine"
        /// Within the days by which an age or an interval may be short.
        case gracePeriod = "Grace Period"
        case notNeeded = "Series Already Complete"
    }

    public let status: Status
    /// Everything that speaks against it, in the order of the specification; for a valid dose, whether it was within grace.
    public let reasons: [Reason]
    /// The number of the dose of the series that it was held against; `nil` where none was left.
    public let target: Int?
}
