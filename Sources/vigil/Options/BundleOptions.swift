import ArgumentParser
import RuleLanguage
import Service

/// A published bundle in the place of rule files, and whose signature counts.
struct BundleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A bundle of `vigil publish`, in the place of rule files.", valueName: "file"))
    var bundle: String?

    @Option(name: .customLong("bundle-key"), help: ArgumentHelp("A public key whose signature of bundles counts; may be repeated.", valueName: "file"))
    var bundleKeys: [String] = []

    func validate() throws {
        if bundle != nil, bundleKeys.isEmpty { throw ValidationError("--bundle needs --bundle-key: whose signature counts") }
    }

    /// Where an edition's rules come from: the bundle, where one is named; rules that were named beside it are not read, which is said.
    func rules(else rules: RuleOptions) -> EditionRules {
        if let bundle, rules.areNamed { Output.note("the rules are those of \(bundle): \(rules.layers.description) is not read") }
        return bundle.map { EditionRules.bundle($0, keys: bundleKeys) } ?? .layers(rules.layers)
    }
}
