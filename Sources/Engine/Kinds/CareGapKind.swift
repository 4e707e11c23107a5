public import Clinical
public import Knowledge

/// Something that should have been done for a patient by now.
public final class CareGapKind: RuleKind {
    public static let name = "care-gap"
    public static let summary = "something due for a population: a test, a vaccine, a therapy"
    public static let occasions: [Occasion] = [.patientView]
    public static let keys = [
        RuleKindKey("population", meaning: "whom it concerns: a condition over facts"),
        RuleKindKey("exclude", isRequired: false, meaning: "whom it does not concern: any one of these is enough"),
        RuleKindKey("done_by", meaning: "what counts as done, or the name of a fact that says it: any one of these is enough"),
        RuleKindKey("every", isRequired: false, meaning: "how often; without it, once"),
        RuleKindKey("grace", isRequired: false, meaning: "how long past the due date before it is overdue"),
        RuleKindKey("due_soon", isRequired: false, meaning: "how long before the due date it is mentioned"),
        RuleKindKey("not_due_while", isRequired: false, meaning: "a state in which it is not yet due"),
    ]

    public let population: Criterion
    public let exclusions: [Criterion]
    public let evidence: [GapEvidence]
    public let intervals: [GapInterval]
    public let grace: TimeSpan?
    public let dueSoon: TimeSpan?
    public let notDueWhile: [Criterion]
    public let severity: Severity
    /// The card for each state; a state without one shows nothing.
    public let cards: [GapState.Kind: CardText]
    /// Problems that everyone of the population has.
    public let problems: [CodeSetID]

    public init(
        population: Criterion, exclusions: [Criterion], evidence: [GapEvidence], intervals: [GapInterval],
        grace: TimeSpan?, dueSoon: TimeSpan?, notDueWhile: [Criterion], severity: Severity,
        cards: [GapState.Kind: CardText], problems: [CodeSetID]
    ) {
        self.population = population
        self.exclusions = exclusions
        self.evidence = evidence
        self.intervals = intervals
        self.grace = grace
        self.dueSoon = dueSoon
        self.notDueWhile = notDueWhile
        self.severity = severity
        self.cards = cards
        self.problems = problems
    }

    public var anchor: Anchor { problems.isEmpty ? .everyone : .problems(problems) }

    /// One match without roles, for everybody alive.
    public func matches(in record: PatientRecord) -> [Match] {
        record.isDeceased ? [] : [Match(roles: [])]
    }
}

/// What counts as done: all of these facts together.
public struct GapEvidence: Sendable, Hashable {
    public let facts: [FactID]

    public init(facts: [FactID]) {
        self.facts = facts
    }
}

/// How often it is to be done, under a condition.
public struct GapInterval: Sendable, Hashable {
    /// Nothing for `otherwise`.
    public let when: Criterion?
    public let interval: TimeSpan

    public init(when: Criterion?, interval: TimeSpan) {
        self.when = when
        self.interval = interval
    }
}
