import Knowledge

/// What changes for real calls when rules change: cards that are new, lost or changed, rule by rule.
public struct TrafficDiff: Sendable {
    public enum Change: String, Sendable, Hashable, CaseIterable {
        case new
        case lost
        /// The same meeting, another row, severity or sentence.
        case changed
    }

    /// One card that is not as it was.
    public struct Difference: Sendable, Hashable {
        public let change: Change
        public let request: String
        public let before: TrafficAlert?
        public let after: TrafficAlert?

        var alert: TrafficAlert? { after ?? before }
    }

    public let before: TrafficRun
    public let after: TrafficRun
    /// In the order of the calls; within one by finding.
    public let differences: [Difference]

    /// Two runs over the same calls.
    public init(_ before: TrafficRun, _ after: TrafficRun, requests: [TrafficRequest]) {
        self.before = before
        self.after = after
        differences = zip(requests, zip(before.answers, after.answers)).flatMap { request, answers in
            Self.differences(request.name, answers.0.alerts, answers.1.alerts)
        }
    }

    private static func differences(_ request: String, _ before: [TrafficAlert], _ after: [TrafficAlert]) -> [Difference] {
        let old = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(old.keys).union(new.keys).sorted().compactMap { key in
            switch (old[key], new[key]) {
            case (nil, let alert?): Difference(change: .new, request: request, before: nil, after: alert)
            case (let alert?, nil): Difference(change: .lost, request: request, before: alert, after: nil)
            case (let one?, let other?) where one != other: Difference(change: .changed, request: request, before: one, after: other)
            default: nil
            }
        }
    }

    /// Interruptive alerts for each 1,000 orders that the change adds; negative where it takes away; 0 without orders.
    public var interruptiveGrowth: Double {
        guard after.orders > 0 else { return 0 }
        return Double(after.interruptive - before.interruptive) * 1000 / Double(after.orders)
    }

    /// The report: sums, then a line for each rule, unit and tier, with calls as examples.
    ///
    /// - Parameter examples: how many calls are named for each line.
    public func text(examples: Int = 10) -> String {
        var lines = [after.counts]
        lines.append("alerts per 1,000 orders        \(before.perThousandOrders(before.alerts)) -> \(after.perThousandOrders(after.alerts))")
        lines.append("  of them interruptive         \(before.perThousandOrders(before.interruptive)) -> \(after.perThousandOrders(after.interruptive))")
        if differences.isEmpty { return (lines + ["no card is other than it was"]).joined(separator: "\n") + "\n" }
        lines.append("")
        for group in groups {
            let counts = Change.allCases.compactMap { change -> String? in
                let count = group.differences.count { $0.change == change }
                return count > 0 ? "\(count) \(change.rawValue)" : nil
            }
            lines.append("\(group.name): \(counts.joined(separator: ", "))")
            for difference in group.differences.prefix(examples) { lines.append("    " + Self.words(difference)) }
            if group.differences.count > examples { lines.append("    and \(group.differences.count - examples) more") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Differences of one rule and one tier.
    private var groups: [(name: String, differences: [Difference])] {
        var found: [String: [Difference]] = [:]
        for difference in differences {
            guard let alert = difference.alert else { continue }
            let unit = alert.unit.isEmpty ? "" : " (\(alert.unit))"
            found["\(alert.rule)\(unit), \(alert.severity.rawValue)", default: []].append(difference)
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func words(_ difference: Difference) -> String {
        switch difference.change {
        case .new: "+ \(difference.request): \(difference.after?.summary ?? "")"
        case .lost: "- \(difference.request): \(difference.before?.summary ?? "")"
        case .changed:
            "~ \(difference.request): \(difference.before.map(standing) ?? "") -> \(difference.after.map(standing) ?? "")"
        }
    }

    private static func standing(_ alert: TrafficAlert) -> String { "\(alert.grade), \(alert.severity.rawValue): \(alert.summary)" }
}
