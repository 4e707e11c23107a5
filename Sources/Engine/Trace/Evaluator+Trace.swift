public import Clinical
import Knowledge

extension Evaluator {
    /// How a rule of the plan comes to what it says of a patient; nothing where the plan has no such rule.
    ///
    /// It walks what `evaluate` walks, for one rule and whatever anchors it, and keeps each step.
    public func trace(rule id: String, of snapshot: Snapshot, at asOf: AsOf) -> RuleTrace? {
        // A rule over a table stands in the plan once for each row.
        let rows = plan.rules.filter { $0.heading.id == id }
        guard let rule = rows.first else { return nil }
        let record = PatientRecord(snapshot, plan: plan, knowledge: knowledge, asOf: asOf)
        let matches = rows.flatMap { row in row.kind.matches(in: record).map { (rule: $0.rule ?? row, match: $0) } }
        let roles = rule.kind.selectors.enumerated().map { index, selector in
            RoleTrace(
                name: index < rule.roleNames.count ? rule.roleNames[index] : "among",
                fillers: record.presences(of: selector).map { drug in
                    Participant(
                        role: index < rule.roleNames.count ? rule.roleNames[index] : "among", name: drug.name, isOrdered: drug.isOrdered,
                        reference: drug.entry?.medication.reference, rxcui: drug.rxcui)
                })
        }
        return RuleTrace(
            rule: rule.heading, meetings: matches.map { RuleContext($0.rule, $0.match, record).trace() }, roles: roles,
            stopped: matches.isEmpty ? rule.reasonNobodyMet(roles, in: record) : nil)
    }
}

extension PlannedRule {
    fileprivate func reasonNobodyMet(_ roles: [RoleTrace], in record: PatientRecord) -> String {
        if let role = roles.first(where: \.fillers.isEmpty) { return "nothing of the patient fills role `\(role.name)`" }
        if kind is CareGapKind { return "the patient is recorded as deceased" }
        if roles.isEmpty { return "no allergy on record meets a drug that is being ordered" }
        if !roles.contains(where: { $0.fillers.contains(where: \.isOrdered) }) { return "nothing of them is being ordered" }
        return "what fills the roles does not make a meeting: too few, one drug alone, or a renewal"
    }
}

extension RuleContext {
    fileprivate func trace() -> MeetingTrace {
        if let reason = match.certainty.reason { return trace(rows: [], decided: nil, severity: nil, summary: nil, uncertain: reason.why) }
        if let gap = rule.kind as? CareGapKind { return trace(gap) }
        var rows: [RowTrace] = []
        var decided: PlannedGrade?
        for grade in rule.grades {
            let severity = grade.severity?.rawValue
            guard decided == nil else {
                rows.append(RowTrace(name: grade.name, outcome: .notAsked, condition: nil, severity: severity))
                continue
            }
            let condition = grade.when.map(traced)
            let truth = condition?.truth ?? .yes
            if truth.isYes { decided = grade }
            rows.append(RowTrace(name: grade.name, outcome: .truth(truth), condition: condition, severity: severity))
        }
        let finding = decided.map { self.finding(of: $0, unknown: []) }
        return trace(rows: rows, decided: decided?.name, severity: finding?.severity.rawValue, summary: finding?.summary)
    }

    private func trace(_ gap: CareGapKind) -> MeetingTrace {
        func row(_ name: String, _ criterion: Criterion) -> RowTrace {
            let condition = traced(criterion)
            return RowTrace(name: name, outcome: .truth(condition.truth), condition: condition, severity: nil)
        }
        func rows(_ name: String, _ criteria: [Criterion]) -> [RowTrace] {
            criteria.enumerated().map { row(criteria.count == 1 ? name : "\(name) \($0 + 1)", $1) }
        }
        var all = [row("population", gap.population)]
        all += rows("exclude", gap.exclusions)
        all += rows("not_due_while", gap.notDueWhile)
        all += gap.evidence.enumerated().map { number, evidence in
            let parts = evidence.facts.map { fact -> ConditionTrace in
                .test(words: rule.facts[fact.index].name, fact: rule.facts[fact.index].name, presence(of: fact))
            }
            let condition = ConditionTrace.all(parts, .all(parts.map(\.truth)))
            return RowTrace(
                name: gap.evidence.count == 1 ? "done_by" : "done_by \(number + 1)", outcome: .truth(condition.truth), condition: condition,
                severity: nil)
        }
        all += rows("every", gap.intervals.compactMap(\.when))
        switch outcome(of: gap) {
        case .notConcerned, .excluded, .closed:
            return trace(rows: all, decided: nil, severity: nil, summary: nil)
        case .notChecked(let facts):
            let why = facts.map { "\($0.name): \($0.reason.why)" }.joined(separator: "; ")
            return trace(rows: all, decided: nil, severity: nil, summary: nil, uncertain: why)
        case .gap(let state, let unknown):
            let finding = gap.cards[state.kind].map {
                self.finding(card: $0, grade: state.kind.rawValue, severity: gap.severity, unknown: unknownFacts(unknown), gap: state)
            }
            return trace(rows: all, decided: state.kind.rawValue, severity: finding?.severity.rawValue, summary: finding?.summary)
        }
    }

    private func trace(
        rows: [RowTrace], decided: String?, severity: String?, summary: String?, uncertain: String? = nil
    ) -> MeetingTrace {
        MeetingTrace(
            participants: participants, uncertain: uncertain, facts: asked.map(factTrace), rows: rows, decided: decided,
            severity: severity, summary: summary)
    }

    private func factTrace(_ fact: FactID) -> FactTrace {
        let result = result(of: fact)
        let unknown = result.unknownReason
        return FactTrace(
            name: rule.facts[fact.index].name, text: unknown == nil ? words(for: fact) : "unknown", unknown: unknown, date: result.date,
            references: result.references)
    }

    /// The condition with what came of every part, also of those that an evaluation would not have looked at any more.
    private func traced(_ criterion: Criterion) -> ConditionTrace {
        switch criterion {
        case .all(let parts):
            let done = parts.map(traced)
            return .all(done, .all(done.map(\.truth)))
        case .any(let parts):
            let done = parts.map(traced)
            return .any(done, .any(done.map(\.truth)))
        case .none(let parts):
            let done = parts.map(traced)
            return .none(done, Truth.any(done.map(\.truth)).not)
        case .test(let fact, let test):
            return .test(
                words: rule.words(for: fact, test), fact: rule.facts[fact.index].name, truth(of: test, on: result(of: fact)))
        }
    }
}
