public import Engine
import Knowledge

/// What one rule came to for one patient: its findings, and what its ledger says beside them.
public struct Outcome: Sendable {
    public let findings: [Finding]
    public let notChecked: [NotChecked]
    public let silenced: [Silenced]

    public init(findings: [Finding], notChecked: [NotChecked] = [], silenced: [Silenced] = []) {
        self.findings = findings
        self.notChecked = notChecked
        self.silenced = silenced
    }

    /// What an evaluation says of one rule.
    ///
    /// A statement that names no rule was made for all of them; it counts where the prescriber is told of it.
    public init(of rule: String, in evaluation: Evaluation) {
        self.init(
            findings: evaluation.findings.filter { $0.rule.id == rule },
            notChecked: evaluation.notChecked.filter { $0.rules.isEmpty ? $0.isForPrescriber : $0.rules.contains(rule) },
            silenced: evaluation.silenced.filter { $0.rule == rule })
    }

    /// What would be shown: findings above `none`.
    public var cards: [Finding] { findings.filter { $0.severity > .none } }

    /// Rows that decided, whether they showed a card or not.
    public var grades: [String] { findings.map(\.grade) + silenced.map(\.grade) }

    /// Why there is no card, a line each; for the one who reads a failed test.
    public var ledger: [String] {
        var lines = silenced.map { row in
            row.muted.map { "row \(row.grade) decided, \($0.severity.rawValue), and is muted by \($0.override)" }
                ?? "row \(row.grade) decided, and says that nothing is shown"
        }
        lines += findings.filter { $0.severity == .none }.map { "row \($0.grade) decided, with severity none" }
        lines += notChecked.map { "not checked: \($0.what) - \($0.why)" }
        if lines.isEmpty { lines = ["the rule did not meet anyone, or no row of it was true"] }
        return lines
    }
}
