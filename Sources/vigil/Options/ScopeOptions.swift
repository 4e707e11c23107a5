import ArgumentParser
import RuleLanguage

/// The rules that a command is about, and where it looks for what they refer to.
struct ScopeOptions: ParsableArguments {
    @Argument(help: "Rule files, or folders searched for *.yaml; Rules, where none is named.")
    var paths: [String] = []

    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp("Where that is which they refer to; otherwise the pack around them. May be given several times.", valueName: "path"))
    var rules: [String] = []

    @OptionGroup var site: LayerOptions

    var scope: RuleScope {
        let named = paths.isEmpty ? rules : paths
        return RuleScope(named.isEmpty ? ["Rules"] : named, rules: rules, site: site.site, unit: site.unit)
    }
}
