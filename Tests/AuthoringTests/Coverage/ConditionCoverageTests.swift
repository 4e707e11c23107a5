import Documents
import Replay
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

    @Test func rowsOfTheTableThatFillsARuleAreCounted() throws {
        let source = Source(
            name: "childbearing.yaml",
            text: """
                rule: childbearing
                kind: drug-patient-table
                title: Childbearing potential
                version: 1
                status: active
                owner: Tests
                review_by: 2027-01-01
                approved: { by: Tests, date: 2026-01-01 }
                evidence: [{ cite: a source }]
                topics: childbearing
                facts:
                  contraception: { has: contraception }
                summary: $drug for $condition
                override_reasons: [benefit-outweighs-risk]
                tests:
                  - case: topiramate
                    given: { age: 30 y, sex: female, ordering: [topiramate 25 mg daily] }
                    expect: { severity: moderate }
                """)
        let rules = try Samples.ruleSet([source])
        let knowledge = try RepositoryKnowledge.base()
        let rows = try #require(ConditionCoverage(of: rules, knowledge: knowledge).rules.first).rows.filter(\.decides)
        #expect(rows.map(\.name) == ["CHILDB-001", "CHILDB-002", "CHILDB-003"])
        #expect(rows.map(\.reachedBy) == [[], ["topiramate"], []])
        let gaps = TestCoverage.gaps(of: rules, in: RuleTestRunner(knowledge: knowledge).run(rules))
        #expect(gaps.map(\.code) == ["V410", "V410", "V411"])
    }

    @Test func thePageNeedsNothingBesideIt() throws {
        let coverage = ConditionCoverage(of: try Samples.ruleSet([Samples.potassium()]), knowledge: try RepositoryKnowledge.base())
        #expect(coverage.html.hasPrefix("<!DOCTYPE html>"))
        #expect(!coverage.html.contains("src=") && !coverage.html.contains("href="))
        #expect(coverage.html.contains("potassium above 5.5 mmol/L"))
    }
}
