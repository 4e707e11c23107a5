import Documents
import RuleLanguage
import Testing

/// Rules that would load and then stay silent, or say something else than was meant: each is an error.
@Suite struct CannotWorkTests {
    private static let pair = MessagesTests.interaction(MessagesTests.pair)

    private static func gap(_ rest: String) -> String {
        Samples.rule(
            kind: "care-gap",
            """
            population: { age: { at_least: 40 y } }
            done_by: [{ done: mammogram }]
            every: 24 months
            severity: moderate
            summary: { never: none, overdue: due }
            override_reasons: [benefit-outweighs-risk]
            \(rest)
            """)
    }

    @Test func theSamplesAreRight() {
        #expect(Samples.diagnostics(Self.gap("")) == [])
    }

    @Test func aRuleIsNeverLeftOutWithoutAWord() {
        let table = Samples.rule(kind: "interaction-table", "severities: []\nsummary: two drugs\noverride_reasons: [benefit-outweighs-risk]")
        Samples.expect("V111", in: table.replacingOnce("kind:", "1️⃣kind:"), says: "who meets")
        Samples.expect("V111", in: Self.gap("").replacingOnce("[{ done: mammogram }]", "[]").replacingOnce("kind:", "1️⃣kind:"), says: "who meets")
    }

    @Test func hooksOfAnotherKind() {
        Samples.expect("V203", in: Self.pair + "\nhooks: 1️⃣patient-view", says: "order-sign")
        Samples.expect("V203", in: Self.gap("hooks: 1️⃣order-sign"), says: "patient-view")
        Samples.expect("V111", in: Self.pair + "\nhooks: 1️⃣[]", says: "never be asked")
    }

    @Test func otherwise() {
        Samples.expect("V113", in: Self.pair.replacingOnce("otherwise: yes", "otherwise: 1️⃣no"), says: "`yes`")
        Samples.expect("V112", in: Self.pair.replacingOnce("otherwise: yes", "otherwise: 1️⃣yes\n    when: { age: { above: 65 y } }"), says: "either")
    }

    @Test func testsThatDoNotFit() {
        Samples.expect("V204", in: Self.pair.replacingOnce("{ potassium: { above: 5.5 mmol/L } }", "1️⃣{ lab: egfr }"), says: "facts:")
        Samples.expect("V113", in: Self.pair.replacingOnce("above: 5.5 mmol/L", "between: 1️⃣6 mmol/L and 5 mmol/L"), says: "above the second")
        Samples.expect("V111", in: Self.pair.replacingOnce("{ potassium: { above: 5.5 mmol/L } }", "{ any: 1️⃣[] }"), says: "empty")
        Samples.expect("V113", in: Self.pair.replacingOnce("{ potassium: { above: 5.5 mmol/L } }", "{ age: { above: 1️⃣36 h } }"), says: "length of time")
    }

    @Test func factsThatCannotBeWorkedOut() {
        let fact = "  potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }"
        func with(_ other: String) -> String { Self.pair.replacingOnce(fact, fact + "\n" + other) }
        Samples.expect("V204", in: with("  since: { time_since: 1️⃣both }\n  both: { all: [{ has: asthma }] }"), says: "no date")
        Samples.expect("V204", in: Self.pair.replacingOnce("missing: not measured }", "missing: not measured, else: 1️⃣{ has: asthma } }"), says: "quantity")
        Samples.expect("V204", in: Self.pair.replacingOnce("missing: not measured }", "missing: not measured, else: 1️⃣{ lab: hba1c } }"), says: "serum-potassium")
    }

    @Test(arguments: [33, 2_000])
    func factsNestedTooDeeply(count: Int) {
        let fact = "  potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }"
        let chain = (1..<count).map { "  f\($0): { any: [{ f\($0 + 1): yes }] }" } + ["  f\(count): { has: asthma }"]
        let backwards = chain.reversed()
        for chain in [chain, Array(backwards)] {
            let text = Self.pair.replacingOnce(fact, fact + "\n" + chain.joined(separator: "\n")).replacingOnce(
                "{ potassium: { above: 5.5 mmol/L } }", "{ f1: yes }")
            #expect(Samples.diagnostics(text).contains { $0.code == "V205" })
        }
    }

    @Test func rolesOfOneName() {
        let allergy = Samples.rule(
            kind: "allergy",
            """
            allergic_to: { drug: { class: penicillin } }
            ordering: { 1️⃣drug: { class: cephalosporin } }
            grades: [{ name: any, otherwise: yes, severity: major }]
            summary: an allergy
            override_reasons: [benefit-outweighs-risk]
            """)
        Samples.expect("V115", in: allergy, says: "role")
        Samples.expect("V115", in: MessagesTests.interaction("1️⃣potassium: { drug: warfarin }\n  b: { class: nsaid }"), says: "fact")
    }

    @Test func selectorsWithoutMeaning() {
        func ordering(_ selector: String) -> String {
            Samples.rule(
                kind: "drug-patient",
                """
                ordering: { a: \(selector) }
                grades: [{ name: any, otherwise: yes, severity: major }]
                summary: a drug
                override_reasons: [benefit-outweighs-risk]
                """)
        }
        #expect(Samples.diagnostics(ordering("{ drug: warfarin }")) == [])
        Samples.expect("V110", in: ordering("1️⃣{ drug: warfarin, or_stopped_within: 14 d }"), says: "or_stopped_within")
        Samples.expect("V206", in: ordering("{ any: 1️⃣[] }"))
        Samples.expect("V206", in: ordering("{ drug: warfarin, route: 1️⃣[] }"))
    }

    @Test func aDuplicateOfOne() {
        let rule = Samples.rule(
            kind: "duplicate",
            """
            among: { class: ppi }
            1️⃣at_least: 1
            grades: [{ name: two, otherwise: yes, severity: moderate }]
            summary: two of a kind
            override_reasons: [benefit-outweighs-risk]
            """)
        Samples.expect("V113", in: rule, says: "two drugs")
    }

    @Test func careGapsThatWouldBeSilent() {
        Samples.expect("V111", in: Self.gap("").replacingOnce("{ never: none, overdue: due }", "1️⃣{ never: none }"), says: "`overdue`")
        Samples.expect("V111", in: Self.gap("due_soon: 30 d").replacingOnce("{ never: none, overdue: due }", "1️⃣{ never: none, overdue: due }"), says: "`due_soon`")
        Samples.expect("V113", in: Self.gap("grace: 1️⃣36 h"), says: "days")
        Samples.expect("V111", in: Self.gap("1️⃣grace: 3 months").replacingOnce("every: 24 months\n", ""), says: "every")
        Samples.expect("V111", in: Self.gap("").replacingOnce("[{ done: mammogram }]", "[{ all: 1️⃣[] }]"), says: "empty")
        let rows = Self.gap("").replacingOnce("every: 24 months", "every:\n  - 1️⃣when: { sex: female }\n    interval: 1 y")
        Samples.expect("V111", in: rows, says: "otherwise")
    }
}
