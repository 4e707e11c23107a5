import ArgumentParser
import Authoring
import Clinical
import RuleLanguage
import Service

/// `vigil doc`: rules as decision tables, for a committee.
struct DocCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc",
        abstract: "Show rules as decision tables, for a pharmacy and therapeutics committee.",
        discussion: """
            For each rule: who answers for it, who meets with the members of each class, the facts, the ladder row by row \
            with severity and card, and the tests. One page that needs nothing beside it.

            EXAMPLES:
              vigil doc Rules/renal > renal.md
              vigil doc --format html Rules > rules.html
            """)

    @Argument(help: "Rule files, or folders searched for *.yaml.")
    var paths: [String] = ["Rules"]

    @Option(help: "markdown or html.", transform: choice(of: RuleDocument.Form.self))
    var format: RuleDocument.Form = .markdown

    @OptionGroup var site: LayerOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let loaded = try LoadedRules(site.layers(over: paths), knowledge: knowledge, today: instant.clock.now().today)
        Output.text(DecisionTable(knowledge: loaded.knowledge).document(of: loaded.ruleSet, files: loaded.files).text(as: format))
    }
}
