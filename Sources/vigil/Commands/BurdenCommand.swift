import ArgumentParser
import Authoring
import Clinical
import Knowledge
import RuleLanguage
import Service

/// `vigil burden`: how many alerts rules give for real orders.
struct BurdenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "burden",
        abstract: "Count the alerts that stored calls get, per 1,000 orders, by rule and tier.",
        discussion: """
            Drafts and rules in shadow say nothing, as in service, and are named; --drafts asks them as if they were active.

            EXAMPLES:
              vigil burden --against requests/ --rules Rules
              vigil burden --against requests/ --rules my-rules --drafts
              vigil burden --against month.ndjson
            """)

    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Flag(help: "Ask drafts and rules in shadow as if they were active.")
    var drafts = false

    func run() async throws {
        let asOf = instant.clock.now()
        let loaded = try LoadedRules(rules.layers, knowledge: knowledge, today: asOf.today, planning: drafts ? .asIfActive : .inService)
        let requests = try await traffic.requests(asOf: asOf)
        if let text = UnaskedRules(in: loaded.ruleSet, areAskedAsIfActive: drafts).text { Output.text(text) }
        Output.text(TrafficBurden(await loaded.run(requests, width: CommandInput.width)).text)
    }
}
