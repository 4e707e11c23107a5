public import Clinical
public import Digests
public import Engine

/// What the service knows of a call that it answered, before it becomes an entry.
public struct AnsweredCall: Sendable {
    public var recorded: Instant
    public var asOf: AsOf
    public var service: String
    public var hook: String
    public var hookInstance: String?
    public var client: String?
    /// Plain here, a pseudonym in the entry.
    public var patientID: String?
    /// `Practitioner/123`, plain here, a pseudonym in the entry.
    public var userID: String?
    public var request: Digest
    /// Of what was fetched for it; `nil` where nothing was.
    public var fetched: Digest?
    public var edition: DecisionEdition
    /// What the client makes of cards, in a word.
    public var dialect: String?
    /// Of the answer's body.
    public var response: Digest?
    public var status: Int
    public var latency: Duration
    /// `nil` where nothing was decided.
    public var evaluation: Evaluation?
    /// The cards of the answer, in its order.
    public var cards: [IssuedCard]
    /// UUIDs of the cards that were left out as repeated.
    public var heldBack: [String] = []
    /// How the patient stands with each rule, where that was asked.
    public var gaps: [DecidedGap] = []

    public init(
        recorded: Instant, asOf: AsOf, service: String, hook: String, hookInstance: String? = nil, client: String? = nil,
        patientID: String? = nil, userID: String? = nil, request: Digest, edition: DecisionEdition, status: Int,
        latency: Duration,
        evaluation: Evaluation? = nil, cards: [IssuedCard] = []
    ) {
        self.recorded = recorded
        self.asOf = asOf
        self.service = service
        self.hook = hook
        self.hookInstance = hookInstance
        self.client = client
        self.patientID = patientID
        self.userID = userID
        self.request = request
        self.edition = edition
        self.status = status
        self.latency = latency
        self.evaluation = evaluation
        self.cards = cards
    }
}

/// A card that was given, and the finding that it tells.
public struct IssuedCard: Sendable, Hashable {
    public let uuid: String
    /// Rule and key of its finding; `nil` for a card that tells none.
    public let finding: FindingName?

    public init(uuid: String, finding: FindingName? = nil) {
        self.uuid = uuid
        self.finding = finding
    }

    /// Tells a finding from the others of its answer.
    public struct FindingName: Sendable, Hashable {
        public let rule: String
        public let key: String

        public init(rule: String, key: String) {
            self.rule = rule
            self.key = key
        }
    }
}

extension Decision {
    /// The entry of a call: its findings matched with their cards, everything of the patient taken away or digested.
    public init(_ call: AnsweredCall, pseudonyms: JournalPseudonyms) {
        self.init(
            recorded: call.recorded, asOf: call.asOf, service: call.service, hook: call.hook,
            hookInstance: call.hookInstance.map(pseudonyms.instance), client: call.client, request: call.request,
            edition: call.edition, status: call.status, latency: call.latency)
        fetched = call.fetched?.description
        dialect = call.dialect
        response = call.response?.description
        patient = call.patientID.map { pseudonyms.patient($0, client: call.client) }
        user = call.userID.map { pseudonyms.user($0, client: call.client) }
        var cards = call.cards
        findings = (call.evaluation?.findings ?? []).map { finding in
            let name = IssuedCard.FindingName(rule: finding.rule.id, key: finding.key)
            let place = cards.firstIndex { $0.finding == name }
            return DecidedFinding(
                rule: finding.rule.id, version: finding.rule.version, grade: finding.grade, severity: word(finding.severity),
                key: pseudonyms.finding(finding.key), card: place.map { cards.remove(at: $0).uuid })
        }
        otherCards = cards.map(\.uuid)
        heldBack = call.heldBack
        gaps = call.gaps
        notChecked = UncheckedItem.items(call.evaluation?.notChecked ?? [])
        var seen: Set<SilencedRow> = []
        silenced = (call.evaluation?.silenced ?? []).map { row in
            SilencedRow(
                rule: row.rule, grade: row.grade, shadowOf: row.shadowOf.map(word), muted: row.muted.map { word($0.severity) },
                mutedBy: row.muted?.override)
        }.filter { seen.insert($0).inserted }
    }
}

/// The word of a value, whatever room it comes from.
private func word(_ value: some RawRepresentable<String>) -> String { value.rawValue }
