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
        #expect(report.passed == 7)
        #expect(report.failed == 0, "\(report.text())")
        #expect(try proposals(more).filter { !$0.isCovered }.isEmpty)
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
