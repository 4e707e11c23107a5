import Clinical
import Engine
import Knowledge
import RuleLanguage

/// What one more rule costs a patient whom it does not concern.
///
/// The same patient is evaluated with 100, 1,000 and 10,000 rules over the real knowledge; no rule names a drug of theirs.
/// Rules that name any drug are measured too: there the number of rules that must be looked at grows, and so may the cost.
struct RuleScaling {
    let inputs: BenchmarkInputs
    let effort: Effort

    func measure() throws -> [Figure] {
        let patients = Set(GeneratedRequest.drugs)
        let others = try evaluators(excluding: patients)
        let costs = try Contest(effort: effort).run(others.map { evaluator in { consume(evaluate(evaluator)) } })
        let all = try evaluators(excluding: [])
        let touching = try Contest(effort: effort).run(all.map { evaluator in { consume(evaluate(evaluator)) } })
        let considered = all.map { evaluate($0).rulesConsidered }
        var figures = [Figure("evaluation, 100 rules", costs[0].median.duration)]
        for (index, count) in Self.counts.enumerated().dropFirst() {
            figures.append(
                Figure(
                    "evaluation, \(count) rules to 100", ratio: costs[index].median / costs[0].median, atMost: 1.5,
                    note: costs[index].median.duration))
        }
        for (index, count) in Self.counts.enumerated() {
            figures.append(
                Figure(
                    "evaluation, \(count) rules that name any drug",
                    "\(touching[index].median.duration)  (\(considered[index]) looked at)"))
        }
        return figures
    }

    private static let counts = [100, 1_000, 10_000]

    private func evaluators(excluding drugs: Set<String>) throws -> [Evaluator] {
        try Self.counts.map { count in
            let sources = GeneratedRules(knowledge: inputs.knowledge, excluding: drugs).sources(count)
            let compiler = RuleCompiler(knowledge: inputs.knowledge, today: BenchmarkInputs.asOf.today)
            let (rules, diagnostics) = compiler.compile(sources)
            guard let rules else { throw BenchmarkError("the generated rules do not compile: \(diagnostics.prefix(3))") }
            return Evaluator(plan: rules.plan, knowledge: inputs.knowledge)
        }
    }

    private func evaluate(_ evaluator: Evaluator) -> Evaluation {
        evaluator.evaluate(inputs.snapshot, on: .orderSign, at: BenchmarkInputs.asOf)
    }
}

/// Why a measure could not be taken.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
