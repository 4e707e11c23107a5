import Documents
import Engine
import Knowledge
import RuleLanguage
import Testing

/// What is said of facts, each at its place.
@Suite struct FactMessagesTests {
    /// A rule with one more fact, which a row asks for.
    static func with(_ fact: String, test: String = "unknown", name: String = "extra") -> String {
        MessagesTests.interaction(MessagesTests.pair).replacingOnce("facts:\n", "facts:\n  \(fact)\n").replacingOnce(
            "{ potassium: { above: 5.5 mmol/L } }", "{ any: [{ \(name): \(test) }, { potassium: { above: 5.5 mmol/L } }] }")
    }

    @Test func theSampleIsRight() {
        #expect(Samples.diagnostics(Self.with("extra: { has: asthma }")) == [])
    }

    @Test func windows() {
        Samples.expect("V113", in: Self.with("extra: { done: mammogram, within: 1️⃣30 days ago }"), says: "length of time")
        Samples.expect("V113", in: Self.with("extra: { done: mammogram, within: 1️⃣30 before potassium }"), says: "30 d before surgery")
        Samples.expect("V113", in: Self.with("extra: { done: mammogram, within: 1️⃣12 h before potassium }"), says: "days or longer")
        Samples.expect("V202", in: Self.with("extra: { done: mammogram, within: 30 d before 1️⃣potasium }"), says: "`potassium`")
        Samples.expect("V204", in: Self.with("extra: { done: mammogram, within: 30 d after 1️⃣both }\n  both: { any: [{ has: asthma }] }"), says: "no date")
        Samples.expect("V204", in: Self.with("extra: { done: mammogram, same_encounter_as: 1️⃣age }"), says: "entry of the record")
        Samples.expect("V112", in: Self.with("extra: { lab: egfr, latest_within: 1️⃣30 d, within: 30 d }"), says: "keep one")
        Samples.expect("V203", in: Self.with("extra: { done: mammogram, pick: 1️⃣highest }"), says: "`latest`")
        Samples.expect("V205", in: Self.with("extra: { done: mammogram, within: 30 d before 1️⃣extra }"), says: "extra → extra")
    }

    @Test func counts() {
        #expect(Samples.diagnostics(Self.with("extra: { count_of: potassium }", test: "{ at_least: 2 }")) == [])
        Samples.expect("V202", in: Self.with("extra: { count_of: 1️⃣potasium }"), says: "`potassium`")
        Samples.expect("V204", in: Self.with("extra: { count_of: 1️⃣both }\n  both: { any: [{ has: asthma }] }"), says: "counted")
        Samples.expect("V113", in: Self.with("extra: { count_of: potassium }", test: "{ at_least: 1️⃣two }"), says: "not a number")
    }

    @Test func calculations() {
        Samples.expect("V203", in: Self.with("extra: { calculate: 1️⃣ckd-epi-2012 }"), says: "`ckd-epi-2021`")
        Samples.expect("V111", in: Self.with("extra: { calculate: 1️⃣cockcroft-gault }"), says: "`weight`")
        Samples.expect("V203", in: Self.with("extra: { calculate: cockcroft-gault, weight: 1️⃣real }"), says: "`actual`")
        Samples.expect("V110", in: Self.with("extra: { calculate: bmi, weight: 1️⃣ideal }"), says: "no meaning")
        Samples.expect("V212", in: Self.with("extra: { calculate: ckd-epi-2021, from: 1️⃣egfr }"), says: "mg/dL")
    }

    @Test func otherSources() {
        Samples.expect("V204", in: Self.with("extra: { has: asthma, else: 1️⃣{ lab: egfr } }"), says: "a yes or a no")
        #expect(Samples.diagnostics(Self.with("extra: { has: asthma, else: { taking: { class: ppi } } }")) == [])
    }

    @Test func doses() {
        func dose(_ fact: String, _ test: String) -> String {
            Samples.rule(
                kind: "drug-patient",
                """
                ordering: { drug: { class: nsaid } }
                facts:
                  potassium: { lab: serum-potassium, missing: not measured }
                grades:
                  - name: much
                    when: { \(fact): \(test) }
                    severity: major
                    if_unknown: { \(fact.filter { !"1️⃣".contains($0) }): ok }
                  - name: low
                    when: { potassium: unknown }
                    severity: minor
                summary: a dose
                override_reasons: [benefit-outweighs-risk]
                """)
        }
        #expect(Samples.diagnostics(dose("drug.daily_dose_per_kg", "{ above: 75 mg/kg/day }")) == [])
        #expect(Samples.diagnostics(dose("drug.single_dose", "{ above: 5000 units }")) == [])
        Samples.expect("V212", in: dose("drug.daily_dose", "{ above: 1️⃣75 mg/kg/day }"), says: "`drug.daily_dose_per_kg`")
        Samples.expect("V212", in: dose("drug.single_dose", "{ above: 1️⃣1000 mg/day }"), says: "`drug.daily_dose`")
        Samples.expect("V211", in: dose("drug.single_dose", "{ above: 1️⃣1000 }"), says: "100 mg")
        Samples.expect("V201", in: dose("drug.form", "1️⃣tablett"), says: "dose form")
        Samples.expect("V202", in: dose("1️⃣drug.daily_dos", "unknown"), says: "`daily_dose`")
    }

