/// The rates of agreement of decks, by measure and population, and every case that came out otherwise.
public struct MeasureDeckReport: Sendable {
    private var tallies: [Key: (right: Int, all: Int)] = [:]
    private var cases: [String: (right: Int, all: Int)] = [:]
    public private(set) var misses: [MeasureCaseOutcome] = []

    private struct Key: Hashable {
        let measure: String
        let rate: Int
        let population: String
    }

    public init() {}

    public mutating func add(_ outcome: MeasureCaseOutcome) {
        for one in outcome.populations {
            let key = Key(measure: outcome.measure, rate: one.rate, population: one.population)
            tallies[key, default: (0, 0)].all += 1
            if one.isRight { tallies[key, default: (0, 0)].right += 1 }
        }
        cases[outcome.measure, default: (0, 0)].all += 1
        if outcome.isRight { cases[outcome.measure, default: (0, 0)].right += 1 } else { misses.append(outcome) }
    }

    public var caseCount: Int { cases.values.reduce(0) { $0 + $1.all } }
    public var rightCount: Int { cases.values.reduce(0) { $0 + $1.right } }

    /// Of the cases of a measure, how many are right in one population of all its rates.
    public func agreement(_ measure: String, _ population: String) -> (right: Int, all: Int) {
        tallies.filter { $0.key.measure == measure && $0.key.population == population }.values
            .reduce((0, 0)) { ($0.0 + $1.right, $0.1 + $1.all) }
    }

    public var measures: [String] { cases.keys.sorted { (number($0), $0) < (number($1), $1) } }

    public static let populations = [
        "initial-population", "denominator", "denominator-exclusion", "numerator", "denominator-exception",
    ]

    /// A table of Markdown, a line for each measure, and below it each miss.
    public var markdown: String {
        var lines = [
            "| measure | cases | all populations right | initial population | denominator | exclusions | numerator | exceptions |",
            "|---|---:|---:|---:|---:|---:|---:|---:|",
        ]
        for measure in measures {
            let tally = cases[measure] ?? (0, 0)
            let cells = Self.populations.map { population -> String in
                let (right, all) = agreement(measure, population)
                return all == 0 ? "–" : "\(right)/\(all)"
            }
            lines.append("| \(measure.uppercased()) | \(tally.all) | \(tally.right) | \(cells.joined(separator: " | ")) |")
        }
        lines.append("")
        lines.append("\(rightCount) of \(caseCount) cases right in every population.")
        for miss in misses {
            let words = miss.populations.filter { !$0.isRight }.map { "\($0.rate):\($0.population) \($0.found), expected \($0.expected)" }
            lines.append("- \(miss.measure.uppercased()) \(miss.id): \(words.joined(separator: "; "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func number(_ measure: String) -> Int { Int(measure.drop { !$0.isNumber }) ?? 0 }
}
