import Clinical
import Documents
@testable import Engine
import Knowledge
import SamplePack
import Testing

@testable import RuleLanguage

/// What a site lays over the rules of a pack.
@Suite struct LayingTests {
    private func compiled(_ overrides: String, rule: Source = SamplePack.rule, unit: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> RuleSet {
        let (ruleSet, diagnostics) = SamplePack.compile(overrides, rule: rule, unit: unit)
        return try #require(ruleSet, "\(diagnostics.map { "\($0.code) \($0.message)" })", sourceLocation: sourceLocation)
    }

    private func grades(_ ruleSet: RuleSet) -> [String] {
        ruleSet.rules.flatMap(\.rule.grades).map { "\($0.name) \($0.severity?.rawValue ?? "")" }
    }

    @Test func aSeverityAndATextAreSet() throws {
        let ruleSet = try compiled(SamplePack.overrides("set: { grades.high.severity: moderate, grades.high.summary: Older here }"))
        #expect(grades(ruleSet) == ["bleeding major", "high moderate"])
        #expect(ruleSet.overrides.map(\.state) == [.inForce])
        #expect(ruleSet.overrides.first?.changes == ["set grades.high.severity", "set grades.high.summary"])
        #expect(ruleSet.rules.first?.overriddenBy == ["site/overrides.yaml"])
    }

    @Test(arguments: [
        ("set: { grades.high.when.age.at_least: 75 y }", "{ age: { at_least: 75 y } }"),
        ("set: { grades.2.when: { age: { at_least: 80 y }, warfarin: yes } }", "{ age: { at_least: 80 y }, warfarin: yes }"),
    ])
    func aThresholdIsSetByItsPath(change: String, when: String) throws {
        let ruleSet = try compiled(SamplePack.overrides(change))
        #expect(ruleSet.files.first { $0.ruleID != nil }?.node?["grades"]?.elements.last?["when"]?.flowText == when)
    }

    @Test func rowsGoBeforeAndAfter() throws {
        let ruleSet = try compiled(
            SamplePack.overrides(
                """
                before: { grade: high, add: { name: very-old, when: { age: { at_least: 80 y } }, severity: contraindicated, summary: Very old } }
                after: { grade: high, add: { name: any, otherwise: yes, severity: minor, summary: Anybody } }
                """))
        #expect(grades(ruleSet) == ["bleeding major", "very-old contraindicated", "high major", "any minor"])
        // The row of a site knows where it was written.
        #expect(ruleSet.rules.first?.origins.filter { $0.file == "site/overrides.yaml" }.count == 2)
    }

    @Test func aRetiredRuleIsNotAsked() throws {
        let rule = SamplePack.withoutFloor
        let ruleSet = try compiled(SamplePack.overrides("retire: yes"), rule: rule)
        #expect(ruleSet.plan.rules.isEmpty)
        #expect(ruleSet.rules.map(\.status) == [.retired])
        let shadow = try compiled(SamplePack.overrides("set: { status: shadow }"), rule: rule)
        #expect(shadow.plan.rules.map(\.isShown) == [false])
    }

    @Test func whatIsMutedIsKept() throws {
        let text = Samples.rule(
            kind: "care-gap",
            """
            population: { sex: female }
            done_by: [{ done: mammogram }]
            severity: moderate
            summary: { never: no mammogram on record }
            override_reasons: [benefit-outweighs-risk]
            """, id: "nsaid-anticoagulant")
        for (condition, isMuted) in [("{ sex: female }", true), ("{ has: asthma }", false), ("{ setting: inpatient }", false)] {
            let ruleSet = try compiled(
                SamplePack.overrides(of: "of_version: 1", "mute_when: \(condition)"), rule: Source(name: "core/nsaid-anticoagulant.yaml", text: text))
            let patient = Snapshot(
                patient: Patient(sex: .female),
                supplied: [.patient: .complete, .procedures: .complete, .observations: .complete, .conditions: .complete])
            let evaluation = Evaluator(plan: ruleSet.plan, knowledge: SmallKnowledge.base).evaluate(
                patient, on: .patientView, at: try #require(AsOf("2026-01-15")))
            #expect(evaluation.findings.count == (isMuted ? 0 : 1), "\(condition)")
            #expect(
                evaluation.silenced.map(\.muted) == (isMuted ? [Silenced.Muted(severity: .moderate, override: "st-elsewhere")] : []), "\(condition)")
        }
    }

    @Test func anAuthorCannotMute() {
        let rule = SamplePack.edited("override_reasons:", "mute_when: [{ when: { sex: female } }]\noverride_reasons:")
        let found = Samples.compiler.compile([RuleFile(SamplePack.pack), RuleFile(rule)])
        #expect(found.diagnostics.map(\.code) == ["V110"])
    }

    @Test func whatHasEndedNoLongerCounts() throws {
        let overrides = SamplePack.overrides("set: { grades.high.severity: moderate }")
        let inForce = try compiled(overrides)
        let later = RuleCompiler(knowledge: SmallKnowledge.base, today: try #require(CivilDate("2027-01-01"))).compile(SamplePack.files(overrides))
        let ended = try #require(later.ruleSet)
        #expect(grades(ended) == ["bleeding major", "high major"])
        #expect(ended.overrides.map(\.state) == [.expired])
        #expect(later.diagnostics.filter { $0.code == "V606" }.count == 1)
        #expect(ended.digest != inForce.digest)
        // On its last day it still counts.
        let last = RuleCompiler(knowledge: SmallKnowledge.base, today: try #require(CivilDate("2026-12-31"))).compile(SamplePack.files(overrides))
        #expect(try grades(#require(last.ruleSet)) == ["bleeding major", "high moderate"])
    }

    @Test func anOldDecisionStaysInForce() throws {
        let (ruleSet, diagnostics) = SamplePack.compile(SamplePack.overrides(of: "of_version: 1", "set: { grades.high.severity: moderate }"))
        #expect(try grades(#require(ruleSet)) == ["bleeding major", "high moderate"])
        #expect(ruleSet?.overrides.map(\.state) == [.stale])
        #expect(diagnostics.map(\.code) == ["V601"])
    }

    @Test func aUnitHasTheLastWord() throws {
        let site = SamplePack.overrides("set: { grades.high.severity: moderate }")
        let unit = SamplePack.overrides("set: { grades.high.severity: minor }")
        #expect(try grades(compiled(site, unit: unit)) == ["bleeding major", "high minor"])
    }

    // MARK: Floors

    @Test(arguments: [
        ("set: { grades.bleeding.severity: minor }", false), ("set: { grades.bleeding.severity: contraindicated }", true),
        ("set: { grades.bleeding.summary: Other words }", true), ("set: { grades.bleeding.when.age.at_least: 95 y }", false),
        ("set: { facts.warfarin: { taking: { class: statin } } }", false), ("mute_when: { sex: female }", false), ("retire: yes", false),
        ("set: { status: shadow }", false), ("set: { grades.high.severity: minor }", true), ("set: { grades.high.when.age.at_least: 70 y }", true),
        ("before: { grade: bleeding, add: { name: first, when: { sex: female }, severity: minor, summary: First } }", false),
        ("before: { grade: bleeding, add: { name: first, when: { sex: female }, severity: major, summary: First } }", true),
        ("after: { grade: bleeding, add: { name: second, when: { sex: female }, severity: minor, summary: Second } }", true),
    ])
    func belowAFloorTwoMustApprove(change: String, isAllowed: Bool) {
        let alone = SamplePack.compile(SamplePack.overrides(change))
        #expect(alone.diagnostics.filter { $0.severity == .error }.map(\.code) == (isAllowed ? [] : ["V605"]), "\(change)")
        let two = "approved: [{ by: P&T Committee, date: 2026-01-06 }, { by: Chief Pharmacist, date: 2026-01-07 }]"
        let together = SamplePack.compile(SamplePack.overrides(approved: two, change))
        #expect(together.diagnostics.filter { $0.severity == .error } == [], "\(change)")
        let twice = "approved: [{ by: P&T Committee, date: 2026-01-06 }, { by: P&T Committee, date: 2026-01-07 }]"
        #expect(SamplePack.compile(SamplePack.overrides(approved: twice, change)).diagnostics.contains { $0.code == "V605" } == !isAllowed)
    }

    @Test func aFloorOfTheRuleCountsForItsRows() {
        let rule = SamplePack.edited("    floor: major\n", "").edited("facts:", "floor: major\nfacts:")
        #expect(SamplePack.compile(SamplePack.overrides("set: { grades.high.severity: minor }"), rule: rule).diagnostics.map(\.code) == ["V605"])
    }

    /// Neither step goes below the floor by itself; together they would give patients of the row to a milder one before it.
    @Test func aFloorIsNotPassedInTwoSteps() {
        let first = "before: { grade: bleeding, add: { name: first, when: { sex: female }, severity: major, summary: First } }"
        let milder = SamplePack.overrides("set: { grades.first.severity: minor }")
        #expect(SamplePack.compile(SamplePack.overrides(first), unit: milder).diagnostics.map(\.code) == ["V605"])
        let rule = SamplePack.edited("  - name: bleeding", "  - { name: young, when: { age: { below: 2 y } }, severity: major, summary: Young }\n  - name: bleeding")
        let both = "set: { grades.young.when.age.below: 120 y, grades.young.severity: minor }"
        #expect(SamplePack.compile(SamplePack.overrides(both), rule: rule).diagnostics.map(\.code) == ["V605"])
        let severityAlone = "set: { grades.young.severity: minor }"
        #expect(SamplePack.compile(SamplePack.overrides(severityAlone), rule: rule).diagnostics.map(\.code) == [])
    }

    /// What a set gains may take patients away from a row; where it only makes more of them meet, it may not.
    @Test(arguments: [
        ("{ drug: ibuprofen }", "{ class: nsaid }", []), ("{ drug: ibuprofen }", "{ drug: any, except: { class: nsaid } }", ["V605"]),
        ("warfarin: { taking: { drug: warfarin } }", "warfarin: { taking: { drug: warfarin } }\n  other: { taking: { class: nsaid } }", ["V605"]),
    ])
    func aSetDoesNotGrowBelowAFloor(old: String, new: String, codes: [String]) {
        func codesOf(_ more: String) -> [String] {
            let overrides = "overrides: st-elsewhere\npack: { name: core }\nextend:\n  classes: { nsaid: { add: [acetaminophen], because: Local list\(more) } }\n"
            return SamplePack.compile(overrides, rule: SamplePack.edited(old, new)).diagnostics.filter { $0.severity == .error }.map(\.code)
        }
        #expect(codesOf("") == codes)
        #expect(codesOf(", approved: [{ by: A, date: 2026-01-06 }, { by: B, date: 2026-01-06 }]") == [])
        #expect(codesOf(", approved: [{ by: Dr A, date: 2026-01-06 }, { by: dr  a, date: 2026-01-06 }]") == codes)
    }

    @Test func aRowIsNotBelowItsOwnFloor() {
        let rule = SamplePack.edited("severity: major\n    floor: major", "severity: minor\n    floor: major")
        #expect(Samples.compiler.compile([RuleFile(rule)]).diagnostics.map(\.code) == ["V113"])
    }

    // MARK: Sets

    @Test func aClassIsExtended() throws {
        let rule = SamplePack.edited("{ drug: ibuprofen }", "{ class: nsaid }")
        let extend = "extend:\n  classes: { nsaid: { add: [acetaminophen], because: Local list } }\n"
        let ruleSet = try compiled("overrides: st-elsewhere\npack: { name: core }\n" + extend, rule: rule)
        let selectors = ruleSet.plan.rules.flatMap { $0.kind.selectors }
        #expect(ruleSet.overrides.map(\.subject) == ["classes nsaid"])
        #expect(selectors.count == 1)
        let plain = try #require(Samples.compiler.compile([RuleFile(SamplePack.pack), RuleFile(rule)]).ruleSet)
        #expect(anchors(ruleSet) == anchors(plain).union(["acetaminophen"]))
    }

    /// The drugs on which rules hang.
    private func anchors(_ ruleSet: RuleSet) -> Set<String> {
        Set(SmallKnowledge.base.names(of: .drug).filter { name in
            guard let id = SmallKnowledge.base.ingredient(named: name) else { return false }
            return !ruleSet.plan.drugSets.sets(holding: id).isEmpty
        })
    }

    @Test(arguments: [
        ("classes: { nsiad: { add: [acetaminophen], because: x } }", ["V602"]), ("classes: { nsaid: { add: [acetaminofen], because: x } }", ["V201"]),
        ("classes: { nsaid: { add: [ibuprofen], because: x } }", ["V604"]), ("classes: { nsaid: { add: [acetaminophen] } }", ["V111"]),
        ("problems: { asthma: { add: { icd10: [J46] }, because: x } }", []), ("problems: { asthma: { add: { icd10: [J45] }, because: x } }", ["V604"]),
        ("problems: { asthma: { add: { icd11: [J46] }, because: x } }", ["V110", "V604"]), ("settings: { ward: { add: { snomed: ['1'] }, because: x } }", ["V602"]),
        ("classes: { nsaid: { add: [acetaminophen], because: x, until: 2025-01-01 } }", ["V606"]),
    ])
    func extensionsAreChecked(extend: String, codes: [String]) {
        let found = SamplePack.compile("overrides: st-elsewhere\npack: { name: core }\nextend:\n  \(extend)\n")
        #expect(found.diagnostics.map(\.code).sorted() == codes)
        #expect(found.diagnostics.allSatisfy { $0.file == "site/overrides.yaml" })
    }

    /// It would change every rule that names it, without a reason, an approval or an end.
    @Test(arguments: [
        "classes: { ward-drugs: { members: [MEMBER] } }", "problems: { frail: { icd10: [R54] } }", "labs: { our-lab: { loinc: ['1-1'], unit: mg/L } }",
        "override_reasons: { ours: [benefit-outweighs-risk] }", "conditions: { excused: { when: { sex: female } } }",
    ])
    func aSetOfAPackIsNotGivenAnew(sets: String) {
        let files = [
            RuleFile(Source(name: "core/sets.yaml", text: sets.edited("MEMBER", "warfarin") + "\n")),
            RuleFile(Source(name: "site/sets.yaml", text: sets.edited("MEMBER", "ibuprofen") + "\n"), layer: .site),
        ]
        let found = Samples.compiler.compile(files).diagnostics
        #expect(found.map(\.code) == ["V115"], "\(found.map(\.message))")
        #expect(found.first?.file == "site/sets.yaml" && found.first?.related.first?.file == "core/sets.yaml")
    }

    // MARK: Messages

    @Test(arguments: [
        ("set: { grades.high.when.age.at_least: 1️⃣75 kg }", "V113"), ("set: { grades.high.when: { 1️⃣agee: { at_least: 70 y } } }", "V202"),
        ("set: { grades.high.severity: 1️⃣hihg }", "V203"), ("set: { 1️⃣grades.high.name: higher }", "V603"), ("set: { 1️⃣version: 4 }", "V603"),
        ("set: { 1️⃣status: active }", "V603"), ("set: { 1️⃣tests.1.expect: no card }", "V603"), ("set: { 1️⃣summary.en: Text }", "V603"),
        ("set: { 1️⃣summry: Text }", "V110"), ("mute_when: { 1️⃣seting: icu }", "V202"), ("changes_cases: [1️⃣none such]\nset: { grades.high.severity: minor }", "V602"),
        ("before: { grade: hihg, add: 1️⃣{ name: a, when: { sex: female }, severity: major, summary: A } }", "V603"),
    ])
    func aMistakePointsIntoTheSitesFile(change: String, code: String) throws {
        let marked = MarkedText(SamplePack.overrides(change), name: "site/overrides.yaml")
        let found = Samples.compiler.compile(
            [RuleFile(SamplePack.pack), RuleFile(SamplePack.withoutFloor), RuleFile(marked.source, layer: .site)]
        ).diagnostics.filter { $0.severity == .error }
        #expect(found.map(\.code) == [code], "\(found.map(\.message))")
        #expect(found.first?.file == "site/overrides.yaml")
        #expect(found.first?.range?.start == marked.mark)
    }

    @Test(arguments: [
        ("because: Local list\n", "V111"), ("until: 2026-12-31\n", "V111"), ("approved: { by: P&T Committee, date: 2026-01-06 }\n", "V111"),
        ("of_version: 3\n", "V111"), ("set: { grades.high.severity: minor }\n", "V111"), ("pack: { name: core, version: 2026.1 }\n", "V111"),
    ])
    func governanceIsNotOptional(line: String, code: String) {
        let text = SamplePack.overrides("set: { grades.high.severity: minor }\n")
        let found = SamplePack.compile(text.edited("    \(line)", "").edited(line.hasPrefix("pack") ? line : "@", "")).diagnostics
        #expect(found.map(\.code) == [code], "\(line): \(found.map(\.message))")
    }

    @Test func aRuleOfTheSameNameIsNoOverride() {
        let copy = RuleFile(Source(name: "site/nsaid-anticoagulant.yaml", bytes: SamplePack.rule.bytes), layer: .site)
        let found = Samples.compiler.compile([RuleFile(SamplePack.pack), RuleFile(SamplePack.rule), copy]).diagnostics
        #expect(found.map(\.code) == ["V115"])
        #expect(found.first?.file == "site/nsaid-anticoagulant.yaml")
        #expect(found.first?.help.first?.contains("override") == true)
    }

    // MARK: Places and packs

    @Test(arguments: [
        ("grades.high.severity: moderate, grades.2.severity: minor", "grades.2.severity"),
        ("grades.high.when: { age: { at_least: 80 y } }, grades.high.when.age.at_least: 70 y", "grades.high.when.age.at_least"),
        ("grades.high.when.age.at_least: 70 y, grades.2.when: { age: { at_least: 80 y } }", "grades.2.when"),
    ])
    func onePlaceIsSetOnceHoweverItIsSpelled(set: String, second: String) throws {
        let overrides = SamplePack.overrides("set: { \(set) }")
        let found = SamplePack.compile(overrides).diagnostics
        #expect(found.map(\.code) == ["V607"])
        let place = try #require(found.first?.range?.start)
        #expect(String(decoding: Array(overrides.utf8)[place...].prefix(second.utf8.count), as: UTF8.self) == second)
    }

    /// Two packs are loaded, and a file of overrides is about one of them.
    @Test func anOverrideNamesThePackOfItsRule() {
        let other = RuleFile(Source(name: "./extra/pack.yaml", text: "pack: extra\nversion: 1\n"))
        let files = SamplePack.files(SamplePack.overrides("set: { grades.high.severity: moderate }")) + [other]
        #expect(Samples.compiler.compile(files).diagnostics == [])
        let wrong = SamplePack.files(SamplePack.overrides(pack: "pack: { name: extra, version: 1 }", "set: { grades.high.severity: moderate }")) + [other]
        let found = Samples.compiler.compile(wrong).diagnostics
        #expect(found.map(\.code) == ["V609"])
        #expect(found.first?.message == "`nsaid-anticoagulant` is a rule of `core@2026.1`, and this file overrides `extra`")
        let elsewhere = RuleFile(Source(name: "loose/nsaid-anticoagulant.yaml", bytes: SamplePack.rule.bytes))
        let loose = [RuleFile(SamplePack.pack), elsewhere] + SamplePack.files(SamplePack.overrides("set: { grades.high.severity: moderate }")).suffix(1)
        #expect(Samples.compiler.compile(loose).diagnostics.map(\.message) == ["`nsaid-anticoagulant` is in no pack, and this file overrides `core`"])
    }

    // MARK: Cases

    @Test func aCaseOfTheSiteStandsInThePlaceOfThePacks() throws {
        let tests = "tests:\n  - case: an older patient\n    rule: nsaid-anticoagulant\n    expect: { grade: high, severity: moderate }\n"
        let ruleSet = try compiled(SamplePack.overrides("set: { grades.high.severity: moderate }", after: tests))
        #expect(ruleSet.tests.map(\.file) == ["site/overrides.yaml", "core/nsaid-anticoagulant.yaml"])
        #expect(ruleSet.tests.first?.given?["age"]?.text == "70 y")
        let named = try compiled(SamplePack.overrides("set: { grades.high.severity: moderate }\nchanges_cases: [an older patient]"))
        #expect(named.tests.map(\.setAside) == ["st-elsewhere: Local list", nil])
        #expect(Set(named.tests.map(\.file)) == ["core/nsaid-anticoagulant.yaml"])
    }

    @Test func whenAnOverrideHasEndedThePacksCasesCountAgain() throws {
        let tests = "tests:\n  - case: an older patient\n    rule: nsaid-anticoagulant\n    expect: { grade: high, severity: moderate }\n"
        let overrides = SamplePack.overrides(until: "until: 2025-12-31", "set: { grades.high.severity: moderate }", after: tests)
        let ruleSet = try compiled(overrides)
        #expect(ruleSet.tests.map { $0.setAside == nil } == [true, true, false])
        #expect(ruleSet.tests.map(\.file) == ["core/nsaid-anticoagulant.yaml", "core/nsaid-anticoagulant.yaml", "site/overrides.yaml"])
    }

    // MARK: The rule in force

    @Test func eachLineTellsWhereItIsFrom() throws {
        let ruleSet = try compiled(SamplePack.overrides("set: { grades.high.severity: moderate }\nafter: { grade: high, add: { name: any, otherwise: yes, severity: minor, summary: Anybody } }"))
        let effective = try #require(EffectiveRule("nsaid-anticoagulant", in: ruleSet))
        let own = effective.lines.filter(\.isOverridden)
        #expect(own.map(\.text) == ["    severity: moderate", "  - { name: any, otherwise: yes, severity: minor, summary: Anybody }"])
        #expect(own.allSatisfy { $0.file == "site/overrides.yaml" && $0.override?.because == "Local list" })
        #expect(effective.lines.first { $0.text.contains("title:") }?.line == 3)
        // Read again it says the same as what is in force.
        let text = Source(name: "a", text: effective.lines.map { $0.text + "\n" }.joined())
        let node = try #require(ruleSet.files.first { $0.ruleID != nil }?.node)
        #expect(try #require(YAMLReader.read(text).node).says(theSameAs: node))
    }

    @Test func filesThatWereLaidOverAreNotLaidOverAgain() throws {
        let ruleSet = try compiled(SamplePack.overrides("mute_when: { sex: female }\nafter: { grade: high, add: { name: any, otherwise: yes, severity: minor, summary: Anybody } }"), rule: SamplePack.withoutFloor)
        let again = Samples.compiler.compile(ruleSet.files)
        #expect(again.diagnostics == [])
        #expect(try grades(#require(again.ruleSet)) == grades(ruleSet))
        #expect(again.ruleSet?.plan.rules.first?.mutes.count == 1)
    }
}
