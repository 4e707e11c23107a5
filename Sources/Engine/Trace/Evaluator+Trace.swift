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
        if let reason = match.certainty.reason { return trace(rows: [], decided: nil, uncertain: reason.why) }
        if let gap = rule.gap { return trace(gap) }
        if let measure = rule.measure { return trace(measure) }
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
        return trace(rows: rows, decided: decided?.name, finding: decided.map { self.finding(of: $0, unknown: []) })
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
            return trace(rows: all, decided: nil)
        case .notChecked(let facts):
            let why = facts.map { "\($0.name): \($0.reason.why)" }.joined(separator: "; ")
            return trace(rows: all, decided: nil, uncertain: why)
        case .gap(let state, let unknown):
            let finding = gap.cards[state.kind].map {
                self.finding(card: $0, grade: state.kind.rawValue, severity: gap.severity, unknown: unknownFacts(unknown), gap: state)
            }
            return trace(rows: all, decided: state.kind.rawValue, finding: finding)
        }
    }

    /// The populations of each rate in the place of facts, and for each rate whether its gap is open.
    private func trace(_ kind: MeasureKind) -> MeetingTrace {
        let rates = record.rates(of: kind.measure)
        let facts = rates.flatMap { rate in
            [
                ("initial population", rate.initialPopulation), ("denominator", rate.denominator), ("exclusions", rate.exclusions),
                ("numerator", rate.numerator), ("exceptions", rate.exceptions),
            ].map { name, members in
                FactTrace(
                    name: rate.name.isEmpty ? name : "\(rate.name): \(name)", text: members.isIn ? "yes" : "no", unknown: nil, date: nil,
                    references: members.evidence)
            }
        }
        let rows = rates.map { rate in
            let truth = rate.gap == .notChecked ? Truth.unknown(rate.notChecked.first ?? UnknownReason(.notSupplied, "not supplied")) : Truth(rate.gap == .open)
            return RowTrace(name: rate.name.isEmpty ? "open" : "\(rate.name): open", outcome: .truth(truth), condition: nil, severity: nil)
        }
        guard let open = rates.first(where: { $0.gap == .open }) else {
            let why = unique(rates.flatMap { $0.gap == .notChecked ? $0.notChecked.map(\.why) : [] })
            return trace(rows: rows, facts: facts, decided: nil, uncertain: why.isEmpty ? nil : why.joined(separator: "; "))
        }
        let state = GapState(kind: .dueSoon, due: open.due, last: nil)
        let finding = kind.card.map { self.finding(card: $0, grade: open.gap.rawValue, severity: kind.severity, unknown: [], gap: state) }
        return trace(rows: rows, facts: facts, decided: open.gap.rawValue, finding: finding)
    }

    private func trace(
        rows: [RowTrace], facts: [FactTrace]? = nil, decided: String?, finding: Finding? = nil, uncertain: String? = nil
    ) -> MeetingTrace {
        MeetingTrace(
            participants: participants, uncertain: uncertain, facts: facts ?? asked.map(factTrace), rows: rows, decided: decided,
            severity: finding?.severity.rawValue, summary: finding?.summary, key: finding?.key)
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
