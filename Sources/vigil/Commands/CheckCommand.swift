import ArgumentParser
import Clinical
import Documents
import Knowledge
import RuleLanguage
import Service

/// `vigil check`: reads rules and says everything that is wrong with them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check rules, and say everything that is wrong with them.",
        discussion: """
            Every problem of every file is reported in one run, with its place, a code and, where there is one, the nearest \
            name. Names of drugs, classes, problems and laboratory tests are looked up in the knowledge file. A file of a pack \
            is checked beside the rest of it: conditions, sets and rules that it refers to are those of the folder with the \
            nearest pack.yaml, or of --rules.

            EXIT CODES:
              0  no errors (there may be warnings)
              1  at least one error
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil check
              vigil check Rules/bleeding
              vigil check Rules --site site
              vigil check --format concise Rules/bleeding/warfarin-nsaid.yaml
              vigil check --format json Rules > findings.json
            """)

    @OptionGroup var rules: ScopeOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Option(
        help: "text (with the line and a caret), concise (one line each) or json.",
        transform: choice(of: DiagnosticFormat.self))
    var format: DiagnosticFormat = .text

    func run() throws {
        let base = try knowledge.open()
        let scope = rules.scope
        let files = try scope.read()
        guard !files.isEmpty else { throw EditionError.noRules(rules.paths.isEmpty ? scope.layers.packs : rules.paths) }
        let sources = files.map(\.source)
        let (ruleSet, all) = RuleCompiler(knowledge: base, today: instant.clock.now().today).compile(files)
        let diagnostics = all.filter { scope.contains($0.file) }
        let complaints = Complaints(diagnostics: diagnostics, sources: sources)
        if format == .json || !diagnostics.isEmpty {
            Output.text(complaints.rendered(as: format, color: format == .text && Output.isTerminal))
        }
        let errors = complaints.count(of: .error)
        let warnings = complaints.count(of: .warning)
        let checked = ruleSet.map { "\(count($0.narrowed(to: scope).rules.count, "rule"))\(overrides($0)) in " } ?? ""
        let spoken = sources.count { scope.contains($0.name) }
        Output.note("\(checked)\(count(spoken, "file")): \(count(errors, "error")), \(count(warnings, "warning"))")
        let elsewhere = all.count { $0.severity == .error } - diagnostics.count { $0.severity == .error }
        if elsewhere > 0 {
            Output.note("\(count(elsewhere, "error")) in other files beside: `vigil check \(scope.layers.packs.joined(separator: " "))`")
        }
        if errors > 0 { throw Outcome.findings }
    }

    /// How many overrides there are, and how many of them have ended.
    private func overrides(_ rules: RuleSet) -> String {
        guard !rules.overrides.isEmpty else { return "" }
        let ended = rules.overrides.count { $0.state == .expired }
        return " and \(count(rules.overrides.count, "override"))" + (ended > 0 ? " (\(ended) ended)" : "")
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
