public import Clinical
public import Digests

/// One answered call: by what it was decided, what was found, what could not be checked, and how long it took.
///
/// It names rules, editions and cards, never a patient: patient and user stand here as pseudonyms, and no text of the
/// record or of the request goes in.
public struct Decision: Sendable, Hashable {
    /// When it was answered, by the clock of the service.
    public var recorded: Instant
    /// The evaluation instant with its zone, by which the decision can be replayed.
    public var asOf: AsOf
    /// The service of discovery that was called, or `$care-gaps`.
    public var service: String
    public var hook: String
    /// The EHR's name for this invocation, as `JournalPseudonyms.instance` lets it through.
    public var hookInstance: String?
    /// The configured client that called; `nil` where clients are not told apart.
    public var client: String?
    /// SHA-256 of the request's body, 64 hexadecimal digits.
    public var request: String
    /// SHA-256 of what was fetched for it, as `FetchedRounds` writes it; `nil` where nothing was.
    public var fetched: String?
    public var edition: DecisionEdition
    /// What the client makes of cards, as `Dialect` describes itself; `nil` in entries of before it was kept.
    public var dialect: String?
    /// SHA-256 of the answer's body; `nil` in entries of before it was kept.
    public var response: String?
    /// The HTTP status that was answered.
    public var status: Int
    /// How long the answer took.
    public var latencyInMicroseconds: Int
    public var patient: Pseudonym?
    public var user: Pseudonym?
    public var findings: [DecidedFinding] = []
    /// Cards that belong to no finding, such as the one that tells what could not be checked.
    public var otherCards: [String] = []
    /// Cards that were left out because the client was shown them before and asked not to see them again, by their UUIDs.
    public var heldBack: [String] = []
    public var notChecked: [UncheckedItem] = []
    /// Rows of rules that kept silent on purpose.
    public var silenced: [SilencedRow] = []
    /// How the patient stands with each rule, where gaps in care were asked for.
    public var gaps: [DecidedGap] = []

    public init(
        recorded: Instant, asOf: AsOf, service: String, hook: String, hookInstance: String? = nil, client: String? = nil,
        request: Digest, edition: DecisionEdition, status: Int, latency: Duration
    ) {
        self.recorded = recorded
        self.asOf = asOf
        self.service = service
        self.hook = hook
        self.hookInstance = hookInstance
        self.client = client
        self.request = request.description
        self.edition = edition
        self.status = status
        latencyInMicroseconds = Self.microseconds(latency)
    }

    /// Every card of the answer, by its UUID.
    public var cards: [String] { findings.compactMap(\.card) + otherCards }

    private static func microseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow || seconds < 0 ? 0 : Int(clamping: whole &+ attoseconds / 1_000_000_000_000)
    }
}

/// Which rules, knowledge and program decided.
public struct DecisionEdition: Sendable, Hashable {
    /// Digest of the rules, hexadecimal.
    public let rules: String
    /// Digest of the knowledge, hexadecimal.
    public let knowledge: String
    /// Version of the program.
    public let vigil: String

    public init(rules: String, knowledge: String, vigil: String) {
        self.rules = rules
        self.knowledge = knowledge
        self.vigil = vigil
    }
}

/// A finding as the journal keeps it: which row of which rule fired, for whom only as a digest, and on which card.
public struct DecidedFinding: Sendable, Hashable {
    public let rule: String
    public let version: Int
    public let grade: String
    /// The severity's word.
    public let severity: String
    /// Keyed digest of the finding's key: equal for the same drugs of the same rule, and says no more.
    public let key: Pseudonym
    /// UUID of the card that told it; `nil` where it was not shown on this hook.
    public let card: String?

    public init(rule: String, version: Int, grade: String, severity: String, key: Pseudonym, card: String?) {
        self.rule = rule
        self.version = version
        self.grade = grade
        self.severity = severity
        self.key = key
        self.card = card
    }
}

/// A row of a rule that came to silence on purpose.
public struct SilencedRow: Sendable, Hashable {
    public let rule: String
    public let grade: String
    /// For a rule in shadow the severity that its card would have had.
    public let shadowOf: String?
    /// Where a site's override muted it: the severity that its card would have had, and the name of the override.
    public let muted: String?
    public let mutedBy: String?

    public init(rule: String, grade: String, shadowOf: String? = nil, muted: String? = nil, mutedBy: String? = nil) {
        self.rule = rule
        self.grade = grade
        self.shadowOf = shadowOf
        self.muted = muted
        self.mutedBy = mutedBy
    }
}
