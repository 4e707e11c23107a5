import Knowledge

/// How many alerts rules give for real orders, by rule and tier.
public struct TrafficBurden: Sendable {
    private let run: TrafficRun

    public init(_ run: TrafficRun) {
        self.run = run
    }

    public var text: String {
        var lines = [run.counts]
        lines.append("alerts per 1,000 orders        \(run.perThousandOrders(run.alerts))")
        lines.append("  of them interruptive         \(run.perThousandOrders(run.interruptive))")
        lines.append("")
        var counts: [String: [Severity: Int]] = [:]
        for alert in run.answers.flatMap(\.alerts) {
            counts[alert.unit.isEmpty ? alert.rule : "\(alert.rule) (\(alert.unit))", default: [:]][alert.severity, default: 0] += 1
        }
        let severities = Severity.allCases.filter { $0 > .none }.sorted(by: >)
        let width = counts.keys.map(\.count).max() ?? 4
        lines.append("rule".padded(to: width) + severities.map { "  " + $0.rawValue.padded(to: 15) }.joined() + "  per 1,000 orders")
        let total = { (by: [Severity: Int]) in by.values.reduce(0, +) }
        for (rule, by) in counts.sorted(by: { (-total($0.value), $0.key) < (-total($1.value), $1.key) }) {
            let cells = severities.map { "  " + String(by[$0] ?? 0).padded(to: 15) }.joined()
            lines.append(rule.padded(to: width) + cells + "  " + run.perThousandOrders(total(by)))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
