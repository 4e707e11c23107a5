import Clinical
public import Engine

/// A trace as text: who met, each fact with its source, each row with what came of it.
public struct Explanation: Sendable {
    private let trace: RuleTrace
    /// True to show, for each row that did not decide, the first condition that stopped it.
    private let asksWhyNot: Bool
    private let evaluation: Evaluation?
    private let notAsked: String?

    /// - Parameters:
    ///   - evaluation: what all rules say of the same patient; what the rule says and is not shown tells why then.
    ///   - notAsked: why a service does not ask the rule at all, such as `a draft`; it tells then what the rule would say.
    public init(_ trace: RuleTrace, in evaluation: Evaluation? = nil, notAsked: String? = nil, asksWhyNot: Bool = false) {
        self.trace = trace
        self.evaluation = evaluation
        self.notAsked = notAsked
        self.asksWhyNot = asksWhyNot
    }

    public var text: String {
        (notAsked.map { "\(trace.rule.id) v\(trace.rule.version): not asked: \($0)\n\n" } ?? "") + walked
    }

    private var walked: String {
        let head = "\(trace.rule.id) v\(trace.rule.version)"
        guard let why = trace.stopped else {
            return trace.meetings.map { meeting in ([head + ": " + heading(of: meeting)] + self.lines(of: meeting)).joined(separator: "\n") }
                .joined(separator: "\n\n") + "\n"
        }
        var lines = ["\(head): no card: \(why)"]
        let width = trace.roles.map(\.name.count).max() ?? 0
        for role in trace.roles {
            let found = role.fillers.map(Self.words).joined(separator: ", ")
            lines.append("  \(role.name.padded(to: width))   \(found.isEmpty ? "nobody" : found)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(of meeting: MeetingTrace) -> String {
        if meeting.participants.isEmpty { return trace.rule.title }
        return meeting.participants.map { "\($0.role) = \(Self.words($0))" }.joined(separator: ", ")
    }

    private static func words(_ participant: Participant) -> String {
        let reference = participant.reference.map { ", \($0)" } ?? ""
        return "\(participant.name) (\(participant.isOrdered ? "ordered" : "on record")\(reference))"
    }

    private func lines(of meeting: MeetingTrace) -> [String] {
        var lines = factLines(meeting.facts)
        let width = meeting.rows.map(\.name.count).max() ?? 0
        for (index, row) in meeting.rows.enumerated() {
            let isDecision = row.name == meeting.decided
            let number = String(index + 1).padded(to: meeting.rows.count > 9 ? 2 : 1)
            var line = "  \(number) \(row.name.padded(to: width))   \(Self.sign(row.outcome).padded(to: 3))"
            if isDecision {
                line += "  <- \(meeting.severity ?? row.severity ?? "")"
            } else if let condition = row.condition {
                line += "  " + Self.words(condition)
            }
            lines.append(line)
            if asksWhyNot, !isDecision, let stopper = row.condition?.stopper { lines.append("      stopped by: " + why(stopper, meeting)) }
        }
        lines.append(closing(meeting))
        return lines
    }

    private func factLines(_ facts: [FactTrace]) -> [String] {
        let width = facts.map(\.name.count).max() ?? 0
        let texts = facts.map(\.text)
        let textWidth = min(texts.map(\.count).max() ?? 0, 40)
        return facts.map { fact in
            let source = [
                fact.unknown?.why, fact.date.map { "\($0)" }, fact.references.isEmpty ? nil : fact.references.map { "\($0)" }.joined(separator: ", "),
            ].compactMap(\.self).joined(separator: "   ")
            let line = "  \(fact.name.padded(to: width))   \(fact.text.padded(to: textWidth))   \(source)"
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func sign(_ outcome: RowTrace.Outcome) -> String {
        switch outcome {
        case .notAsked: "-"
        case .truth(let truth): truth.isYes ? "yes" : truth.isNo ? "no" : "?"
        }
    }

    /// One test alone needs no word on what came of it: the row has it.
    private static func words(_ condition: ConditionTrace) -> String {
        if case .test = condition { return condition.words(withTruth: false) }
        return condition.words(withTruth: true)
    }

    private func why(_ stopper: (words: String, fact: String, truth: Truth), _ meeting: MeetingTrace) -> String {
        let fact = meeting.facts.first { $0.name == stopper.fact }
        if let reason = stopper.truth.reason { return "\(stopper.words): not known, \(reason.why)" }
        let source = fact.map { fact in
            ([fact.text] + [fact.date.map { "\($0)" }, fact.references.first.map { "\($0)" }].compactMap(\.self)).joined(separator: ", ")
        }
        return "\(stopper.words): " + (source.map { "it is \($0)" } ?? "it is not so")
    }

    private func closing(_ meeting: MeetingTrace) -> String {
        if let why = meeting.uncertain { return "  no card: not checked, \(why)" }
        guard let decided = meeting.decided else {
            guard let row = meeting.rows.first else { return "  no card" }
            // Rows without a condition are the rates of a measure.
            return row.condition == nil ? "  no card: no gap is open" : "  no card: no row was true"
        }
        guard let summary = meeting.summary, meeting.severity != "none" else { return "  no card: `\(decided)` shows none" }
        return withheld(meeting).map { "  no card: \($0); it would say: \(summary)" } ?? "  card: \(summary)"
    }

    /// Why a card that the rule has for the patient is not shown; nothing where it is.
    private func withheld(_ meeting: MeetingTrace) -> String? {
        if notAsked != nil { return "the rule is not asked" }
        guard let evaluation, let key = meeting.key, !evaluation.findings.contains(where: { $0.key == key && $0.rule.id == trace.rule.id })
        else { return nil }
        if let silenced = evaluation.silenced.first(where: { $0.key == key && $0.rule == trace.rule.id }) {
            if let muted = silenced.muted { return "it is muted by the override \(muted.override)" }
            return silenced.shadowOf == nil ? "another rule speaks of the same gap" : "the rule is in shadow"
        }
        let drugs = Set(meeting.participants.map(\.name))
        let other = evaluation.findings.first { !drugs.isEmpty && drugs.isSubset(of: $0.participants.map(\.name)) }
        return "another rule speaks for the same drugs" + (other.map { ", `\($0.rule.id)`" } ?? "")
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
