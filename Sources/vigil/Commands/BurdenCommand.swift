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
            EXAMPLES:
              vigil burden --against requests/ --rules Rules
              vigil burden --against month.ndjson
            """)

    @OptionGroup var traffic: TrafficOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() async throws {
        let asOf = instant.clock.now()
        let loaded = try LoadedRules(rules.layers, knowledge: knowledge, today: asOf.today, drafts: false)
        let requests = try await traffic.requests(asOf: asOf)
        Output.text(TrafficBurden(await loaded.run(requests, width: CommandInput.width)).text)
    }
}
