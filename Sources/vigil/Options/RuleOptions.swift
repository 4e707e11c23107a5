import ArgumentParser
import RuleLanguage

/// Where the rules are.
struct RuleOptions: ParsableArguments {
    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp("A rule file, or a folder searched for *.yaml; may be given several times. (default: Rules)", valueName: "path"))
    var named: [String] = []

    @OptionGroup var site: LayerOptions

    var paths: [String] { named.isEmpty ? ["Rules"] : named }

    /// True where anything was said of them.
    var areNamed: Bool { !named.isEmpty || site.site != nil }

    var layers: RuleLayers { site.layers(over: paths) }

    /// The same with the packs around what is named: for commands about one rule, which must know what it refers to.
    var surroundings: RuleLayers { RuleScope(paths, site: site.site, unit: site.unit).layers }
}
