public import Clinical
public import Digests

/// What a clinician did with one card.
///
/// The card need not be one that we issued: batches arrive after restarts, and other nodes issue cards too.
///
/// - Source: CDS Hooks 2.0.1, "Feedback".
public struct CardFeedback: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case accepted
        case overridden
    }

    /// Why a card was overridden, as the EHR coded it.
    public struct Reason: Sendable, Hashable {
        public let code: String?
        /// Left out by some clients.
        public let system: String?
        public let display: String?

        public init(code: String?, system: String?, display: String?) {
            self.code = code
            self.system = system
            self.display = display
        }
    }

    /// The id of the card, as sent; some clients send ids of their own that are no UUIDs.
    public let card: String
    public let outcome: Outcome
    /// The ids of the suggestions that were accepted; empty where the card was overridden.
    public let acceptedSuggestions: [String]
    /// Empty where none was given.
    public let reasons: [Reason]
    /// What the clinician typed: it may speak of the patient.
    public let userComment: SensitiveText?
    public let timestamp: Instant
    /// Of the entry as it was sent, without its white space: the same entry, sent again, has the same one.
    public let digest: Digest
}
