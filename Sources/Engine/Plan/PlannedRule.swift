public import Clinical
public import Knowledge

/// One rule, checked and resolved.
///
/// A class because it is handed on with every meeting and every context: that copies one reference, not a dozen.
public final class PlannedRule: Sendable {
    public let heading: RuleHeading
    /// The hooks that it answers.
    public let occasions: Set<Occasion>
    /// Drafts are tested, shadows are evaluated and logged, only active rules reach a card.
    public let isShown: Bool
    /// Who meets: decides on whom the ladder is walked.
    public let kind: any RuleKind
    public let roleNames: [String]
    public let facts: [PlannedFact]
    /// The ladder; empty for a care gap, whose states stand in its kind.
    public let grades: [PlannedGrade]
    /// What it reads of the record.
    public let needs: DataNeeds
    /// The row of a table that it was made of, which tells it from the other rows of its rule.
    public let row: String?
    /// Where a site does not want to see its cards.
    public let mutes: [PlannedMute]
    /// What its kind is, told once: a cast costs more than most of what is asked.
    let isTable: Bool
    let gap: CareGapKind?
    let measure: MeasureKind?

    public init(
        heading: RuleHeading, occasions: Set<Occasion>, isShown: Bool, kind: any RuleKind, roleNames: [String],
        facts: [PlannedFact], grades: [PlannedGrade], needs: DataNeeds, row: String? = nil,
        mutes: [PlannedMute] = []
    ) {
        self.heading = heading
        self.occasions = occasions
        self.isShown = isShown
        self.kind = kind
        self.roleNames = roleNames
        self.facts = facts
        self.grades = grades
        self.needs = needs
        self.row = row
        self.mutes = mutes
        isTable = kind is any TableKind
        gap = kind as? CareGapKind
        measure = kind as? MeasureKind
    }
}

/// Where a site does not want to see the cards of a rule. What would have been shown is kept in the log.
public struct PlannedMute: Sendable, Hashable {
    /// Over the facts of the rule; mutes only where it is true.
    public let when: Criterion
    /// Who overrides, and why.
    public let override: String
    public let because: String

    public init(when: Criterion, override: String, because: String) {
        self.when = when
        self.override = override
        self.because = because
    }
}

/// One row of the ladder: the first whose condition is true decides.
public final class PlannedGrade: Sendable {
    public let name: String
    /// Nothing for `otherwise`.
    public let when: Criterion?
    /// Nothing where the interaction table decides.
    public let severity: Severity?
    public let card: CardText
    /// The sources of this row, where it has some of its own in place of the rule's.
    public let evidence: [Evidence]

    public init(name: String, when: Criterion?, severity: Severity?, card: CardText, evidence: [Evidence] = []) {
        self.evidence = evidence
        self.name = name
        self.when = when
        self.severity = severity
        self.card = card
    }
}

/// The words and offers of a card, those of the row already put over those of the rule.
public struct CardText: Sendable {
    public var summary: TextTemplate
    public var detail: TextTemplate
    public var consequence: TextTemplate?
    public var mechanism: TextTemplate?
    public var management: TextTemplate?
    public var suggestions: [PlannedSuggestion]
    public var overrideReasons: [OverrideReason]

    public init(
        summary: TextTemplate, detail: TextTemplate, consequence: TextTemplate? = nil, mechanism: TextTemplate? = nil,
        management: TextTemplate? = nil, suggestions: [PlannedSuggestion] = [], overrideReasons: [OverrideReason] = []
    ) {
        self.summary = summary
        self.detail = detail
        self.consequence = consequence
        self.mechanism = mechanism
        self.management = management
        self.suggestions = suggestions
        self.overrideReasons = overrideReasons
    }
}

/// A suggestion as its author planned it, before it is known who fills the roles.
public struct PlannedSuggestion: Sendable {
    public enum Action: Sendable {
        case stop(RoleID)
        case stopOrdered
        case prescribe(SuggestedChange.Prescription)
        case change(RoleID, dose: Quantity?, instructions: String?)
        case order(Orderable, dueIn: TimeSpan?)
        case immunize(name: String, coding: Coding)
    }

    public let label: TextTemplate
    public let actions: [Action]
    /// Offered only where this is true.
    public let onlyIf: Criterion?

    public init(label: TextTemplate, actions: [Action], onlyIf: Criterion?) {
        self.label = label
        self.actions = actions
        self.onlyIf = onlyIf
    }
}
