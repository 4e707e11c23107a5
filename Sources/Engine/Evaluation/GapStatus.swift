public import Clinical

/// Where one patient stands with one care-gap rule, whether or not there is anything to say.
public struct GapStatus: Sendable {
    public enum State: Sendable, Hashable {
        /// The rule is not about this patient.
        case notConcerned
        /// It would be, and an exclusion applies.
        case excluded
        /// Done in time, or not yet due.
        case closed
        case dueSoon
        /// Due and not done: never, or too long ago.
        case open
        /// It could not be decided.
        case notChecked
    }

    public let rule: RuleHeading
    public let state: State
    public let due: CivilDate?
    public let last: CivilDate?
    /// The words of the card, where one would be shown.
    public let summary: String?
    /// Where a site's override keeps the card of a gap that is open or due soon from being shown: which.
    public let mute: PlannedMute?
    /// The facts for which it could not be decided.
    public let unknown: [UnknownFact]
    /// What it was read from, in the order in which it was needed, each once.
    public let evidence: [ResourceReference]
}

extension Evaluator {
    /// What active care-gap rules, and the mutes of active measures, read of the record; nothing where there is neither.
    ///
    /// - Parameter ids: the rules that are wanted; nothing for all.
    public func gapNeeds(only ids: Set<String>? = nil) -> DataNeeds? {
        let asked = plan.rules.filter { rule in
            let isAsked = rule.gap != nil || rule.measure != nil && !rule.mutes.isEmpty
            return rule.isShown && isAsked && ids?.contains(rule.heading.id) ?? true
        }
        return asked.isEmpty ? nil : asked.reduce(into: DataNeeds(sections: [.patient])) { $0.formUnion($1.needs) }
    }

    /// Where the patient stands with every active care-gap rule, in the order of the plan: also where nothing is to be said.
    ///
    /// What `evaluate` finds at patient-view, and no more, stands here as open or due soon without a mute.
    ///
    /// - Parameters:
    ///   - ids: the rules that are wanted; nothing for all.
    ///   - horizon: told until when the states hold.
    public func gapStatuses(
        _ snapshot: Snapshot, at asOf: AsOf, only ids: Set<String>? = nil, horizon: Horizon? = nil
    ) -> [GapStatus] {
        let record = PatientRecord(snapshot, plan: plan, knowledge: knowledge, asOf: asOf, horizon: horizon)
        return plan.gaps.compactMap { rule in
            guard let gap = rule.gap, ids?.contains(rule.heading.id) ?? true else { return nil }
            guard let match = rule.kind.matches(in: record).first else {
                return GapStatus(
                    rule: rule.heading, state: .notConcerned, due: nil, last: nil, summary: nil, mute: nil, unknown: [], evidence: [])
            }
            return RuleContext(rule, match, record).status(of: gap)
        }
    }

    /// The measures whose cards a site's override keeps from being shown to this patient, by id: what they count stays as it is.
    public func mutedMeasures(
        _ snapshot: Snapshot, at asOf: AsOf, only ids: Set<String>? = nil, horizon: Horizon? = nil
    ) -> [String: PlannedMute] {
        let mutable = plan.rules.filter {
            $0.isShown && $0.measure != nil && !$0.mutes.isEmpty && ids?.contains($0.heading.id) ?? true
        }
        guard !mutable.isEmpty else { return [:] }
        let record = PatientRecord(snapshot, plan: plan, knowledge: knowledge, asOf: asOf, horizon: horizon)
        return mutable.reduce(into: [:]) { muted, rule in
            muted[rule.heading.id] = rule.kind.matches(in: record).first.flatMap { RuleContext(rule, $0, record).mute }
        }
    }
}

extension RuleContext {
    /// The first of the rule's mutes that holds here.
    var mute: PlannedMute? { rule.mutes.first { truth(of: $0.when) == .yes } }
}

extension RuleContext {
    fileprivate func status(of gap: CareGapKind) -> GapStatus {
        switch outcome(of: gap) {
        case .notConcerned: status(.notConcerned)
        case .excluded: status(.excluded)
        case .closed(let due, let last): status(.closed, due: due, last: last)
        case .notChecked(let facts): status(.notChecked, unknown: facts)
        case .gap(let state, let unknown):
            status(
                // A state without a card is one in which the author wants nothing said.
                gap.cards[state.kind] == nil ? .closed : state.kind == .dueSoon ? .dueSoon : .open, due: state.due, last: state.last,
                summary: gap.cards[state.kind].map { render($0.summary, gap: state) }, mute: gap.cards[state.kind].flatMap { _ in mute },
                unknown: unknownFacts(unknown))
        }
    }

    private func status(
        _ state: GapStatus.State, due: CivilDate? = nil, last: CivilDate? = nil, summary: String? = nil, mute: PlannedMute? = nil,
        unknown: [UnknownFact] = []
    ) -> GapStatus {
        GapStatus(
            rule: rule.heading, state: state, due: due, last: last, summary: summary, mute: mute, unknown: unknown,
            evidence: unique(asked.flatMap { result(of: $0).references }))
    }
}
