public import Documents

/// Which changes of rules their tests notice.
public struct MutationReport: Sendable {
    public enum Fate: Sendable, Hashable {
        /// A test failed, the first by this name.
        case killed(by: String)
        /// No test noticed.
        case survived
        /// The changed rule does not check.
        case refused
    }

    /// One rule.
    public struct Rule: Sendable {
        public let id: String
        public let isActive: Bool
        public let source: Source
        public let mutants: [(mutant: Mutant, fate: Fate)]

        public var killed: Int { mutants.count { if case .killed = $0.fate { true } else { false } } }
        public var survivors: [Mutant] { mutants.filter { $0.fate == .survived }.map(\.mutant) }
        public var refused: Int { mutants.count { $0.fate == .refused } }
        /// The share of changes that a test noticed, in whole percent, rounded down; 100 where there was none to try.
        public var score: Int { MutationReport.percent(killed, of: killed + survivors.count) }
    }

    /// By id.
    public let rules: [Rule]

    public var killed: Int { rules.reduce(0) { $0 + $1.killed } }
    public var survived: Int { rules.reduce(0) { $0 + $1.survivors.count } }
    public var refused: Int { rules.reduce(0) { $0 + $1.refused } }
    public var score: Int { Self.percent(killed, of: killed + survived) }

    static func percent(_ part: Int, of whole: Int) -> Int {
        whole == 0 ? 100 : part * 100 / whole
    }

    /// The survivors, each at its place, then the scores.
    public var text: String {
        var lines: [String] = []
        for rule in rules {
            for mutant in rule.survivors {
                let place = rule.source.position(of: mutant.range.start)
                lines.append("survived \(rule.source.name):\(place.line):\(place.column): \(mutant.change): \(mutant.words)")
            }
        }
        if !lines.isEmpty { lines.append("") }
        let width = rules.map(\.id.count).max() ?? 0
        for rule in rules {
            let name = rule.id + String(repeating: " ", count: width - rule.id.count)
            let refused = rule.refused > 0 ? ", \(rule.refused) refused by the check" : ""
            lines.append("\(name)  \(rule.score) %  \(rule.killed) of \(rule.killed + rule.survivors.count) changes noticed\(refused)")
        }
        lines.append("mutation score \(score) %: \(killed) of \(killed + survived) changes noticed by a test, \(refused) refused by the check")
        return lines.joined(separator: "\n") + "\n"
    }

    /// V412 for each active rule whose score is below a bar.
    public func gaps(below bar: Int) -> [Diagnostic] {
        rules.filter { $0.isActive && $0.score < bar }.map { rule in
            var warning = Diagnostic(
                code: "V412", severity: .warning,
                message: "the tests notice \(rule.score) % of the changes tried on this rule; the bar is \(bar) %", file: rule.source.name,
                range: SourceRange(start: 0, end: 1))
            warning.help = ["`vigil test --mutate \(rule.source.name)` lists those that no test notices"]
            return warning
        }
    }
}
