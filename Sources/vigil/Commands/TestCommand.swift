import ArgumentParser
import Clinical
import Documents
import Knowledge
import Replay
import RuleLanguage
import Service

/// `vigil test`: runs the tests that stand in rule files.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that stand in rule files.",
        discussion: """
            Each test tells a patient and what the rule must answer; the patient goes through the same FHIR reader and the \
            same evaluation as a request of an EHR. Rules are checked first, and not tested if they have errors.

            EXIT CODES:
              0  every test passed
              1  a rule has errors, a test failed, or with --coverage something is not tested
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil test
              vigil test Rules/bleeding
              vigil test --coverage Rules
              vigil test --junit > tests.xml
            """)

    @Argument(help: "Rule files, or folders searched for *.yaml.")
    var paths: [String] = ["Rules"]

    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Flag(help: "Say which rows and states of active rules no test reaches, and which rules have no test for silence.")
    var coverage = false

    @Flag(help: "Print the results as JUnit XML instead of text.")
    var junit = false

    func run() throws {
        let base = try knowledge.open()
        let sources = try RuleFolder.sources(at: paths)
        guard !sources.isEmpty else { throw EditionError.noRules(paths) }
        let (rules, diagnostics) = RuleCompiler(knowledge: base, today: instant.clock.now().today).compile(
            sources, includingDrafts: true)
        guard let rules else {
            Output.text(Complaints(diagnostics: diagnostics, sources: sources).rendered(as: .text, color: Output.isTerminal))
            throw Outcome.findings
        }
        let report = RuleTestRunner(knowledge: base).run(rules)
        Output.text(junit ? report.junit() : report.text(sources: rules.sources))
        let gaps = coverage ? TestCoverage.gaps(of: rules, in: report) : []
        if !gaps.isEmpty {
            Output.note(Complaints(diagnostics: gaps, sources: sources).rendered(as: .text, color: false))
        }
        if report.failed > 0 || !gaps.isEmpty { throw Outcome.findings }
    }
}
