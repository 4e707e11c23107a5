public import Documents
import Engine
public import RuleLanguage

/// What the tests of active rules leave out: rows that no test reached, and rules that no test finds silent.
///
/// An active rule has every row reached and at least one patient without a card: V410 and V411 say where that is wanting.
public enum TestCoverage {
    /// Warnings in the order of the rule set, each at its row.
    ///
    /// - Parameter report: of all tests of the rule set; tests that were left out count as missing.
    public static func gaps(of ruleSet: RuleSet, in report: TestReport) -> [Diagnostic] {
        let reached = report.reachedGrades
        let silent = Set(report.results.filter { $0.isPassed && $0.cards == 0 }.map(\.rule))
        return ruleSet.rules.filter(\.rule.isShown).flatMap { rule in
            let id = rule.rule.heading.id
            return unreached(in: rule, reached: reached[id] ?? []) + (silent.contains(id) ? [] : [neverSilent(rule)])
        }
    }

    private static func unreached(in rule: CheckedRule, reached: Set<String>) -> [Diagnostic] {
        var gaps = rule.rule.grades.enumerated().filter { !reached.contains($0.element.name) }.map { index, grade in
            let origin = rule.origins.first { $0.node == .grade(index) }
            var gap = warning("V410", "no test reaches row `\(grade.name)`", rule, origin?.range ?? rule.range)
            gap.file = origin?.file ?? rule.file
            return gap
        }
        gaps += rule.tableRows.filter { !reached.contains($0) }.map { warning("V410", "no test reaches row `\($0)` of its table", rule, head(of: rule)) }
        if let gap = rule.rule.kind as? CareGapKind {
            let states = GapState.Kind.allCases.filter { gap.cards[$0] != nil && !reached.contains($0.rawValue) }
            gaps += states.map { warning("V410", "no test reaches state `\($0.rawValue)`", rule, head(of: rule)) }
        }
        return gaps
    }

    private static func neverSilent(_ rule: CheckedRule) -> Diagnostic {
        var warning = warning("V411", "no test has a patient for whom this rule is silent", rule, head(of: rule))
        warning.help = ["add a case with `expect: no card`"]
        return warning
    }

    private static func warning(_ code: String, _ message: String, _ rule: CheckedRule, _ range: SourceRange) -> Diagnostic {
        Diagnostic(code: code, severity: .warning, message: message, file: rule.file, range: range)
    }

    /// The beginning of the rule, for what concerns all of it.
    private static func head(of rule: CheckedRule) -> SourceRange {
        SourceRange(start: rule.range.start, end: rule.range.start + 1)
    }
}
