import Documents
import Testing

@testable import Replay

@Suite struct TestReportTests {
    private static let report = TestReport(results: [
        TestResult(rule: "warfarin-nsaid", name: "age 72", file: "Rules/a.yaml", line: 52, column: 5, verdict: .passed, grades: ["high-risk"]),
        TestResult(
            rule: "warfarin-nsaid", name: "age < 40", file: "Rules/a.yaml", line: 58, column: 5,
            verdict: .failed(
                [
                    Mismatch(field: "grade", expected: "base", found: "high-risk"),
                    Mismatch(field: "severity", expected: "moderate", found: "major"),
                ], ledger: []), grades: ["high-risk"]),
        TestResult(
            rule: "metformin-egfr", name: "no labs", file: "Rules/b.yaml", line: 9, column: 3,
            verdict: .failed(
                [Mismatch(field: "card", expected: "a card (not-measured)", found: "no card")],
                ledger: ["not checked: egfr - no result in 12 months"])),
        TestResult(
            rule: "metformin-egfr", name: "typo", file: "Rules/b.yaml", line: 12, column: 3,
            verdict: .broken([Diagnostic(code: "V403", message: "no ingredient is called `metfromin`", file: "Rules/b.yaml")])),
    ])

    @Test func counts() {
        #expect(Self.report.passed == 1)
        #expect(Self.report.failed == 3)
        #expect(!Self.report.isPassed)
        #expect(Self.report.reachedGrades == ["warfarin-nsaid": ["high-risk"]])
        #expect(TestReport(results: []).closingLine == "no tests")
    }

    @Test func text() {
        let text = Self.report.text()
        #expect(
            text.hasPrefix(
                """
                FAIL warfarin-nsaid: age < 40
                  --> Rules/a.yaml:58:5
                   grade     expected  base
                             found     high-risk
                   severity  expected  moderate
                             found     major

                FAIL metformin-egfr: no labs
                  --> Rules/b.yaml:9:3
                   card  expected  a card (not-measured)
                         found     no card
                   = ledger: not checked: egfr - no result in 12 months

                FAIL metformin-egfr: typo
                  --> Rules/b.yaml:12:3
                  error[V403]: no ingredient is called `metfromin`
                """))
        #expect(text.hasSuffix("\n1 passed, 3 failed\n"))
    }

    @Test func junit() {
        let xml = Self.report.junit()
        #expect(
            xml.hasPrefix(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="vigil" tests="4" failures="3" skipped="0">
                  <testsuite name="warfarin-nsaid" tests="2" failures="1">
                    <testcase name="age 72" classname="warfarin-nsaid" file="Rules/a.yaml" line="52"/>
                    <testcase name="age &lt; 40" classname="warfarin-nsaid" file="Rules/a.yaml" line="58">
                      <failure message="grade: expected base, found high-risk">
                """))
        #expect(xml.contains(#"<testsuite name="metformin-egfr" tests="2" failures="2">"#))
        #expect(xml.hasSuffix("</testsuites>\n"))
    }
}
