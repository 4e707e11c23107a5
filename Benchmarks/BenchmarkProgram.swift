import ArgumentParser
import Clinical
import Knowledge

/// `benchmarks`: what an answer costs, as ratios of two things that run in turn in one process or one server.
///
/// Absolute times differ from machine to machine and from minute to minute; a ratio of two medians of processor time, both
/// taken in turn, does not. Prints a table and writes nothing.
@main
struct BenchmarkProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measure Vigil, as ratios of processor time.",
        subcommands: [RunCommand.self, SpoilCommand.self, DeletionsCommand.self, ServerCommand.self],
        defaultSubcommand: RunCommand.self)
}

/// `benchmarks run`: all measures, or those named.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Run the measures and print a table.")

    @Flag(help: "Fewer and shorter repetitions.")
    var quick = false

    @Option(help: ArgumentHelp("Measure only these: rules, interactions, imported, checking, parsing, request.", valueName: "name"))
    var only: [String] = []

    @OptionGroup var inputs: BenchmarkInputOptions

    func run() async throws {
        let effort = quick ? Effort.quick : .full
        let inputs = try BenchmarkInputs(inputs)
        var report = Report()
        report.note("knowledge \(inputs.knowledge.version.name); request of \(inputs.request.count) bytes; \(effort)")
        let measures: [(name: String, measure: () async throws -> [Figure])] = [
            ("rules", { try RuleScaling(inputs: inputs, effort: effort).measure() }),
            ("interactions", { try InteractionScaling(inputs: inputs, options: self.inputs, effort: effort).measure() }),
            ("imported", { try ImportedPairs(inputs: inputs, effort: effort).measure() }),
            ("checking", { try CheckCost(inputs: inputs, effort: effort).measure() }),
            ("parsing", { try ParseCost(inputs: inputs, effort: effort).measure() }),
            ("request", { try await RequestCost(inputs: inputs, options: self.inputs, effort: effort).measure() }),
        ]
        for (name, measure) in measures where only.isEmpty || only.contains(name) {
            report.add(try await measure())
        }
        report.end()
    }
}
