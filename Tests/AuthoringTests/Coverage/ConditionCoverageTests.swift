import Documents
import Testing

@testable import Authoring

@Suite struct ConditionCoverageTests {
    @Test func aConditionIsCoveredOnlyBothWays() throws {
        let source = Samples.potassium(when: "{ potassium: { above: 5.5 mmol/L }, age: { at_least: 65 y } }", tests: """
              - case: high
                given: { age: 70 y, ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2026-01-10] }
                expect: { grade: high }
              - case: normal
                given: { age: 70 y, ordering: [spironolactone 25 mg daily], labs: [serum-potassium 4.2 mmol/L 2026-01-10] }
                expect: no card
            """)
        let coverage = ConditionCoverage(of: try Samples.ruleSet([source]), knowledge: try RepositoryKnowledge.base())
        let row = try #require(coverage.rules.first?.rows.first)
        #expect(row.reachedBy == ["high"])
        #expect(row.conditions.map(\.missing) == [nil, "never other than true"])
        #expect(coverage.rules.first?.silentIn == ["normal"])
        #expect(coverage.text.contains("spironolactone-potassium.yaml:12: `high`: age at least 65 years: never other than true"))
    }

    @Test func thePageNeedsNothingBesideIt() throws {
        let coverage = ConditionCoverage(of: try Samples.ruleSet([Samples.potassium()]), knowledge: try RepositoryKnowledge.base())
        #expect(coverage.html.hasPrefix("<!DOCTYPE html>"))
        #expect(!coverage.html.contains("src=") && !coverage.html.contains("href="))
        #expect(coverage.html.contains("potassium above 5.5 mmol/L"))
    }
}
