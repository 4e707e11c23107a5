public import Clinical

/// What a user did with a card, as the EHR reports it.
///
/// - Source: CDS Hooks 2.0.1, "Feedback".
public struct FeedbackEntry: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case accepted
        case overridden
    }

    /// The service whose feedback endpoint was called.
    public var service: String
    public var client: String?
    /// UUID of the card; vendors send other identifiers too.
    public var card: String
    public var outcome: Outcome
    /// Identifiers of the suggestions that were accepted.
    public var acceptedSuggestions: [String] = []
    public var reason: OverrideReason?
    /// Free text of a clinician: patient data, stored encrypted or not at all.
    public var userComment: String?
    /// When the user acted.
    public var outcomeAt: Instant?

    public init(service: String, client: String? = nil, card: String, outcome: Outcome) {
        self.service = service
        self.client = client
        self.card = card
        self.outcome = outcome
    }

    /// Why a card was overridden, as a code; some EHRs leave out all but one part.
    public struct OverrideReason: Sendable, Hashable {
        public var code: String?
        public var system: String?
        public var display: String?

        public init(code: String?, system: String? = nil, display: String? = nil) {
            self.code = code
            self.system = system
            self.display = display
        }
    }

    /// Names this entry among all: a report that is sent again has the same digest. Keyed, for the comment counts too.
    func digest(_ key: JournalKey) -> String {
        let optional = [client, reason?.code, reason?.system, reason?.display, userComment, outcomeAt.map(JournalTime.text)]
        let parts = [service, card, outcome.rawValue] + optional.map { $0.map { "=\($0)" } ?? "" } + acceptedSuggestions
        return key.seal(["feedback"] + parts)
    }
}

/// What became of one reported entry.
public struct FeedbackReceipt: Sendable, Hashable {
    /// Names the entry; the same for the same report.
    public let digest: String
    /// False where it was there already.
    public let isNew: Bool
    /// Whether a card of this UUID was ever given, as far as the journal reaches back.
    public let isKnownCard: Bool
    /// The rule whose card it was.
    public let rule: String?
}

/// An entry as it was kept.
public struct StoredFeedback: Sendable, Hashable {
    public let entry: FeedbackEntry
    public let received: Instant
    public let isKnownCard: Bool
    public let rule: String?
    /// Whether there was a comment, kept or not.
    public let hasComment: Bool
}

/// How often cards of a rule were overridden for one reason.
public struct OverrideCount: Sendable, Hashable {
    /// `nil` for cards that belong to no rule or that the journal does not know.
    public let rule: String?
    /// `nil` where no code was given.
    public let reason: FeedbackEntry.OverrideReason?
    public let count: Int
}

/// How often cards of a rule were given, accepted and overridden.
public struct OutcomeCount: Sendable, Hashable {
    public let rule: String?
    public let given: Int
    public let accepted: Int
    public let overridden: Int
}
