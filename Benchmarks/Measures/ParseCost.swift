import CDSHooks
import Clinical
import Documents
import Engine
import Intake
import Knowledge
import RuleLanguage
import Service

/// How fast the request's text is read, and how the cost of an answer divides among its stages.
struct ParseCost {
    let inputs: BenchmarkInputs
    let effort: Effort

    func measure() throws -> [Figure] {
        let edition = try BenchmarkEdition.load(rules: ["Rules"], knowledge: inputs.knowledge)
        guard let service = edition.services(for: "order-sign").first else { throw BenchmarkError("no order-sign service") }
        let answer = edition.answer(service: service, body: inputs.request, asOf: BenchmarkInputs.asOf)
        guard answer.status == 200 else { throw BenchmarkError("the request was answered with \(answer.status)") }
        let evaluator = try BenchmarkEdition.evaluator(rules: ["Rules"], knowledge: inputs.knowledge)
        let codes = evaluator.needs(on: .orderSign).observationCodes
        let read = codes.isEmpty ? nil : CodeFilter(codes)
        let costs = try Contest(effort: effort).run([
            { consume(try JSONDocument(parsing: inputs.request)) },
            { consume(BenchmarkInputs.snapshot(try JSONDocument(parsing: inputs.request), observationCodes: read)) },
            { consume(evaluator.evaluate(inputs.snapshot, on: .orderSign, at: BenchmarkInputs.asOf)) },
            { consume(edition.answer(service: service, body: inputs.request, asOf: BenchmarkInputs.asOf)) },
            { consume(BenchmarkInputs.snapshot(try JSONDocument(parsing: inputs.request))) },
        ]).map(\.median)
        let rate = Double(inputs.request.count) / costs[0] * 1_000
        return [
            Figure("reading JSON", "\(rate.fixed(0)) MB/s  (\(costs[0].duration))"),
            Figure("an answer, body to body", "\(costs[3].duration)  (\(answer.cards.count) cards)"),
            Figure("  of it JSON", share(costs[0], of: costs[3])),
            Figure("  of it FHIR intake", share(costs[1] - costs[0], of: costs[3])),
            Figure("  of it evaluation", share(costs[2], of: costs[3])),
            Figure("  (intake, if every result were read)", max(0, costs[4] - costs[0]).duration),
            Figure("  of it cards and the rest", share(costs[3] - costs[1] - costs[2], of: costs[3])),
        ]
    }

    private func share(_ part: Double, of whole: Double) -> String {
        "\((100 * part / whole).fixed(0)) %  (\(max(0, part).duration))"
    }
}

/// The edition that a service would load, over knowledge that is loaded already.
enum BenchmarkEdition {
    static func load(rules paths: [String], knowledge: KnowledgeBase) throws -> Edition {
        let (rules, sources, diagnostics) = try compile(paths, knowledge)
        return Edition(
            rules: rules, knowledge: knowledge, complaints: Complaints(diagnostics: diagnostics, sources: sources),
            loaded: BenchmarkInputs.asOf)
    }

    static func evaluator(rules paths: [String], knowledge: KnowledgeBase) throws -> Evaluator {
        Evaluator(plan: try compile(paths, knowledge).0.plan, knowledge: knowledge)
    }

    private static func compile(_ paths: [String], _ knowledge: KnowledgeBase) throws -> (RuleSet, [Source], [Diagnostic]) {
        let sources = try RuleFolder.sources(at: paths)
        let compiler = RuleCompiler(knowledge: knowledge, today: BenchmarkInputs.asOf.today)
        let (rules, diagnostics) = compiler.compile(sources)
        guard let rules else { throw BenchmarkError("the rules in \(paths) do not compile; see `vigil check`") }
        return (rules, sources, diagnostics)
    }
}
