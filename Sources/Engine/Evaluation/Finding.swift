public import Clinical
public import Knowledge

/// What one rule has to say about one patient: the substance of a card, before it takes any form.
public final class Finding: Sendable {
    /// The rule that says it, and in which version.
    public let rule: RuleHeading
    /// The row of the ladder that decided, or the state of a care gap.
    public let grade: String
    public let severity: Severity
    /// One sentence, names and values filled in; plain text.
    public let summary: String
    /// Paragraphs that explain; plain text, may be empty.
    public let detail: String
    /// The seven elements of an interaction alert, as far as the rule or the table has them.
    public let elements: AlertElements
    /// Who takes part: each role of the rule and what fills it, in the rule's order.
    public let participants: [Participant]
    /// The draft orders that it is about.
    public let orders: [ResourceReference]
    public let suggestions: [SuggestedChange]
    public let overrideReasons: [OverrideReason]
    /// Facts that could not be known while the ladder was walked.
    public let unknown: [UnknownFact]
    /// The facts that were read, in the order in which they were first needed.
    public let facts: [FactValue]
    /// Due date and last evidence, for a care gap.
    public let gap: GapState?
    /// Names this finding for this patient among all others of the answer: rule id and what fills its roles.
    public let key: String
    /// The day since which all of it has stood, where the drugs that are ordered were last ordered on that day and the same was to be
    /// said of them; `nil` where something of it is new.
    public let standsSince: CivilDate?

    public init(
        rule: RuleHeading, grade: String, severity: Severity, summary: String, detail: String,
        elements: AlertElements = AlertElements(), participants: [Participant] = [], orders: [ResourceReference] = [],
        suggestions: [SuggestedChange] = [], overrideReasons: [OverrideReason] = [], unknown: [UnknownFact] = [],
        facts: [FactValue] = [], gap: GapState? = nil, key: String, standsSince: CivilDate? = nil
    ) {
        self.standsSince = standsSince
        self.rule = rule
        self.grade = grade
        self.severity = severity
        self.summary = summary
        self.detail = detail
        self.elements = elements
        self.participants = participants
        self.orders = orders
        self.suggestions = suggestions
        self.overrideReasons = overrideReasons
        self.unknown = unknown
        self.facts = facts
        self.gap = gap
        self.key = key
    }

    /// The same finding, known to have stood since that day.
    public func standing(since day: CivilDate) -> Finding {
        Finding(
            rule: rule, grade: grade, severity: severity, summary: summary, detail: detail, elements: elements,
            participants: participants, orders: orders, suggestions: suggestions, overrideReasons: overrideReasons, unknown: unknown,
            facts: facts, gap: gap, key: key, standsSince: day)
    }
}

/// Which rule this is, for the card's source and for the log.
public struct RuleHeading: Sendable, Hashable {
    public let id: String
    public let version: Int
    public let title: String
    /// The kind, as authors write it: `interaction`, `care-gap` …
    public let kind: String
    public let evidence: [Evidence]
    /// Who approved it, in the rule's words.
    public let approvedBy: String
    /// The clinical problem, as its author groups rules: `bleeding`, `renal`.
    public let category: String?

    public init(
        id: String, version: Int, title: String, kind: String, evidence: [Evidence], approvedBy: String, category: String? = nil
    ) {
        self.category = category
        self.id = id
        self.version = version
        self.title = title
        self.kind = kind
        self.evidence = evidence
        self.approvedBy = approvedBy
    }
}

/// A source that a rule rests on.
public struct Evidence: Sendable, Hashable {
    public let cite: String
    public let grade: String?
    public let note: String?

    public init(cite: String, grade: String? = nil, note: String? = nil) {
        self.cite = cite
        self.grade = grade
        self.note = note
    }
}

/// What a card about an interaction should tell.
///
/// - Source: PDDI-CDS minimum information model: drugs, seriousness, consequence, mechanism, modifying factors, action,
///   evidence. Drugs, seriousness, factors and evidence follow from the rest of the finding.
public struct AlertElements: Sendable, Hashable {
    public var consequence: String?
    public var mechanism: String?
    public var management: String?

    public init(consequence: String? = nil, mechanism: String? = nil, management: String? = nil) {
        self.consequence = consequence
        self.mechanism = mechanism
        self.management = management
    }
}

/// One who takes part in a finding: the role's name in the rule, and what fills it.
public struct Participant: Sendable, Hashable {
    public let role: String
    /// The ingredient's name, or the allergen's.
    public let name: String
    /// What the order or entry calls it, where that does not hold the ingredient's name: a brand, or another name of the drug.
    public let writtenAs: String?
    public let isOrdered: Bool
    /// The order, the entry on the medication list or the allergy.
    public let reference: ResourceReference?
    /// RxNorm code of the ingredient, where it is one.
    public let rxcui: Int?
    /// For a drug that is taken, the entries that say so: from each prescriber and each source.
    public let origins: [MedicationOrigin]

    public init(
        role: String, name: String, writtenAs: String? = nil, isOrdered: Bool, reference: ResourceReference?, rxcui: Int?,
        origins: [MedicationOrigin] = []
    ) {
        self.role = role
        self.name = name
        self.writtenAs = writtenAs
        self.isOrdered = isOrdered
        self.reference = reference
        self.rxcui = rxcui
        self.origins = origins
    }
}

/// Where it is known from that a drug is taken: who wrote the entry, of what kind it is, and when.
public struct MedicationOrigin: Sendable, Hashable {
    public let source: Medication.Source
    public let author: String?
    public let date: PartialDate?
    public let isReported: Bool

    public init(source: Medication.Source, author: String?, date: PartialDate?, isReported: Bool) {
        self.source = source
        self.author = author
        self.date = date
        self.isReported = isReported
    }

    init(_ medication: Medication) {
        self.init(
            source: medication.source, author: medication.author, date: medication.authored ?? medication.started,
            isReported: medication.isReported)
    }
}

/// A fact that the rule asked for and that was not known, with the reason.
public struct UnknownFact: Sendable, Hashable {
    /// The fact's name in the rule, such as `potassium`.
    public let name: String
    public let reason: UnknownReason
    /// The author's words for its absence, where there are any.
    public let missing: String?

    /// The name as words, for people: `gestational age`.
    public var words: String { String(name.map { $0 == "_" ? " " : $0 }) }

    public init(name: String, reason: UnknownReason, missing: String?) {
        self.name = name
        self.reason = reason
        self.missing = missing
    }

    /// The words for a card: the author's, else the reason's.
    public var why: String { missing ?? reason.why }
}

/// A fact that was read, in words, with what it was read from.
public struct FactValue: Sendable, Hashable {
    public let name: String
    public let text: String
    public let references: [ResourceReference]

    public init(name: String, text: String, references: [ResourceReference]) {
        self.name = name
        self.text = text
        self.references = references
    }
}

/// Where a patient stands with something that is to be done at intervals.
public struct GapState: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case never
        case overdue
        case dueSoon = "due_soon"
    }

    public let kind: Kind
    public let due: CivilDate?
    public let last: CivilDate?

    public init(kind: Kind, due: CivilDate?, last: CivilDate?) {
        self.kind = kind
        self.due = due
        self.last = last
    }
}
