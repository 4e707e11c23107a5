public import Documents
public import RuleLanguage

/// A pack with one rule, and what a site says of it: one sample for the tests of every room that knows layers.
public enum SamplePack {
    public static let pack = Source(name: "core/pack.yaml", text: "pack: core\nversion: 2026.1\n")

    public static let rule = Source(
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
              - case: a younger patient
                given: { age: 50 y, ordering: [ibuprofen 400 mg 3x/day] }
                expect: no card

            """)

    /// The same rule, of which a site may soften every row.
    public static var withoutFloor: Source { edited("    floor: major\n", "") }

    /// The rule with some words of it for others.
    public static func edited(_ old: String, _ new: String) -> Source { rule.edited(old, new) }

    /// A file of overrides with one change of that rule, `rest` among its keys.
    public static func overrides(
        rule: String = "rule: nsaid-anticoagulant", of version: String = "of_version: 3", until: String = "until: 2026-12-31",
        pack: String = "pack: { name: core, version: 2026.1 }", approved: String = "approved: { by: P&T Committee, date: 2026-01-06 }",
        _ rest: String, after: String = ""
    ) -> String {
        let lines = [rule, version, "because: Local list", approved, until, rest].filter { !$0.isEmpty }
        let change = lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n").dropFirst(4)
        return "overrides: st-elsewhere\n\(pack)\nchanges:\n  - \(change)\n\(after)"
    }

    public static func files(_ overrides: String, rule: Source = rule, unit: String? = nil) -> [RuleFile] {
        [RuleFile(pack), RuleFile(rule), RuleFile(Source(name: "site/overrides.yaml", text: overrides), layer: .site)]
            + (unit.map { [RuleFile(Source(name: "site/unit/icu/overrides.yaml", text: $0), layer: .unit)] } ?? [])
    }
}

extension Source {
    public func edited(_ old: String, _ new: String) -> Source {
        Source(name: name, text: String(decoding: bytes, as: UTF8.self).edited(old, new))
    }
}

extension String {
    /// The text with the first of some words for others; as it is where they are not in it.
    public func edited(_ old: String, _ new: String) -> String {
        guard let place = firstRange(of: old) else { return self }
        return self[..<place.lowerBound] + new + self[place.upperBound...]
    }
}
