import Clinical
import Documents
import Knowledge
import RuleLanguage

/// What checking rule files costs beside only reading their YAML.
struct CheckCost {
    let inputs: BenchmarkInputs
    let effort: Effort

    static let files = 1_000

    func measure() throws -> [Figure] {
        let sources = GeneratedRules(knowledge: inputs.knowledge, excluding: []).sources(Self.files)
        let compiler = RuleCompiler(knowledge: inputs.knowledge, today: BenchmarkInputs.asOf.today)
        guard sources.count == Self.files, let first = compiler.compile(sources).ruleSet, first.rules.count == Self.files else {
            throw BenchmarkError("the rules made for measuring do not check")
        }
        let costs = try Contest(effort: .once).run([
            { for source in sources { consume(YAMLReader.read(source)) } },
            { consume(compiler.compile(sources)) },
        ]).map(\.median)
        return [
            Figure("checking \(Self.files) rule files", costs[1].duration),
            Figure("  beside only reading their YAML", "\((costs[1] / costs[0]).fixed(2)) times  (\(costs[0].duration))"),
        ]
    }
}
