import Documents
import RuleLanguage

/// A pack with one rule, and what a site says of it.
enum LayeredSamples {
    static let pack = Source(name: "core/pack.yaml", text: "pack: core\nversion: 2026.1\n")

    static let rule = Source(
        name: "core/nsaid-anticoagulant.yaml",
        text: """
            rule: nsaid-anticoagulant
            kind: drug-patient
            title: An NSAID
            version: 3
            status: active
            owner: Tests
            review_by: 2027-01-01
            approved: { by: Tests, date: 2026-01-01 }
            evidence: [{ cite: A source }]
            ordering: { nsaid: { drug: ibuprofen } }
            facts:
              warfarin: { taking: { drug: warfarin } }
            grades:
              - name: bleeding
                when: { warfarin: yes, age: { at_least: 90 y } }
                severity: major
                floor: major
                summary: Warfarin at ninety
              - name: high
                when: { age: { at_least: 65 y } }
                severity: major
                summary: An NSAID in an older patient
            override_reasons: [benefit-outweighs-risk]
            tests:
              - case: an older patient
                given: { age: 70 y, ordering: [ibuprofen 400 mg 3x/day] }
                expect: { grade: high, severity: major }

            """)

    /// A file of overrides with one change of that rule, `rest` among its keys.
    static func overrides(
        rule: String = "rule: nsaid-anticoagulant", of version: String = "of_version: 3", until: String = "until: 2026-12-31",
        pack: String = "pack: { name: core, version: 2026.1 }", approved: String = "approved: { by: P&T Committee, date: 2026-01-06 }",
        _ rest: String, after: String = ""
    ) -> String {
        let lines = [rule, version, "because: Local list", approved, until, rest].filter { !$0.isEmpty }
        let change = lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n").dropFirst(4)
        return "overrides: st-elsewhere\n\(pack)\nchanges:\n  - \(change)\n\(after)"
    }

    static func files(_ overrides: String, rule: Source = rule, unit: String? = nil) -> [RuleFile] {
        [RuleFile(pack), RuleFile(rule), RuleFile(Source(name: "site/overrides.yaml", text: overrides), layer: .site)]
            + (unit.map { [RuleFile(Source(name: "site/unit/icu/overrides.yaml", text: $0), layer: .unit)] } ?? [])
    }

    static func compile(_ overrides: String, rule: Source = rule, unit: String? = nil, includingDrafts: Bool = false) -> (ruleSet: RuleSet?, diagnostics: [Diagnostic]) {
        Samples.compiler.compile(files(overrides, rule: rule, unit: unit), includingDrafts: includingDrafts)
    }
}
