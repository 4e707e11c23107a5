import ArgumentParser
import Clinical
import Documents
import Foundation
import RuleLanguage
import Spoiling

/// `benchmarks spoil`: checks rule files that were spoilt, and states what the worst of them cost.
struct SpoilCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spoil",
        abstract: "Check spoilt rule files, and state the time and memory that they take.",
        discussion: "The rules of the repository are spoilt, always with the same seed: bytes, tokens, structure. Exit status 1 if one takes longer than a second.")

    @Argument(help: ArgumentHelp("How many.", valueName: "count"))
    var count = 10_000

    @OptionGroup var inputs: BenchmarkInputOptions

    func run() throws {
        let knowledge = try BenchmarkInputs(inputs).knowledge
        let compiler = RuleCompiler(knowledge: knowledge, today: BenchmarkInputs.asOf.today)
        let seeds = try RuleFolder.sources(at: inputs.rules).map(\.bytes)
        guard compiler.compile(try RuleFolder.sources(at: inputs.rules)).ruleSet != nil else { throw BenchmarkError("the rules do not check before they are spoilt") }
        var spoiler = RuleSpoiler(seed: 20_260_115)
        let before = Self.peak
        var costs: [(nanoseconds: Int64, number: Int)] = [], rules = 0
        for number in 0..<count {
            let bytes = spoiler.spoil(oneOf: seeds)
            let start = CPUClock.now()
            let (ruleSet, diagnostics) = compiler.compile([Source(name: "spoilt-\(number).yaml", bytes: bytes)])
            costs.append((CPUClock.now() - start, number))
            guard ruleSet != nil || diagnostics.contains(where: { $0.severity == .error }) else {
                throw BenchmarkError("spoilt file \(number) gives neither rules nor an error")
            }
            rules += ruleSet == nil ? 0 : 1
        }
        costs.sort { $0 > $1 }
        print("\(count) spoilt rule files, \(rules) of them rules still")
        for (label, place) in [("the slowest", 0), ("99 of 100 within", costs.count / 100), ("the median", costs.count / 2)] where place < costs.count {
            print("\(label): \((Double(costs[place].nanoseconds) / 1e6).fixed(1)) ms of processor time\(place == 0 ? " (file \(costs[0].number))" : "")")
        }
        print("memory: \(before / 1024) MiB with knowledge and rules, \(Self.peak / 1024) MiB at most")
        if let slowest = costs.first, slowest.nanoseconds > 1_000_000_000 { throw ExitCode(1) }
    }

    /// The most memory that this process had so far, in KiB.
    private static var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }
}
