import ArgumentParser
import Authoring
import Clinical
import Knowledge
import RuleLanguage
import Service

/// `vigil diff`: what a change of rules changes for real patients.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show which cards of stored calls change when rules change.",
        discussion: """
            Answers every call with the old rules and with the new ones and lists the cards that are new, lost or changed, \
            by rule, unit and tier, with calls as examples; and the alerts per 1,000 orders before and after.

            EXIT CODES:
              0  done
              1  rules have errors, or the change adds more interruptive alerts than --budget allows
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil diff Rules new-rules --against requests/
              vigil diff old new --against month.ndjson --budget 1
              vigil diff core@2026.1 core@2026.2 --site site --against month.ndjson   (a new release under your overrides)
              vigil diff old new --against .vigil/journal.sqlite --journal-key key.bin
            """)

    @Argument(help: "The rules as they are: a file or a folder.")
    var old: String

    @Argument(help: "The rules as they shall be.")
    var new: String

    @OptionGroup var site: LayerOptions
    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Option(help: ArgumentHelp("Fail where more than so many interruptive alerts per 1,000 orders are added.", valueName: "number"))
    var budget: Double?

    @Option(help: "How many calls are named as examples for each rule and tier.")
    var examples = 10

    func run() async throws {
        let asOf = instant.clock.now()
        let before = try LoadedRules(site.layers(over: [old]), knowledge: knowledge, today: asOf.today, drafts: false)
        let after = try LoadedRules(site.layers(over: [new]), knowledge: knowledge, today: asOf.today, drafts: false)
        let requests = try await traffic.requests(asOf: asOf)
        let diff = TrafficDiff(
            await before.run(requests, width: CommandInput.width), await after.run(requests, width: CommandInput.width), requests: requests)
        Output.text(diff.text(examples: examples))
        guard let budget, diff.interruptiveGrowth > budget else { return }
        Output.note("the change adds more than \(budget) interruptive alerts per 1,000 orders")
        throw Outcome.findings
    }
}
