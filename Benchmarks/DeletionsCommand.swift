import ArgumentParser
import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import RuleLanguage
import Spoiling

/// `benchmarks deletions`: whether an input of stored calls can be withheld unnoticed.
struct DeletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deletions",
        abstract: "Take each input out of stored calls, and tell which alert then goes without a word.",
        discussion: "Calls are NDJSON as `scripts/deletions` writes it. Exit status 1 if anything is silent.")

    @Argument(help: ArgumentHelp("Stored calls.", valueName: "file"))
    var calls: [String]

    @OptionGroup var inputs: BenchmarkInputOptions

    func run() throws {
        let knowledge = try BenchmarkInputs(inputs).knowledge
        let compiler = RuleCompiler(knowledge: knowledge, today: BenchmarkInputs.asOf.today)
        guard let rules = compiler.compile(try RuleFolder.sources(at: inputs.rules)).ruleSet else { throw BenchmarkError("the rules do not check") }
        let edition = PublishedEdition(rules: "r", knowledge: "k", vigil: "0", knowledgeVersion: knowledge.version.name)
        let answerer = Answerer(evaluator: Evaluator(plan: rules.plan, knowledge: knowledge), edition: edition)
        var total = 0
        for path in calls {
            var check = DeletionCheck(answerer), silences = 0, played = 0
            for line in try SourceFile.read(path, limit: 1 << 30).bytes.split(separator: UInt8(ascii: "\n")) {
                guard let call = StoredCall(Array(line)) else { throw BenchmarkError("`\(path)` holds a line that is no stored call") }
                played += 1
                for silence in check.silences(of: call) {
                    print(silence)
                    silences += 1
                }
            }
            print("\(path): \(played) calls, \(check.asked) with something taken out, \(silences) silent")
            total += silences
        }
        if total > 0 { throw ExitCode(1) }
    }
}
