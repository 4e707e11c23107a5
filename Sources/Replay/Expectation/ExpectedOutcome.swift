public import Clinical
public import Engine
public import Knowledge

/// What an author expects a rule to say of a patient.
public enum ExpectedOutcome: Sendable, Hashable {
    /// The rule is silent.
    case noCard
    /// The rule is silent and says that it could not find out.
    case notChecked
    /// The rule says this.
    case card(ExpectedCard)
}

/// What a card must be like; what is not set is not compared.
public struct ExpectedCard: Sendable, Hashable {
    public var grade: String?
    public var severity: Severity?
    public var summary: String?
    /// Pieces that must stand in the summary, and in the detail.
    public var summaryHas: [String]
    public var detailHas: [String]
    /// Pieces that must stand in neither.
    public var notHas: [String]
    /// How many suggestions it makes.
    public var suggestions: Int?
    /// The facts that were not known: these and no others.
    public var unknown: [String]?
    public var state: GapState.Kind?
    public var due: CivilDate?
    /// How many cards the rule gives; one unless an author says otherwise.
    public var cards: Int

    public init(
        grade: String? = nil, severity: Severity? = nil, summary: String? = nil, summaryHas: [String] = [],
        detailHas: [String] = [], notHas: [String] = [], suggestions: Int? = nil, unknown: [String]? = nil,
        state: GapState.Kind? = nil, due: CivilDate? = nil, cards: Int = 1
    ) {
        self.grade = grade
        self.severity = severity
        self.summary = summary
        self.summaryHas = summaryHas
        self.detailHas = detailHas
        self.notHas = notHas
        self.suggestions = suggestions
        self.unknown = unknown
        self.state = state
        self.due = due
        self.cards = cards
    }
}

