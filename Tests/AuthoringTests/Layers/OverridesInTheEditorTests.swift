import Clinical
import Documents
import RuleLanguage
import SamplePack
import Testing

@testable import Authoring

/// Templates, schema and language server know overrides and measures, and bundles are told apart in words.
@Suite struct OverridesInTheEditorTests {
    private static let rule = String(decoding: SamplePack.rule.bytes, as: UTF8.self)

    @Test func theTemplateIsAFileOfOverrides() throws {
        let file = RuleFile(Source(name: "site/ours.yaml", text: RuleTemplate.overrides("ours")), layer: .site)
        #expect(file.holdsOverrides)
        #expect(file.diagnostics == [])
        let text = RuleTemplate.overrides("ours")
        #expect(text.contains("because: FILL IN"))
    }

    @Test func theTemplateBeginsWithTheRuleAsItsPackHasIt() throws {
        let text = RuleTemplate.overrides("ours", of: "nsaid-anticoagulant", in: [RuleFile(SamplePack.pack), RuleFile(SamplePack.withoutFloor)])
        #expect(text.contains("pack: { name: core, version: 2026.1 }") && text.contains("of_version: 3 #"))
        #expect(text.contains("set: { grades.high.severity: moderate }"))
        let compiler = RuleCompiler(knowledge: try RepositoryKnowledge.base(), today: Samples.today)
        let (set, diagnostics) = compiler.compile(SamplePack.files(text, rule: SamplePack.withoutFloor))
        #expect(set != nil && Set(diagnostics.map(\.code)) == ["V504"], "\(diagnostics)")
    }

    @Test func theSchemaHasEveryKeyOfAnOverride() throws {
        let names = SiteNames([], knowledge: try RepositoryKnowledge.base())
        let schema = try JSONDocument(parsing: RuleSchema(names).overrides).root
        let top = try #require(schema["allOf"]?.elements.first { _ in true }?["properties"])
        for key in Vocabulary.overrides { #expect(top.member(key.name) != nil, "\(key.name)") }
        let change = try #require(top["changes"]?["items"]?["properties"])
        for key in Vocabulary.change { #expect(change.member(key.name) != nil, "\(key.name)") }
    }

    @Test func theSchemaKnowsTheFactsOfAMeasure() throws {
        let names = SiteNames([], knowledge: try RepositoryKnowledge.base())
        let schema = try JSONDocument(parsing: RuleSchema(names).bytes).root
        let measure = schema["allOf"]?.elements.first { $0["if"]?["properties"]?["kind"]?["const"]?.string == "measure" }
        #expect(measure?["then"]?["properties"]?["numerator"] != nil)
        #expect(measure?["then"]?["properties"]?["facts"]?["additionalProperties"] != nil)
    }

    // MARK: Bundles

    private func bundle(_ rule: String, _ more: [RuleBundle.File] = []) throws -> RuleBundle {
        let manifest = BundleManifest(
            vigil: "0.1.0", published: try #require(CivilDate("2026-01-15")), packs: ["core@2026.1"], ruleCount: 1, rules: "r", knowledgeVersion: "k",
            knowledge: "00", tests: BundleManifest.Tests(passed: 1, skipped: 0, mutationScore: nil))
        return RuleBundle(manifest: manifest, files: [RuleBundle.File(path: "nsaid-anticoagulant.yaml", layer: .pack, text: rule)] + more, tests: [])
    }

    private func diff(_ old: RuleBundle, _ new: RuleBundle) -> BundleDiff {
        BundleDiff(old, new) { $0.ruleFiles }
    }

    @Test func equalBundlesDifferInNothing() throws {
        let same = diff(try bundle(Self.rule), try bundle(Self.rule))
        #expect(same.isEmpty)
        #expect(same.text.hasSuffix("no rule, set or override differs\n"))
    }

    @Test func aDiffSpeaksOfRowsAndThresholds() throws {
        let changed = Self.rule.edited("version: 3", "version: 4").edited("at_least: 65 y", "at_least: 70 y").edited("    summary: An NSAID", "    consequence: Bleeding\n    summary: An NSAID")
        let diff = diff(try bundle(Self.rule), try bundle(changed, [RuleBundle.File(path: "sets.yaml", layer: .site, text: "classes: {}\n")]))
        #expect(!diff.isEmpty)
        #expect(
            diff.text.contains(
                """
                changed  nsaid-anticoagulant v3 → v4
                  grades.high.when.age.at_least: 65 y → 70 y
                  grades.high.consequence is new: Bleeding
                added    site/sets.yaml
                """), "\(diff.text)")
    }

    @Test func rulesComeAndGo() throws {
        let other = Self.rule.edited("rule: nsaid-anticoagulant", "rule: another-one")
        let text = diff(try bundle(Self.rule), try bundle(other)).text
        #expect(text.contains("added    another-one v3, active: An NSAID\nremoved  nsaid-anticoagulant: An NSAID\n"))
    }

    @Test func rowsThatChangePlacesAreTold() throws {
        let two = Self.rule.edited("  - name: high", "  - { name: first, when: { sex: female }, severity: minor, summary: A woman }\n  - name: high")
        let text = diff(try bundle(Self.rule), try bundle(two)).text
        #expect(text.contains("grades.first is new before high: { name: first, when: { sex: female }, severity: minor, summary: A woman }"))
    }
}
