/// Which cases of a deck agree, by vaccine group and by what is compared, and how the others differ.
public struct ImmunizationDeckReport: Sendable {
    public private(set) var outcomes: [ImmunizationDeckRunner.Outcome] = []

    public init() {}

    public mutating func add(_ outcome: ImmunizationDeckRunner.Outcome) {
        outcomes.append(outcome)
    }

    public var passCount: Int { outcomes.count(where: \.passes) }

    public var misses: [ImmunizationDeckRunner.Outcome] { outcomes.filter { !$0.passes } }

    /// Two tables, then each miss.
    public var markdown: String {
        var lines = ["| vaccine group | cases | agree wholly |", "| --- | ---: | ---: |"]
        for group in Set(outcomes.map(\.group)).sorted() {
            let mine = outcomes.filter { $0.group == group }
            lines.append("| \(group) | \(mine.count) | \(mine.count(where: \.passes)) |")
        }
        lines.append("| **all** | \(outcomes.count) | \(passCount) |")
        lines += ["", "| compared | agree |", "| --- | ---: |"]
        for aspect in ImmunizationDeckRunner.Aspect.allCases {
            let differing = outcomes.count { outcome in outcome.differences.contains { $0.aspect == aspect } }
            lines.append("| \(aspect.rawValue) | \(outcomes.count - differing) of \(outcomes.count) |")
        }
        if !misses.isEmpty { lines.append("") }
        for miss in misses {
            lines.append("- \(miss.group) \(miss.id): \(miss.words)")
            for difference in miss.differences {
                lines.append("  - \(difference.aspect.rawValue): expected \(difference.expected), found \(difference.found)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
