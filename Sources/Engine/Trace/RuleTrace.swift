public import Clinical

/// How one rule came to what it says of one patient: who met, each fact with its source, each row with its condition.
///
/// Made only where somebody asks for it; the evaluation of a request does not pay for it.
public struct RuleTrace: Sendable {
    public let rule: RuleHeading
    /// One for each meeting; empty where nobody met.
    public let meetings: [MeetingTrace]
    /// Each role of the rule and who of the patient could fill it.
    public let roles: [RoleTrace]
    /// Why nobody met; nothing where somebody did.
    public let stopped: String?
}

/// Who of a patient could fill a role of a rule.
public struct RoleTrace: Sendable, Hashable {
    public let name: String
    public let fillers: [Participant]
}

/// One walk down the ladder of a rule.
public struct MeetingTrace: Sendable {
    public let participants: [Participant]
    /// Why it is not certain that they meet; the ladder is not walked then.
    public let uncertain: String?
    /// The facts that were read, in the order in which they were first needed.
    public let facts: [FactTrace]
    /// The rows in their order; those after the one that decided were not asked.
    public let rows: [RowTrace]
    /// The row that decided, or the state of a care gap.
    public let decided: String?
    /// Severity of the card; nothing where there is none.
    public let severity: String?
    /// What the card says in its first line.
    public let summary: String?
    /// Names the finding among those of an evaluation; nothing where there is none.
    public let key: String?
}

/// A fact of one meeting.
public struct FactTrace: Sendable, Hashable {
    public let name: String
    /// Its value in words; `unknown` where it is not known.
    public let text: String
    /// Why it is not known.
    public let unknown: UnknownReason?
    public let date: PartialDate?
    /// What it was read from.
    public let references: [ResourceReference]
}

/// A row of the ladder, or a part of a care gap, as it was asked.
public struct RowTrace: Sendable {
    public enum Outcome: Sendable, Hashable {
        case truth(Truth)
        /// A row before it decided.
        case notAsked
    }

    public let name: String
    public let outcome: Outcome
    /// Nothing for `otherwise`.
    public let condition: ConditionTrace?
    /// Severity of the row, where it has one.
    public let severity: String?
}

/// A condition with what came of it and of its parts.
public indirect enum ConditionTrace: Sendable, Hashable {
    case all([ConditionTrace], Truth)
    case any([ConditionTrace], Truth)
    case none([ConditionTrace], Truth)
    case test(words: String, fact: String, Truth)

    public var truth: Truth {
        switch self {
        case .all(_, let truth), .any(_, let truth), .none(_, let truth), .test(_, _, let truth): truth
        }
    }

    /// The tests in it, from left to right.
    public var tests: [(words: String, fact: String, truth: Truth)] {
        switch self {
        case .all(let parts, _), .any(let parts, _), .none(let parts, _): parts.flatMap(\.tests)
        case .test(let words, let fact, let truth): [(words, fact, truth)]
        }
    }

    /// The condition as a sentence part; a test that did not hold with what came of it.
    public func words(withTruth: Bool) -> String {
        func list(_ parts: [ConditionTrace], _ word: String) -> String {
            parts.map { part in
                let words = part.words(withTruth: withTruth)
                if case .test = part { return words }
                return parts.count > 1 ? "(\(words))" : words
            }.joined(separator: word)
        }
        switch self {
        case .all(let parts, _): return list(parts, " and ")
        case .any(let parts, _): return list(parts, " or ")
        case .none(let parts, _): return "none of: " + list(parts, " or ")
        case .test(let words, _, let truth):
            guard withTruth else { return words }
            return words + (truth.isYes ? " (yes)" : truth.isNo ? " (no)" : " (unknown)")
        }
    }

    /// The first test that keeps the condition from being true; nothing where it is.
    public var stopper: (words: String, fact: String, truth: Truth)? {
        guard !truth.isYes else { return nil }
        switch self {
        case .all(let parts, _): return parts.first { !$0.truth.isYes }?.stopper
        case .any(let parts, _): return parts.first { !$0.truth.isYes }?.stopper
        case .none(let parts, _):
            return parts.first { !$0.truth.isNo }?.tests.first { !$0.truth.isNo }
        case .test(let words, let fact, let truth): return (words, fact, truth)
        }
    }
}
