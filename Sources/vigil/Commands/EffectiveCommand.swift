import ArgumentParser
import Authoring
import Clinical
import Documents
import Engine
import RuleLanguage
import Service

/// `vigil effective`: a rule as it is in force.
struct EffectiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effective",
        abstract: "Show a rule as it is in force, each line with where it comes from.",
        discussion: """
            Lines that a site or a unit put there begin with `>` and tell why and until when. Overrides that have ended are \
            listed, and change nothing.

            EXAMPLES:
              vigil effective warfarin-nsaid --site site
              vigil effective warfarin-nsaid --site site --unit icu --as-of 2027-01-01
              vigil effective warfarin-nsaid --site site --json | jq '.overrides'
            """)

    @Argument(help: "The id of the rule.")
    var rule: String

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    func run() throws {
        let loaded = try LoadedRules(rules.surroundings, knowledge: knowledge, today: instant.clock.now().today)
        let checked = try loaded.rule(rule)
        guard let effective = EffectiveRule(checked.rule.heading.id, in: loaded.ruleSet) else {
            throw CommandError(description: "`\(rule)` has no text")
        }
        let shown = EffectiveText(effective, packs: loaded.ruleSet.packs)
        if json { Output.bytes(shown.json.bytes(pretty: true) + [0x0A]) } else { Output.text(shown.text) }
    }
}
