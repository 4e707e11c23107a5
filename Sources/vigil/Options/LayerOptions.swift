import ArgumentParser
import RuleLanguage

/// What a site lays over the rules of packs.
struct LayerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the site: its overrides, sets and rules of its own.", valueName: "folder"))
    var site: String?

    @Option(help: ArgumentHelp("The unit of the site, a folder below its `unit/`, whose overrides count too.", valueName: "name"))
    var unit: String?

    func validate() throws {
        if unit != nil, site == nil { throw ValidationError("--unit goes with --site") }
    }

    /// These over the rules at some paths.
    func layers(over paths: [String]) -> RuleLayers {
        RuleLayers(packs: paths, site: site, unit: unit)
    }
}
