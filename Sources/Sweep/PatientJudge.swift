import Clinical
import Engine

/// What the rules say of one patient, as results.
struct PatientJudge: Sendable {
    let evaluator: Evaluator
    let asOf: AsOf
    /// The ids of the rules that are reported; nothing for all.
    let rules: Set<String>?

    /// A result for each rule, in the order of their ids.
    func results(for snapshot: Snapshot) -> [SweepResult] {
        evaluator.gapStatuses(snapshot, at: asOf, only: rules).map(result).sorted { $0.rule < $1.rule }
    }

    private func result(_ status: GapStatus) -> SweepResult {
        SweepResult(
            rule: status.rule.id, version: status.rule.version, state: Self.state(status.state), due: status.due, last: status.last,
            reason: reason(status), evidence: status.evidence.map(\.description))
    }

    private func reason(_ status: GapStatus) -> String? {
        if let summary = status.summary { return summary }
        guard status.state == .notChecked else { return nil }
        return status.unknown.map { "\($0.name): \($0.why)" }.joined(separator: "; ")
    }

    private static func state(_ state: GapStatus.State) -> SweepState {
        switch state {
        case .notConcerned: .notInPopulation
        case .excluded: .excluded
        case .closed: .closed
        case .dueSoon: .dueSoon
        case .open: .open
        case .notChecked: .notChecked
        }
    }
}
