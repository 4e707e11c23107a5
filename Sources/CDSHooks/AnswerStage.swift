/// A stage of an answer's walk, for whoever wants to know how long each takes.
///
/// The walk itself looks at no clock; it says only which stage begins now.
public enum AnswerStage: String, Sendable, CaseIterable {
    /// Bytes to a call, and the FHIR in it to a record.
    case read
    /// What was missing is asked of the FHIR server.
    case fetch
    /// Rules on the record.
    case evaluate
    /// Findings to cards, and cards to bytes.
    case cards
}
