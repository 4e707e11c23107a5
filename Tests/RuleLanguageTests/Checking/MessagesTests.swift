import Documents
import RuleLanguage
import Testing

/// Each way to be wrong, with the place that its message must point at.
@Suite struct MessagesTests {
    static func interaction(_ between: String, _ rest: String = "") -> String {
        Samples.rule(
            kind: "interaction",
            """
            between:
              \(between)
            facts:
              potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }
            grades:
              - name: high
                when: { potassium: { above: 5.5 mmol/L } }
                severity: major
              - name: base
                otherwise: yes
                severity: moderate
                if_unknown: { potassium: ok }
            summary: two drugs
            override_reasons: [benefit-outweighs-risk]
            \(rest)
            """)
    }

    static let pair = "a: { drug: warfarin }\n  b: { class: nsaid }"

    @Test func aRuleThatIsRightHasNothingSaidOfIt() {
        #expect(Samples.diagnostics(Self.interaction(Self.pair)) == [])
    }

    @Test func V201_unknownNames() {
        Samples.expect("V201", in: Self.interaction("a: { drug: 1️⃣warfrin }\n  b: { class: nsaid }"), says: "`warfarin`")
        Samples.expect("V201", in: Self.interaction("a: { drug: warfarin }\n  b: { class: 1️⃣nsiad }"), says: "did you mean `nsaid` (Non-steroidal anti-inflammatory drugs, 2 ingredients)?")
        Samples.expect("V201", in: Self.interaction(Self.pair).replacingOnce("lab: serum-potassium", "lab: 1️⃣serum-potasium"), says: "`serum-potassium`")
        Samples.expect("V201", in: Self.interaction(Self.pair).replacingOnce("[benefit-outweighs-risk]", "[1️⃣benefit-outweigh-risk]"), says: "`benefit-outweighs-risk`")
    }

    @Test func V202_unknownFact() {
        Samples.expect("V202", in: Self.interaction(Self.pair).replacingOnce("when: { potassium:", "when: { 1️⃣potasium:"), says: "`potassium`")
    }

    @Test func V203_unknownWords() {
        Samples.expect("V203", in: Self.interaction(Self.pair).replacingOnce("severity: major", "severity: 1️⃣maior"), says: "`major`")
        Samples.expect("V203", in: Self.interaction(Self.pair).replacingOnce("above: 5.5", "1️⃣abov: 5.5"), says: "`above`")
        Samples.expect("V203", in: Samples.rule(kind: "1️⃣interacton", ""), says: "`interaction`")
    }

    @Test func V204_testThatDoesNotFit() {
        Samples.expect("V204", in: Self.interaction(Self.pair).replacingOnce("{ above: 5.5 mmol/L }", "1️⃣yes"), says: "a quantity (mmol/L)")
    }

    @Test func V205_factOfItself() {
        let rule = Self.interaction(Self.pair).replacingOnce(
            "  potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }",
            "  one: { any: [{ two: yes }] }\n  two: { any: [{ 1️⃣one: yes }] }\n  potassium: { lab: serum-potassium }")
        Samples.expect("V205", in: rule, says: "one → two → one")
    }

    @Test func V210toV212_units() {
        Samples.expect("V211", in: Self.interaction(Self.pair).replacingOnce("5.5 mmol/L", "1️⃣5.5"), says: "5.5 mmol/L")
        Samples.expect("V210", in: Self.interaction(Self.pair).replacingOnce("5.5 mmol/L", "1️⃣5.5 mmool"), says: "mmol/L or mEq/L")
        Samples.expect("V212", in: Self.interaction(Self.pair).replacingOnce("5.5 mmol/L", "1️⃣5.5 mg/dL"), says: "write mmol/L or mEq/L")
    }

    @Test func V213_placeholder() {
        Samples.expect("V213", in: Self.interaction(Self.pair).replacingOnce("summary: two drugs", "summary: drug 1️⃣$potasium here"), says: "`$potassium`")
    }

    @Test func V106_bracesInAPlaceholder() {
        Samples.expect("V106", in: Self.interaction(Self.pair).replacingOnce("summary: two drugs", "summary: \"1️⃣${a} with b\""), says: "write `$a`")
    }

