import Clinical
import Documents
public import Engine
public import Knowledge
import Replay
public import RuleLanguage

/// What the tests of rules reach: each row, and each condition both ways.
///
/// A condition counts where its row is asked: it must have been true in one test and not true in another.
public struct ConditionCoverage: Sendable {
    /// A condition of a row.
    public struct Condition: Sendable, Hashable {
        public let words: String
        public internal(set) var yes = 0
        public internal(set) var no = 0
        public internal(set) var unknown = 0

        /// What no test has shown of it; nothing where both ways are covered.
        public var missing: String? {
            if yes == 0 { return no + unknown == 0 ? "never asked" : "never true" }
            return no + unknown == 0 ? "never other than true" : nil
        }
    }

    public struct Row: Sendable, Hashable {
        public let name: String
        /// The line of the row, counted from 1.
        public let line: Int
        /// Names of the tests in which it decided.
        public internal(set) var reachedBy: [String] = []
        public internal(set) var conditions: [Condition] = []
        /// False for parts of a care gap that only narrow: they are not reached, only asked.
        public let decides: Bool

        public var isCovered: Bool { (!decides || !reachedBy.isEmpty) && conditions.allSatisfy { $0.missing == nil } }
    }

    public struct Rule: Sendable, Hashable {
        public let id: String
        public let title: String
        public let file: String
        public internal(set) var rows: [Row]
        /// Names of the tests that find it silent.
        public internal(set) var silentIn: [String] = []

        public var conditions: [Condition] { rows.flatMap(\.conditions) }
    }

    /// In the order of the rule set.
    public let rules: [Rule]

    /// Puts every test of a rule set to its rule and follows it through the ladder.
    public init(of ruleSet: RuleSet, knowledge: KnowledgeBase) {
        let evaluator = Evaluator(plan: ruleSet.plan, knowledge: knowledge)
        let runner = RuleTestRunner(knowledge: knowledge)
        rules = ruleSet.rules.filter(\.rule.isShown).map { checked in
            var rule = Rule(checked, source: ruleSet.sources[checked.file])
            for test in checked.tests {
                guard case .success(let prepared) = runner.prepare(test, of: checked.rule),
                    case let (.passed, outcome) = prepared.run(with: evaluator),
                    let trace = evaluator.trace(rule: rule.id, of: prepared.snapshot, at: prepared.asOf)
                else { continue }
                if outcome.cards.isEmpty { rule.silentIn.append(test.name) }
                for grade in Set(outcome.grades).sorted() { rule.reach(grade, in: test.name) }
                for meeting in trace.meetings { rule.count(meeting) }
            }
            return rule
        }
    }
}

extension ConditionCoverage.Rule {
    fileprivate init(_ checked: CheckedRule, source: Source?) {
        id = checked.rule.heading.id
        title = checked.rule.heading.title
        file = checked.file
        func line(_ range: SourceRange?) -> Int { range.flatMap { source?.position(of: $0.start).line } ?? 1 }
        rows = checked.rule.grades.enumerated().map { index, grade in
            ConditionCoverage.Row(name: grade.name, line: line(checked.origins.first { $0.node == .grade(index) }?.range), decides: true)
        }
        rows += checked.tableRows.map { ConditionCoverage.Row(name: $0, line: line(checked.range), decides: true) }
        if let gap = checked.rule.kind as? CareGapKind {
            rows = GapState.Kind.allCases.filter { gap.cards[$0] != nil }.map {
                ConditionCoverage.Row(name: $0.rawValue, line: line(checked.range), decides: true)
            }
        }
    }

    fileprivate mutating func reach(_ grade: String, in test: String) {
        guard let index = rows.firstIndex(where: { $0.name == grade && $0.decides }) else { return }
        rows[index].reachedBy.append(test)
    }

    fileprivate mutating func count(_ meeting: MeetingTrace) {
        for asked in meeting.rows {
            guard let condition = asked.condition else { continue }
            if !rows.contains(where: { $0.name == asked.name }) {
                rows.append(ConditionCoverage.Row(name: asked.name, line: rows.first?.line ?? 1, decides: false))
            }
            guard let index = rows.firstIndex(where: { $0.name == asked.name }) else { continue }
            for (number, test) in condition.tests.enumerated() {
                if rows[index].conditions.count <= number { rows[index].conditions.append(ConditionCoverage.Condition(words: test.words)) }
                if test.truth.isYes {
                    rows[index].conditions[number].yes += 1
                } else if test.truth.isNo {
                    rows[index].conditions[number].no += 1
                } else {
                    rows[index].conditions[number].unknown += 1
                }
            }
        }
    }
}
