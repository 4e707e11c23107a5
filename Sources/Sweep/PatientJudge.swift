import Clinical
import Engine

/// What the rules say of one patient, as results.
struct PatientJudge: Sendable {
    let evaluator: Evaluator
    let asOf: AsOf
    /// The ids of the rules that are reported; nothing for all.
    let rules: Set<String>?

    func results(for snapshot: Snapshot) -> [SweepResult] {
        let evaluation = evaluator.evaluate(snapshot, on: .patientView, at: asOf)
        var results: [String: SweepResult] = [:]
        for finding in evaluation.findings where isWanted(finding.rule.id) {
            results[finding.rule.id] = SweepResult(
                rule: finding.rule.id, version: finding.rule.version, state: finding.gap?.kind == .dueSoon ? .dueSoon : .open,
                due: finding.gap?.due, last: finding.gap?.last, reason: finding.summary,
                evidence: Array(Set(finding.facts.flatMap(\.references).map(\.description))).sorted())
        }
        for unchecked in evaluation.notChecked {
            for rule in unchecked.rules where isWanted(rule) && results[rule] == nil {
                results[rule] = SweepResult(
                    rule: rule, version: 0, state: .notChecked, reason: "\(unchecked.what): \(unchecked.why)")
            }
        }
        return results.values.sorted { $0.rule < $1.rule }
    }

    private func isWanted(_ rule: String) -> Bool { rules?.contains(rule) ?? true }
}
