public import Clinical
public import Documents
public import Engine
import Replay
import Knowledge
public import RuleLanguage

/// A test entry made of a real patient, and whether it tells the same story.
public struct CaseProposal: Sendable {
    /// The case as it would stand in the file.
    public let lines: [String]
    /// What the words of tests could not tell.
    public let leftOut: [String]
    /// True where the rule says of the case what it says of the record: the same rows, the same severities.
    public let tellsTheSame: Bool

    /// - Returns: nothing where what was written cannot be read again.
    public init?(
        _ snapshot: Snapshot, rule: CheckedRule, node: YAMLNode?, evaluator: Evaluator, name: String, asOf: AsOf
    ) {
        let writer = CaseWriter(snapshot, for: node, knowledge: evaluator.knowledge, asOf: asOf)
        guard let given = YAMLReader.read(Source(name: "case", text: "given: \(writer.given)\n")).node?["given"] else { return nil }
        let test = RuleTest(
            rule: rule.rule.heading.id, name: name, file: rule.file, range: rule.range, today: nil, given: given, expect: given.saying("no card"))
        guard case .success(let prepared) = RuleTestRunner(knowledge: evaluator.knowledge).prepare(test, of: rule.rule) else { return nil }
        let told = prepared.outcome(with: evaluator)
        let real = Outcome(of: test.rule, in: evaluator.evaluate(snapshot, on: prepared.occasion, at: asOf))
        func cards(_ outcome: Outcome) -> [String] { outcome.cards.map { "\($0.grade) \($0.severity.rawValue)" }.sorted() }
        tellsTheSame = cards(told) == cards(real) && told.grades.sorted() == real.grades.sorted()
        leftOut = writer.leftOut
        lines = [
            "- case: \(YAMLNode.blockScalar(name))", "  given: \(writer.given)",
            "  expect: \(ExpectationWriter.expectation(of: told, at: given).flowText)",
        ]
    }
}
