public import Clinical
public import Knowledge

/// A plan and the knowledge it was made with: one immutable value that answers for any patient.
public struct Evaluator: Sendable {
    public let plan: Plan
    public let knowledge: KnowledgeBase

    public init(plan: Plan, knowledge: KnowledgeBase) {
        self.plan = plan
        self.knowledge = knowledge
    }

    /// What the rules of an occasion read of the record.
    public func needs(on occasion: Occasion) -> DataNeeds {
        plan.needs(on: occasion)
    }

    /// What follows for one patient at one instant.
    ///
    /// - Complexity: by the rules that the patient touches, not by the rules there are.
    public func evaluate(_ snapshot: Snapshot, on occasion: Occasion, at asOf: AsOf) -> Evaluation {
        let record = PatientRecord(snapshot, plan: plan, knowledge: knowledge, asOf: asOf)
        var pass = EvaluationPass(record: record, needs: plan.needs(on: occasion), occasion: occasion)
        let anchors = plan.anchors(on: occasion)
        for place in candidates(record, anchors) { pass.ask(anchors.rules[Int(place)]) }
        return pass.evaluation
    }

    /// Places of the rules that something of the patient anchors, rising.
    private func candidates(_ record: PatientRecord, _ anchors: AnchorIndex) -> [Int32] {
        var places = anchors.unanchored
        // Orders stand before what is taken.
        for exposure in record.exposures {
            guard record.entries[exposure.entry].isOrder else { break }
            for set in plan.drugSets.sets(holding: exposure.ingredient) { places += anchors.byDrugSet[set] ?? [] }
        }
        if !anchors.byCodeSet.isEmpty {
            for set in record.conditionsBySet.sets { places += anchors.byCodeSet[set] ?? [] }
            if record.snapshot.supply(of: .conditions) != .complete {
                // Problems that did not come might anchor any of them: asked, they answer "not checked".
                for rules in anchors.byCodeSet.values { places += rules }
            }
        }
        places.sort()
        var last: Int32 = -1
        places.removeAll { place in
            defer { last = place }
            return place == last
        }
        return places
    }
}

/// One evaluation while it is made.
private struct EvaluationPass {
    let record: PatientRecord
    let occasion: Occasion
    private var findings: [Finding] = []
    private var silenced: [Silenced] = []
    private var ledger = Ledger()
    private var considered = 0
    /// Loads that take findings about pairs of their drugs into their own.
    private var mergings: [(key: String, merging: AdditiveKind.Merging)] = []
    /// Findings of measures that are silent where one of these rules has spoken of the same gap.
    private var measured: [(finding: Finding, sameGapAs: [String])] = []
    /// Pairs of drugs for which a rule of its own has spoken.
    private var claimed: Set<Meeting> = []

    init(record: PatientRecord, needs: DataNeeds, occasion: Occasion) {
        self.record = record
        self.occasion = occasion
        ledger.addRecord(record, needs: needs, isOrdering: occasion == .orderSelect || occasion == .orderSign)
    }

    var evaluation: Evaluation {
        var (findings, silenced, ledger) = (findings, silenced, ledger)
        ledger.addUnusedResults(record)
        let spoken = Set(findings.map(\.rule.id))
        for (finding, sameGapAs) in measured {
            if spoken.isDisjoint(with: sameGapAs) {
                findings.append(finding)
            } else {
                silenced.append(Silenced(rule: finding.rule.id, grade: finding.grade, key: finding.key))
            }
        }
        return Evaluation(
            findings: mergings.reduce(findings) { $0.merged(into: $1.key, by: $1.merging) }.sorted { one, other in
                one.severity == other.severity
                    ? (one.rule.id, one.key) < (other.rule.id, other.key) : one.severity > other.severity
            },
            notChecked: ledger.statements, rulesConsidered: considered,
            silenced: silenced.sorted { ($0.rule, $0.key) < ($1.rule, $1.key) })
    }