    @Test func V110andV111_keys() {
        Samples.expect("V110", in: Self.interaction(Self.pair, "1️⃣sumary: x"), says: "`summary`")
        Samples.expect("V111", in: Self.interaction(Self.pair).replacingOnce("    severity: major\n", "").replacingOnce("- name: high", "- 1️⃣name: high"), says: "`severity`")
        Samples.expect("V111", in: Samples.rule(kind: "interaction", "grades: []").replacingOnce("kind:", "1️⃣kind:"), says: "`between`")
    }

    @Test func V112andV113_shapes() {
        Samples.expect("V112", in: Self.interaction(Self.pair).replacingOnce("potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }", "potassium: 1️⃣high"), says: "a map")
        Samples.expect("V113", in: Self.interaction(Self.pair).replacingOnce("90 d", "1️⃣90 dayz"), says: "length of time")
    }

    @Test func V115_twoRulesOfOneName() {
        let first = Source(name: "a/sample.yaml", text: Self.interaction(Self.pair))
        let second = Source(name: "b/sample.yaml", text: Self.interaction(Self.pair))
        let found = Samples.compiler.compile([second, first]).diagnostics
        #expect(found.map(\.code) == ["V115"])
        #expect(found.first?.file == "b/sample.yaml")
        #expect(found.first?.related.first?.file == "a/sample.yaml")
    }

    @Test func V301_anUnknownThatNobodyThoughtOf() {
        let rule = Self.interaction(Self.pair).replacingOnce("    if_unknown: { potassium: ok }\n", "").replacingOnce("  potassium: {", "  1️⃣potassium: {")
        Samples.expect("V301", in: rule, says: "if_unknown: { potassium: ok }")
    }

    @Test func V305_rowsThatCannotBeReached() {
        let rule = Self.interaction(Self.pair).replacingOnce(
            "  - name: base", "  - 1️⃣name: higher\n    when: { potassium: { above: 6 mmol/L } }\n    severity: minor\n  - name: base")
        Samples.expect("V305", in: rule, says: "row `high` is true whenever it is")
        let after = Self.interaction(Self.pair).replacingOnce(
            "summary: two", "  - 1️⃣name: late\n    when: { potassium: unknown }\n    severity: minor\nsummary: two")
        Samples.expect("V305", in: after, says: "row `base` is always true")
    }

    @Test func V501andV502_governance() {
        Samples.expect("V501", in: Self.interaction(Self.pair).replacingOnce("review_by: 2027-01-01", "review_by: 1️⃣2025-12-31"), says: "2025-12-31")
        Samples.expect("V502", in: "1️⃣" + Self.interaction(Self.pair).replacingOnce("owner: Tests\n", ""), says: "`owner`")
    }

    @Test func V503_approvalOfAnotherVersion() {
        let approved = "approved: { by: Tests, date: 2026-01-01"
        Samples.expect("V503", in: Self.interaction(Self.pair).replacingOnce(approved, approved + ", version: 1️⃣2"), says: "version 1")
        #expect(Samples.diagnostics(Self.interaction(Self.pair).replacingOnce(approved, approved + ", version: 1")) == [])
    }

    @Test func V701_summaryTooLong() {
        let long = String(repeating: "a", count: 140)
        Samples.expect("V701", in: Self.interaction(Self.pair).replacingOnce("summary: two drugs", "summary: 1️⃣\(long)"), says: "140")
    }

    @Test func V703_textThatCouldShowAGap() {
        let rule = Self.interaction(Self.pair).replacingOnce(", missing: not measured", "")
        Samples.expect("V703", in: rule.replacingOnce("summary: two drugs", "summary: drugs at 1️⃣$potassium"), says: "missing:")
    }

    @Test func V701_oneBelowTheLimitPasses() {
        let rule = Self.interaction(Self.pair).replacingOnce("summary: two drugs", "summary: \(String(repeating: "a", count: 139))")
        #expect(Samples.diagnostics(rule) == [])
    }

    @Test func everyProblemOfAFileInOneRun() {
        let rule = Self.interaction("a: { drug: warfrin }\n  b: { class: nsiad }").replacingOnce("severity: major", "severity: maior")
        #expect(Samples.diagnostics(rule).map(\.code) == ["V201", "V201", "V203"])
    }
}

extension String {
    func replacingOnce(_ old: String, _ new: String) -> String {
        guard let range = firstRange(of: old) else {
            Issue.record("the sample does not hold \(old)")
            return self
        }
        return replacingCharacters(in: range, with: new)
    }

    private func firstRange(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }

    private func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
