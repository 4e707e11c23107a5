import ArgumentParser
import RuleLanguage

/// Where the rules are.
struct RuleOptions: ParsableArguments {
    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp("A rule file, or a folder searched for *.yaml; may be given several times.", valueName: "path"))
    var paths: [String] = ["Rules"]

    @OptionGroup var site: LayerOptions

    var layers: RuleLayers { site.layers(over: paths) }
}