    mutating func ask(_ rule: PlannedRule) {
        considered += 1
        for match in rule.kind.matches(in: record) {
            if rule.isTable, let meeting = match.meeting, claimed.contains(meeting) { continue }
            let context = RuleContext(match.rule ?? rule, match, record)
            // What a table made of a rule has facts of its own; what mutes it asks those of the rule.
            let asked = match.rule == nil || rule.mutes.isEmpty ? context : RuleContext(rule, match, record)
            if let reason = match.certainty.reason {
                ledger.add(context.subject, why: reason.why, rule: rule.heading.id, isForPrescriber: rule.isShown)
                continue
            }
            if let gap = rule.gap {
                decide(gap, context, asked)
            } else if let measure = rule.measure {
                decide(measure, context, asked)
            } else if decide(context, asked), rule.isShown {
                // One pair, one card: a pair that a rule of its own has decided is not looked up in the table.
                claimed.formUnion(match.claims(of: rule.kind))
            }
        }
    }

    /// - Returns: false where the ladder ended without a row because something was unknown.
    private mutating func decide(_ context: RuleContext, _ asked: RuleContext) -> Bool {
        let outcome = context.walk(context.rule.grades)
        guard let grade = outcome.grade else {
            for fact in context.unknownFacts(outcome.unknown) { note(fact, context) }
            return outcome.unknown.isEmpty
        }
        let finding = context.finding(of: grade, unknown: outcome.unknown)
        for fact in finding.unknown { note(fact, context) }
        if show(finding, context, asked), let merging = (context.rule.kind as? AdditiveKind)?.merging {
            mergings.append((finding.key, merging))
        }
        return true
    }

    private mutating func decide(_ gap: CareGapKind, _ context: RuleContext, _ asked: RuleContext) {
        switch context.outcome(of: gap) {
        case .notConcerned, .excluded, .closed:
            return
        case .notChecked(let facts):
            for fact in facts { note(fact, context) }
        case .gap(let state, let unknown):
            guard let card = gap.cards[state.kind] else { return }
            let finding = context.finding(
                card: card, grade: state.kind.rawValue, severity: gap.severity, unknown: context.unknownFacts(unknown), gap: state)
            for fact in finding.unknown { note(fact, context) }
            show(finding, context, asked)
        }
    }

    /// The open gaps of a measure in the calendar year of the instant, one card for all its rates.
    private mutating func decide(_ kind: MeasureKind, _ context: RuleContext, _ asked: RuleContext) {
        let rates = record.rates(of: kind.measure)
        for reason in unique(rates.filter { $0.gap == .notChecked }.flatMap(\.notChecked)) {
            ledger.add(context.rule.heading.title, why: reason.why, rule: context.rule.heading.id)
        }
        guard let open = rates.first(where: { $0.gap == .open }), let card = kind.card else { return }
        let finding = context.finding(
            card: card, grade: open.gap.rawValue, severity: kind.severity, unknown: [],
            gap: GapState(kind: .dueSoon, due: open.due, last: nil))
        if !hides(finding, context, asked) { measured.append((finding, kind.sameGapAs)) }
    }

    /// Keeps a finding: for a card, or for the log alone.
    ///
    /// - Returns: true where it is for a card.
    @discardableResult
    private mutating func show(_ finding: Finding, _ context: RuleContext, _ asked: RuleContext) -> Bool {
        if hides(finding, context, asked) { return false }
        findings.append(finding)
        return true
    }

    /// Whether a finding is for the log alone, where it then stands: of severity `none`, in shadow, or muted.
    private mutating func hides(_ finding: Finding, _ context: RuleContext, _ asked: RuleContext) -> Bool {
        var shadowOf: Severity?
        var muted: Silenced.Muted?
        if finding.severity != .none {
            if !context.rule.isShown {
                shadowOf = finding.severity
            } else if let mute = asked.mute {
                muted = Silenced.Muted(severity: finding.severity, override: mute.override)
            } else {
                return false
            }
        }
        silenced.append(Silenced(rule: context.rule.heading.id, grade: finding.grade, key: finding.key, shadowOf: shadowOf, muted: muted))
        return true
    }

    private mutating func note(_ fact: UnknownFact, _ context: RuleContext) {
        let subject = context.subject
        ledger.add(
            subject.isEmpty ? fact.words : "\(fact.words) for \(subject)", why: fact.reason.why,
            rule: context.rule.heading.id)
    }
}

extension RuleContext {
    func makeSubject() -> String {
        let names = unique(rule.roleNames.indices.flatMap { self.names(in: RoleID(index: $0)) })
        return names.isEmpty ? rule.heading.title : joined(names)
    }
}
