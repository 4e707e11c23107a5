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

            With one folder and --site: what the site, and the unit with --unit, changes of those rules, without it and with it. \
            With --old-site also the site as it is against the site as it shall be.

            Drafts and rules in shadow say nothing, as in service, and are named; --drafts asks those of the new side as if they \
            were active.

            EXIT CODES:
              0  done
              1  rules have errors, or the change adds more interruptive alerts than --budget allows
              2  files missing or damaged, wrong arguments

            EXAMPLES:
              vigil diff Rules new-rules --against requests/
              vigil diff old new --against month.ndjson --budget 1
              vigil diff Rules next --drafts --against requests/   (what a draft will do)
              vigil diff Rules --site site --against requests/   (what a site's overrides do)
              vigil diff Rules --old-site site --site next-site --against requests/
              vigil diff core@2026.1 core@2026.2 --site site --against month.ndjson   (a new release under your overrides)
              vigil diff old new --against .vigil/journal.sqlite --journal-key key.bin
            """)

    @Argument(help: "The rules as they are: a file or a folder.")
    var old: String

    @Argument(help: "The rules as they shall be; the same where none are named.")
    var new: String?

    @Option(name: .customLong("old-site"), help: ArgumentHelp("The folder of the site as it is, where --site shall be.", valueName: "folder"))
    var oldSite: String?

    @Flag(help: "Ask drafts and rules in shadow of the new side as if they were active.")
    var drafts = false

    @OptionGroup var site: LayerOptions
    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Option(help: ArgumentHelp("Fail where more than so many interruptive alerts per 1,000 orders are added.", valueName: "number"))
    var budget: Double?

    @Option(help: "How many calls are named as examples for each rule and tier.")
    var examples = 10

    func validate() throws {
        if new == nil, site.site == nil { throw ValidationError("with one folder --site is needed: what it changes is told") }
        if oldSite != nil, site.site == nil { throw ValidationError("--old-site goes with --site: what it shall be") }
    }

    /// The rules as they are: without the site where it is the site that is compared.
    private var layersBefore: RuleLayers {
        if let oldSite { return RuleLayers(packs: [old], site: oldSite, unit: site.unit) }
        return new == nil ? RuleLayers(packs: [old]) : site.layers(over: [old])
    }

    func run() async throws {
        let asOf = instant.clock.now()
        let before = try LoadedRules(layersBefore, knowledge: knowledge, today: asOf.today, planning: .inService)
        let after = try LoadedRules(
            site.layers(over: [new ?? old]), knowledge: knowledge, today: asOf.today, planning: drafts ? .asIfActive : .inService)
        let requests = try await traffic.requests(asOf: asOf)
        let diff = TrafficDiff(
            await before.run(requests, width: CommandInput.width), await after.run(requests, width: CommandInput.width), requests: requests)
        if let text = UnaskedRules(in: after.ruleSet, areAskedAsIfActive: drafts).text { Output.text(text) }
        Output.text(diff.text(examples: examples))
        guard let budget, diff.interruptiveGrowth > budget else { return }
        Output.note("the change adds more than \(budget) interruptive alerts per 1,000 orders")
        throw Outcome.findings
    }
}