    @Test func conditionsWithNames() {
        func sets(_ text: String) -> [Diagnostic] {
            Samples.compiler.compile([
                Source(name: "sample.yaml", text: Self.with("extra: { meets: frailty }")), Source(name: "sets.yaml", text: text),
            ]).diagnostics
        }
        #expect(sets("conditions:\n  frailty: { when: { has: asthma } }\n") == [])
        Samples.expect("V201", in: Self.with("extra: { meets: 1️⃣frailty }"), says: "conditions:")
        // Its own mistakes are told once, where it stands, whatever uses it.
        let marked = MarkedText("conditions:\n  frailty: { when: { has: 1️⃣astma } }\n", name: "sets.yaml")
        let found = sets(String(decoding: marked.source.bytes, as: UTF8.self))
        #expect(found.map(\.code) == ["V201"])
        #expect(found.first?.file == "sets.yaml")
        #expect(found.first?.range?.start == marked.mark)
        #expect(sets("conditions:\n  frailty: { when: { meets: frailty } }\n").map(\.code) == ["V205"])
        #expect(sets("conditions:\n  frailty: { when: { a.daily_dose: unknown } }\n").map(\.code) == ["V202"])
        #expect(sets("conditions:\n  frailty: { title: x }\n").map(\.code) == ["V111"])
    }

    @Test func listsOfReasons() {
        let rule = MessagesTests.interaction(MessagesTests.pair).replacingOnce("override_reasons: [benefit", "override_reasons: [standard, benefit")
        let sets = Source(name: "sets.yaml", text: "override_reasons:\n  standard: [benefit-outweighs-risk]\n")
        let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", text: rule), sets])
        #expect(diagnostics == [])
        #expect(ruleSet?.rules.first?.rule.grades.first?.card.overrideReasons.map(\.name) == ["benefit-outweighs-risk"])
    }

    /// One pair, one card: also where the severities agree, and not where routes or drugs differ.
    @Test func V320_sharedPairs() {
        func both(_ second: String) -> [Diagnostic] {
            let first = MessagesTests.interaction(MessagesTests.pair)
            let other = MessagesTests.interaction(second).replacingOnce("rule: sample", "rule: other")
            return Samples.compiler.compile([Source(name: "sample.yaml", text: first), Source(name: "other.yaml", text: other)]).diagnostics
        }
        #expect(both("x: { class: ppi }\n  y: { drug: warfarin }") == [])
        #expect(both("x: { drug: ibuprofen }\n  y: { drug: naproxen }") == [])
        let found = both("x: { class: nsaid }\n  y: { drug: warfarin }")
        #expect(found.map(\.code) == ["V320"])
        #expect(found.first?.message.contains("ibuprofen with warfarin") ?? false)
        #expect(found.first?.related.first?.file != found.first?.file)
    }

    @Test func V701_theLongestNames() {
        let rule = MessagesTests.interaction(MessagesTests.pair)
        let words = String(repeating: "x", count: 122)
        // warfarin and ibuprofen are 8 and 9 characters long.
        #expect(Samples.diagnostics(rule.replacingOnce("summary: two drugs", "summary: \(words)$a$b")) == [])
        Samples.expect("V701", in: rule.replacingOnce("summary: two drugs", "summary: 1️⃣\(words)x$a$b"), says: "140 characters long, with `warfarin` and `ibuprofen`")
        // The words for what is missing count where they are longer than any value.
        let missing = rule.replacingOnce("missing: not measured", "missing: \(String(repeating: "y", count: 139))")
        #expect(Samples.diagnostics(missing.replacingOnce("summary: two drugs", "summary: $potassium")) == [])
        Samples.expect("V701", in: missing.replacingOnce("summary: two drugs", "summary: 1️⃣x$potassium"), says: "140")
    }

    @Test func V305_rowsThatLeaveNothing() {
        let rows = Samples.rule(
            kind: "drug-patient",
            """
            ordering: { drug: { class: nsaid } }
            facts:
              potassium: { lab: serum-potassium, missing: not measured }
            grades:
              - { name: low, when: { potassium: { below: 3.5 mmol/L } }, severity: major }
              - { name: rest, when: { potassium: { at_least: 3.5 mmol/L } }, severity: minor }
              - { name: open, when: { potassium: unknown }, severity: minor }
              - 1️⃣{ name: never, otherwise: yes, severity: minor }
            summary: an example
            override_reasons: [benefit-outweighs-risk]
            """)
        Samples.expect("V305", in: rows, says: "leave nothing")
    }
}
