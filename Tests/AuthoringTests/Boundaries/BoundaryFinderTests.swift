import Documents
import Replay
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct BoundaryFinderTests {
    private func proposals(_ source: Source) throws -> [ProposedCase] {
        let finder = try #require(BoundaryFinder(RuleFile(source), names: [], knowledge: try RepositoryKnowledge.base(), today: Samples.today))
        return finder.proposals()
    }

    @Test func eachThresholdIsTriedBelowAtAboveMissingAndInAWrongUnit() throws {
        #expect(
            try proposals(Samples.potassium()).map { "\($0.name): \($0.expect.flowText)" } == [
                "serum-potassium on the last day of 90 d: { grade: high, severity: major }",
                "serum-potassium a day before 90 d: not checked",
                "potassium just below 5.5 mmol/L (5.4 mmol/L): no card",
                "potassium exactly 5.5 mmol/L: no card",
                "potassium just above 5.5 mmol/L (5.6 mmol/L): { grade: high, severity: major }",
                "potassium missing: not checked",
                "potassium in a unit that does not fit (5.5 mg/dL): not checked",
            ])
    }

    @Test func whatIsAddedPassesAndIsNotProposedAgain() throws {
        let source = Samples.potassium()
        let file = RuleFile(source)
        let more = Source(name: source.name, bytes: file.adding(try proposals(source)))
        let report = RuleTestRunner(knowledge: try RepositoryKnowledge.base()).run(try Samples.ruleSet([more]))
        #expect(report.passed == 9)
        #expect(report.failed == 0, "\(report.text())")
        #expect(try proposals(more).filter { !$0.isCovered }.isEmpty)
    }

    /// The first case is high at any date of the reading; only the second shows that 5.6 decides.
    @Test func thePatientIsOneOnWhomTheThresholdTells() throws {
        let tests = """
              - case: older, so that the reading does not matter
                given: { age: 80 y, ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2026-01-10] }
                expect: { grade: high, severity: major }
              - case: younger
                given: { age: 40 y, ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2026-01-10] }
                expect: { grade: high, severity: major }
            """
        let source = Samples.potassium(when: "{ any: [{ age: { at_least: 65 y } }, { potassium: { above: 5.5 mmol/L } }] }", tests: tests)
            .replacing("if_unknown: { potassium: ok }", "if_unknown: { potassium: ok, age: ok }")
            .replacing("Potassium is $potassium before", "Careful with")
        let spans = try proposals(source).filter { $0.name.contains("90 d") }
        #expect(
            spans.map { $0.given["labs"]?.flowText ?? "" } == ["[serum-potassium 5.7 mmol/L 2025-10-17]", "[serum-potassium 5.7 mmol/L 2025-10-16]"])
        #expect(spans.allSatisfy { $0.given["age"]?.text == "40 y" })
        #expect(spans.map(\.expect.flowText) == ["{ grade: high, severity: major }", "not checked"])
    }

    @Test func theDayOfStoppingIsTriedAtTheEndOfAWashout() throws {
        let tests = """
              - case: both
                given: { taking: [tadalafil 5 mg daily stopped 2026-01-10], ordering: [spironolactone 25 mg daily] }
                expect: { grade: high, severity: major }
            """
        let source = Samples.potassium(when: "{ stopped: yes }", tests: tests)
            .replacing("facts:\n", "facts:\n  stopped: { taking: { drug: tadalafil, or_stopped_within: 14 d } }\n")
            .replacing("Potassium is $potassium before", "Careful with").replacing("potassium: ok", "stopped: ok")
        #expect(
            try proposals(source).map { "\($0.name): \($0.expect.flowText)" } == [
                "taking on the last day of 14 d: { grade: high, severity: major }", "taking a day before 14 d: no card",
            ])
    }

    @Test func aCaseTakesPlaceOnTheDayOfThePatientItBeginsWith() throws {
        let tests = """
              - case: high
                today: 2026-02-01
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2026-01-20] }
                expect: { grade: high, severity: major }
            """
        let found = try proposals(Samples.potassium(tests: tests))
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.lines.contains("  today: 2026-02-01") })
    }

    @Test func bothEndsOfARangeAreTried() throws {
        let source = Samples.potassium(when: "{ age: { between: 40 y and 74 y } }", tests: """
              - case: fifty
                given: { age: 50 y, ordering: [spironolactone 25 mg daily] }
                expect: { grade: high }
            """).replacing("    if_unknown: { potassium: ok }\n", "").replacing("Potassium is $potassium before", "Careful with")
        #expect(try proposals(source).map(\.name) == [
            "age just below 40 y (39 y)", "age exactly 40 y", "age just above 40 y (41 y)", "age missing",
            "age just below 74 y (73 y)", "age exactly 74 y", "age just above 74 y (75 y)", "age missing",
        ])
    }
}

extension Source {
    func replacing(_ text: String, _ other: String) -> Source {
        Source(name: name, text: String(decoding: bytes, as: UTF8.self).replacing(text, with: other))
    }
}
