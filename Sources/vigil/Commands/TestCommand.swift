import ArgumentParser
import Authoring
import Clinical
import Documents
import Foundation
import Knowledge
import Replay
import RuleLanguage
import Service

/// `vigil test`: runs the tests that stand in rule files, and says how good they are.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that stand in rule files, and say how good they are.",
        discussion: """
            Each test tells a patient and what the rule must answer; the patient goes through the same FHIR reader and the \
            same evaluation as a request of an EHR. Rules are checked first, and not tested if they have errors.

            A file of a pack is tested beside the rest of it: what it refers to is that of the folder with the nearest pack.yaml, \
            or of --rules; its own tests alone are run.

            With --site the rules are those in force: the tests of the pack run again over what the site changes, and the site's \
            own beside them.

            --coverage says which rows and conditions no test reaches; --mutate changes one thing of a rule at a time and \
            says which changes no test notices; --boundaries proposes cases around each threshold. --gate asks of every \
            active rule: each row reached, one case of silence, and a share of changes noticed.

            EXIT CODES:
              0  every test passed
              1  a rule has errors, a test failed, or with --coverage or --gate something is not tested
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil test
              vigil test Rules/bleeding
              vigil test Rules --site site
              vigil test --coverage --html coverage.html Rules
              vigil test --mutate Rules/renal
              vigil test --gate 80
              vigil test --boundaries Rules/renal/metformin-egfr.yaml --write --yes
              vigil test --junit > tests.xml
            """)

    @OptionGroup var rules: ScopeOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Flag(help: "Say which rows and conditions no test reaches, and which rules have no test for silence.")
    var coverage = false

    @Option(help: ArgumentHelp("With --coverage: write it as a page, too.", valueName: "file"))
    var html: String?

    @Flag(help: "Change one thing of each rule at a time, and list the changes that no test notices.")
    var mutate = false

    @Flag(help: "Propose cases just below, at and just above each threshold, and with the value missing or in a wrong unit.")
    var boundaries = false

    @Flag(help: "With --boundaries: add the proposed cases to the rule files; asks about each unless told --yes or --add.")
    var write = false

    @Flag(help: "With --write: add all of them.")
    var yes = false

    @Option(help: ArgumentHelp("With --write: add the case of this name; may be given several times.", valueName: "name"))
    var add: [String] = []

    @Option(help: ArgumentHelp("Ask of active rules: each row reached, a case of silence, this share of changes noticed.", valueName: "percent"))
    var gate: Int?

    @Flag(help: "Go on, and check and test again what is changed, until interrupted.")
    var watch = false

    @Flag(help: "Print the results as JUnit XML instead of text.")
    var junit = false

    func validate() throws {
        if html != nil && !coverage { throw ValidationError("--html goes with --coverage") }
        if write && !boundaries { throw ValidationError("--write goes with --boundaries") }
        if let gate, !(0...100).contains(gate) { throw ValidationError("--gate takes a share from 0 to 100") }
    }

    func run() async throws {
        let today = instant.clock.now().today
        if watch { return try await follow(today) }
        let loaded = try LoadedRules(rules.scope, knowledge: knowledge, today: today)
        if boundaries { return try proposeBoundaries(loaded, today) }
        let scope = rules.scope
        let report = RuleTestRunner(knowledge: loaded.knowledge).run(loaded.ruleSet)
        Output.text(junit ? report.junit() : report.text(sources: loaded.ruleSet.sources))
        var gaps: [Diagnostic] = []
        if coverage || gate != nil { gaps += TestCoverage.gaps(of: loaded.ruleSet, in: report) }
        if coverage { try showCoverage(of: loaded) }
        if mutate || gate != nil {
            let mutation = await MutationTester(knowledge: loaded.knowledge, today: today).run(
                loaded.files, width: CommandInput.width, only: scope.contains)
            if mutate { Output.text(mutation.text) } else { Output.note("mutation score \(mutation.score) %") }
            if let gate { gaps += mutation.gaps(below: gate) }
        }
        if !gaps.isEmpty {
            let sources = loaded.files.map(\.source)
            Output.note(Complaints(diagnostics: gaps, sources: sources).rendered(as: .text, color: false))
        }
        if report.failed > 0 || !gaps.isEmpty { throw Outcome.findings }
    }

    /// Checks and tests what an edit touches, and says what came of it; the time goes to standard error.
    private func follow(_ today: CivilDate) async throws {
        let scope = rules.scope
        var workspace = RuleWorkspace(knowledge: try knowledge.open(), today: today, layers: scope.layers)
        var watcher = FileWatcher(scope.layers)
        var isFirst = true
        while true {
            let (changed, removed) = try watcher.changes()
            if isFirst || !changed.isEmpty || !removed.isEmpty {
                let start = ContinuousClock.now
                let touched = workspace.update(changed, removed: removed).filter(scope.contains)
                let elapsed = ContinuousClock.now - start
                // At the beginning only what is wrong is worth a word.
                Output.text(workspace.text(of: isFirst ? touched.filter { workspace.standings[$0]?.isGood == false } : touched))
                Output.line(workspace.closingLine(of: scope.contains))
                Output.note("\(touched.count) checked in \(elapsed.formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow)))")
                isFirst = false
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func proposeBoundaries(_ loaded: LoadedRules, _ today: CivilDate) throws {
        let names = loaded.files.filter(\.holdsNames)
        var (count, standing) = (0, 0)
        // A pack is read-only under a site; cases for what it changes belong into the site's `tests:`.
        let scope = rules.scope
        let isUnderASite = write && rules.site.site != nil
        for file in loaded.files where !file.holdsNames && scope.contains(file.source.name) && !(isUnderASite && file.layer == .pack) {
            guard let finder = BoundaryFinder(file, names: names, knowledge: loaded.knowledge, today: today) else { continue }
            let all = finder.proposals()
            let proposals = all.filter { !$0.isCovered }
            count += all.count
            standing += all.count - proposals.count
            guard !proposals.isEmpty else { continue }
            let confirmed = try write ? proposals.filter { try isConfirmed($0, in: file) } : []
            if !write {
                Output.line("# \(file.source.name)")
                for proposal in proposals { Output.text(proposal.lines.map { "  \($0)\n" }.joined()) }
            }
            if !confirmed.isEmpty { try CommandInput.write(file.adding(confirmed), to: file.source.name) }
            standing += confirmed.count
            Output.note("\(file.source.name): \(proposals.count) cases proposed" + (write ? ", \(confirmed.count) added" : ""))
        }
        Output.note("boundaries: \(standing) of \(count) cases stand in the tests")
    }

    /// Named on the command line, or said yes to; what the rule says now is what the author confirms.
    private func isConfirmed(_ proposal: ProposedCase, in file: RuleFile) throws -> Bool {
        if yes { return true }
        if !add.isEmpty { return add.contains(proposal.name) }
        Output.text(proposal.lines.map { "  \($0)\n" }.joined())
        Output.note("\(file.source.name): add this case? [y/N]")
        return readLine()?.lowercased().hasPrefix("y") ?? false
    }

    private func showCoverage(of loaded: LoadedRules) throws {
        let coverage = ConditionCoverage(of: loaded.ruleSet, knowledge: loaded.knowledge)
        if !junit { Output.text(coverage.text) }
        if let html { try CommandInput.write(Array(coverage.html.utf8), to: html) }
    }
}
