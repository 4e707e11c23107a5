import ArgumentParser
import Authoring
import CDSHooks
import Clinical
import Digests
import Documents
import Engine
import Knowledge
import Replay
import RuleLanguage
import Service

/// `vigil publish`: makes one signed bundle of rules that check and pass their tests.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Make one signed bundle of rules, once they check and pass their tests.",
        discussion: """
            Checks the rules as they are in force, runs every test, asks of each active rule what --gate asks, and only then \
            writes one file: rules, sets and overrides, what each test came to, and the digest of the knowledge file. The \
            same rules, knowledge, day and key give the same bytes. `vigil serve --bundle` verifies and loads it.

            --gate 80 tries changes of every active rule, which takes a while; --gate 0 asks only that each row is reached and \
            that one case finds the rule silent.

            EXIT CODES:
              0  published
              1  refused: rules have errors, a test fails, or the gate is not met
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil keys new release
              vigil publish --key release.key --output release.bundle
              vigil publish --rules Rules --site site --key release.key --output release.bundle --gate 90
            """)

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Option(help: ArgumentHelp("The secret key that signs; `vigil keys new` makes one.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("Where the bundle is written.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("The share of changes that the tests of each active rule must notice.", valueName: "percent"))
    var gate = 80

    func validate() throws {
        if !(0...100).contains(gate) { throw ValidationError("--gate takes a share from 0 to 100") }
    }

    func run() async throws {
        let signing = try signingKey()
        let today = instant.clock.now().today
        let loaded = try LoadedRules(rules.layers, knowledge: knowledge, today: today)
        let (report, mutation) = try await tested(loaded, today)
        // What a service will load: drafts are tested, and never evaluated.
        let active = try loaded.active(on: today)
        let version = loaded.knowledge.version
        let manifest = BundleManifest(
            vigil: Edition.program, published: today, packs: active.packs.map(\.words), ruleCount: active.plan.rules.count, rules: active.digest,
            knowledgeVersion: version.name, knowledge: version.digest,
            tests: BundleManifest.Tests(passed: report.passed, skipped: report.skipped, mutationScore: mutation))
        var bundle = RuleBundle(manifest: manifest, files: try RuleBundle.files(active.files), tests: report.results.map(\.bundled))
        try bundle.sign(with: signing)
        try CommandInput.write(bundle.bytes, to: output)
        Output.line("\(output): bundle \(bundle.id.short), \(manifest.ruleCount) rule\(manifest.ruleCount == 1 ? "" : "s"), \(report.closingLine), signed by \(signing.verificationKey.id)")
        for ended in active.overrides where ended.state == .expired {
            Output.note("the override of \(ended.subject) by \(ended.name) ended on \(ended.until?.description ?? "")")
        }
    }

    /// The tests, and what the gate says of them.
    ///
    /// - Throws: `Outcome.findings` once it is printed why the rules are not published.
    private func tested(_ loaded: LoadedRules, _ today: CivilDate) async throws -> (report: TestReport, mutationScore: Int?) {
        let report = RuleTestRunner(knowledge: loaded.knowledge).run(loaded.ruleSet)
        if report.failed > 0 {
            Output.text(report.text(sources: loaded.ruleSet.sources))
            throw refusal(report.failed == 1 ? "1 test fails" : "\(report.failed) tests fail")
        }
        let active = Set(loaded.ruleSet.rules.filter { $0.status == .active }.map(\.file))
        var gaps = TestCoverage.gaps(of: loaded.ruleSet, in: report).filter { gap in
            active.contains(gap.file) || loaded.ruleSet.rules.contains { $0.status == .active && $0.overriddenBy.contains(gap.file) }
        }
        var score: Int?
        if gate > 0 {
            let mutation = await MutationTester(knowledge: loaded.knowledge, today: today).run(loaded.files, width: CommandInput.width)
            gaps += mutation.gaps(below: gate)
            score = mutation.score
        }
        guard gaps.isEmpty else {
            Output.text(Complaints(diagnostics: gaps, sources: Array(loaded.ruleSet.sources.values)).rendered(as: .text, color: Output.isTerminal))
            throw refusal("\(gaps.count) gap\(gaps.count == 1 ? "" : "s") in the tests of active rules")
        }
        return (report, score)
    }

    private func refusal(_ why: String) -> any Error {
        Output.note("not published: \(why)")
        return Outcome.findings
    }

    private func signingKey() throws -> SigningKey {
        do {
            return try SigningKey(text: String(decoding: try SourceFile.bytes(of: key), as: UTF8.self))
        } catch let error as KeyError {
            throw CommandError(description: "\(key): \(error)")
        }
    }
}

extension TestResult {
    /// As it stands in a bundle.
    fileprivate var bundled: RuleBundle.TestLine {
        if case .skipped(let why) = verdict { return RuleBundle.TestLine(rule: rule, name: name, outcome: why) }
        return RuleBundle.TestLine(rule: rule, name: name, outcome: isPassed ? "passed" : "failed")
    }
}
