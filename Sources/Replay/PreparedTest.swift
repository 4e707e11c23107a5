public import Clinical
public import Documents
public import Engine
public import RuleLanguage

/// A rule test with its patient read: it can be put to one plan after another.
public struct PreparedTest: Sendable {
    public let test: RuleTest
    public let snapshot: Snapshot
    public let asOf: AsOf
    public let occasion: Occasion
    public let expectation: ExpectedOutcome

    /// What the rule of the test comes to under a plan.
    public func outcome(with evaluator: Evaluator) -> Outcome {
        Outcome(of: test.rule, in: evaluator.evaluate(snapshot, on: occasion, at: asOf))
    }

    /// The verdict, and what it was made from.
    public func run(with evaluator: Evaluator) -> (verdict: TestResult.Verdict, outcome: Outcome) {
        let outcome = outcome(with: evaluator)
        let mismatches = expectation.mismatches(with: outcome)
        if mismatches.isEmpty { return (.passed, outcome) }
        return (.failed(mismatches, ledger: outcome.cards.isEmpty ? outcome.ledger : []), outcome)
    }
}

/// Why a test could not be made ready.
public struct BrokenTest: Error, Sendable {
    public let diagnostics: [Diagnostic]
}
