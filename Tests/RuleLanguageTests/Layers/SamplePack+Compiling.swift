import Documents
import RuleLanguage
import SamplePack

extension SamplePack {
    /// The pack with what a site and a unit say of it, compiled with the small knowledge of these tests.
    static func compile(_ overrides: String, rule: Source = rule, unit: String? = nil, includingDrafts: Bool = false) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        Samples.compiler.compile(files(overrides, rule: rule, unit: unit), includingDrafts: includingDrafts)
    }
}
