/// Messages about packs, sites and overrides.
enum LayerPages {
    static let all: [MessagePage] = [
        MessagePage(
            code: "V601", title: "an override of another version of the rule",
            text: """
                The pack has a newer version of the rule than the one that was read when it was overridden. The old decision stays in force; \
                reread the rule as it is now (`vigil effective RULE`), then raise `of_version`, or take the override away.
                """,
            wrong: "of_version: 1️⃣2", right: "of_version: 3", file: "site/overrides.yaml"),
        MessagePage(
            code: "V602", title: "something to override that is not there",
            text: """
                A change names a rule of a layer below, an extension a set, a case the case of a rule. A rule of the site itself is changed \
                where it stands.
                """,
            wrong: "rule: 1️⃣nsiad-anticoagulant", right: "rule: nsaid-anticoagulant", file: "site/overrides.yaml"),
        MessagePage(
            code: "V603", title: "a path that leads nowhere, or that may not be set",
            text: """
                A path goes through the rule by keys; rows are named by their `name`, other members of lists by their number: \
                `grades.high.when.any.2.age.above`. Identity, governance and tests are the pack's own. `status` may be set to `shadow` only; \
                `retire: yes` takes a rule out.
                """,
            wrong: "set: { 1️⃣grades.hihg.severity: moderate }", right: "set: { grades.high.severity: moderate }", file: "site/overrides.yaml"),
        MessagePage(
            code: "V604", title: "an override without effect",
            text: "The rule, or the set, says the same already; perhaps the pack has taken the change over. Take the override away.",
            wrong: "set: { 1️⃣grades.high.severity: major }", right: "set: { grades.high.severity: moderate }", file: "site/overrides.yaml"),
        MessagePage(
            code: "V605", title: "an override below a floor",
            text: """
                The pack says of a row that it may not be softened below a severity (`floor: major`, at the row or for the whole rule). That \
                holds for whatever could take a patient away from the row, too: another condition, a milder row before it, muting, retiring, \
                more members of a set that the rule names in a fact or under `except`. Where a site must do so all the same, two people approve it. \
                A rule of the site's own is no way around: for pairs of a table with a floor it may not be milder than that.
                """,
            wrong: "set: { 1️⃣grades.bleeding.severity: moderate }",
            right: "set: { grades.bleeding.severity: moderate }\napproved: [{ by: P&T Committee, date: 2026-01-06 }, { by: Chief Pharmacist, date: 2026-01-07 }]",
            file: "site/overrides.yaml"),
        MessagePage(
            code: "V606", title: "an override that has ended",
            text: """
                Every override ends by itself. From the day after `until` on the rule is again as the pack has it, and the override is listed \
                by the check, when it is loaded and in `/status`. Prolong it with a new approval, or take it away.
                """,
            wrong: "until: 1️⃣2025-12-31", right: "until: 2026-12-31", file: "site/overrides.yaml"),
        MessagePage(
            code: "V607", title: "one place that is set twice",
            text: """
                Within a layer nothing depends on an order: a place of a rule is set once, however its path is spelled, and so is what lies in it. \
                A unit may set again what its site has set; the unit's counts.
                """,
            wrong: """
                set: { grades.high.severity: moderate }
                  - rule: nsaid-anticoagulant
                    of_version: 3
                    because: Another reason
                    approved: { by: P&T Committee, date: 2026-01-06 }
                    until: 2026-12-31
                    set: { 1️⃣grades.high.severity: minor }
                """,
            right: "set: { grades.high.severity: moderate }", file: "site/overrides.yaml"),
        MessagePage(
            code: "V608", title: "a case of the pack that no longer holds",
            text: """
                The pack's tests are run again on the rules as they are in force. Where an override is meant to change what a case expects, the \
                site says so: with a case of the same name under `tests:`, which stands in its place and takes over its `given` unless it has its \
                own; or by naming it under `changes_cases:`, and then it is listed as set aside. Every other case must pass.
                """,
            wrong: "tests: []",
            right: """
                tests:
                  - case: an older patient
                    rule: nsaid-anticoagulant
                    expect: { grade: high, severity: moderate }
                """, file: "site/overrides.yaml"),
        MessagePage(
            code: "V609", title: "another pack than the one that is loaded",
            text: """
                A file of overrides says for which pack and version it was written. Another version is a reason to reread (a warning); a pack that \
                is not loaded, or that the rule which is changed is not of, is a mistake. A pack says in its `pack.yaml` what it is called; a folder named `core@2026.1` holds that.
                """,
            wrong: "pack: { name: core, version: 1️⃣2025.4 }", right: "pack: { name: core, version: 2026.1 }", file: "site/overrides.yaml"),
        MessagePage(
            code: "V610", title: "overrides within a pack",
            text: """
                Layers go one way: a pack, then a site, then a unit of it. A pack changes its rules where they stand; overrides belong into a folder \
                of the site, which is named by `--site` or by `site:` in vigil.yaml.
                """,
            wrong: "1️⃣overrides: core", right: "pack: extras\nversion: 2026.1", file: "pack/more.yaml"),
    ]
}
