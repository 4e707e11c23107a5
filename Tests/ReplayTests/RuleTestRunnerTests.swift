import Clinical
import Documents
import Foundation
import Knowledge
import RuleLanguage
import Testing

@testable import Replay

@Suite struct RuleTestRunnerTests {
    /// A rule with its tests put in place of `TESTS`.
    private func rule(_ tests: String, status: String = "active") -> Source {
        Source(
            name: "asthma.yaml",
            text: """
                rule: asthma
                kind: drug-patient
                title: Non-selective beta-blocker in asthma
                version: 1
                status: \(status)
                owner: Respiratory Pharmacy
                review_by: 2027-05-31
                approved: { by: P&T Committee, date: 2025-05-06 }
                evidence: [{ cite: GINA 2024 report }]
                ordering:
                  blocker: { class: nonselective-beta-blocker }
                facts:
                  asthma: { has: asthma }
                grades:
                  - name: asthma
                    when: { asthma: yes }
                    severity: major
                summary: $blocker can cause severe bronchospasm in asthma
                override_reasons: [benefit-outweighs-risk]
                tests:
                \(tests)
                """)
    }

    private func compile(_ sources: [Source]) throws -> RuleSet? {
        let knowledge = try RepositoryKnowledge.base()
        let (ruleSet, diagnostics) = RuleCompiler(knowledge: knowledge, today: RuleTestRunner.standardToday)
            .compile(sources, includingDrafts: true)
        let byName = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let errors = diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { Issue.record("\(DiagnosticRenderer(format: .text).render(errors, sources: byName))") }
        return ruleSet
    }

    /// Compiles rule files and runs all their tests.
    private func run(_ sources: [Source]) throws -> TestReport {
        let ruleSet = try #require(try compile(sources))
        return RuleTestRunner(knowledge: try RepositoryKnowledge.base()).run(ruleSet)
    }

    @Test func aTestPassesOnWhatTheRuleSays() throws {
        let report = try run([
            rule(
                """
                  - case: active
                    given: { problems: [asthma 2019-03-01], ordering: [propranolol 40 mg 2x/day] }
                    expect: { grade: asthma, severity: major, summary: propranolol can cause severe bronchospasm in asthma }
                  - case: none
                    given: { ordering: [propranolol 40 mg 2x/day] }
                    expect: no card
                  - case: problems did not come
                    given: { ordering: [propranolol 40 mg 2x/day], not_supplied: [problems] }
                    expect: not checked
                """)
        ])
        #expect(report.closingLine == "3 passed, 0 failed")
        #expect(report.reachedGrades == ["asthma": ["asthma"]])
    }

    @Test func aTestFailsWithItsPlaceAndTheDifference() throws {
        let report = try run([
            rule(
                """
                  - case: wrong severity
                    given: { problems: [asthma], ordering: [propranolol 40 mg 2x/day] }
                    expect: { severity: minor }
                  - case: wrong silence
                    given: { problems: [asthma], ordering: [propranolol 40 mg 2x/day] }
                    expect: no card
                  - case: wrong card
                    given: { problems: [asthma resolved], ordering: [propranolol 40 mg 2x/day] }
                    expect: { severity: major }
                  - case: wrong name
                    given: { problems: [astma], ordering: [propranolol 40 mg 2x/day] }
                    expect: { severity: major }
                """)
        ])
        #expect(report.closingLine == "0 passed, 4 failed")
        #expect(report.results.map(\.line) == [21, 24, 27, 30])
        let text = report.text()
        #expect(text.contains("FAIL asthma: wrong severity\n  --> asthma.yaml:21:5\n   severity  expected  minor\n             found     major\n"))
        #expect(text.contains("   card  expected  no card\n         found     asthma, major: propranolol can cause"))
        #expect(text.contains("   card  expected  a card (major)\n         found     no card\n   = ledger: the rule did not meet anyone"))
        #expect(text.contains("error[V403]: no problem is called `astma`"))
    }

    @Test func aCaseWithEachIsRunForEveryItem() throws {
        let report = try run([
            rule(
                """
                  - case: any of the class
                    given: { problems: [asthma], ordering: [$each 40 mg daily] }
                    each: [propranolol, nadolol, metoprolol]
                    expect: { severity: major, summary: $each can cause severe bronchospasm in asthma }
                  - case: no asthma now
                    given: { problems: [diabetes], ordering: [propranolol 40 mg daily] }
                    each: [{ problems: [asthma resolved] }, { problems: [asthma refuted], age: 40 y }, { allergies: [none known] }]
                    expect: no card
                """)
        ])
        #expect(
            report.results.map(\.name) == [
                "any of the class: propranolol", "any of the class: nadolol", "any of the class: metoprolol",
                "no asthma now: problems: [asthma resolved]", "no asthma now: problems: [asthma refuted], age: 40 y",
                "no asthma now: allergies: [none known]",
            ])
        #expect(report.results.map(\.line) == [23, 23, 23, 27, 27, 27])
        let failed = report.results.filter { if case .failed = $0.verdict { true } else { false } }
        #expect(failed.map(\.name) == ["any of the class: metoprolol"])
    }

    @Test func onlyTheChosenTestsAreRun() throws {
        let source = rule(
            """
              - { case: one, given: { ordering: [propranolol 40 mg daily] }, expect: no card }
              - { case: two, given: { ordering: [propranolol 40 mg daily] }, expect: no card }
            """)
        let ruleSet = try #require(try compile([source]))
        let report = RuleTestRunner(knowledge: try RepositoryKnowledge.base()).run(ruleSet, only: { $0.name == "two" })
        #expect(report.results.map(\.name) == ["two"])
    }

    @Test func aRecordFileStandsBesideTheRule() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-replay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let record = """
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Patient","id":"77","gender":"male"}},
              {"resource":{"resourceType":"Condition","id":"1","subject":{"reference":"Patient/77"},
                "code":{"coding":[{"system":"http://snomed.info/sct","code":"195967001"}]}}}]}
            """
        try Data(record.utf8).write(to: URL(fileURLWithPath: folder + "/patient.json"))
        let source = rule(
            """
              - { case: in the file, given: { fhir: patient.json, ordering: [propranolol 40 mg daily] }, expect: { severity: major } }
              - { case: no file, given: { fhir: nobody.json }, expect: no card }
              - { case: two patients, given: { fhir: patient.json, age: 70 y }, expect: no card }
            """)
        let report = try run([Source(name: folder + "/asthma.yaml", bytes: source.bytes)])
        #expect(report.results.map(\.isPassed) == [true, false, false])
        #expect(report.text().contains("nobody.json: there is no such file"))
    }

    @Test func rowsThatNoTestReachesAreNamed() throws {
        let source = rule("  - { case: one, given: { ordering: [propranolol 40 mg daily] }, expect: no card }")
        let ruleSet = try #require(try compile([source]))
        let runner = RuleTestRunner(knowledge: try RepositoryKnowledge.base())
        #expect(TestCoverage.gaps(of: ruleSet, in: runner.run(ruleSet)).map(\.message) == ["no test reaches row `asthma`"])
        let none = TestCoverage.gaps(of: ruleSet, in: TestReport(results: []))
        #expect(none.map(\.code) == ["V410", "V411"])
    }

    // MARK: Whole folders

    @Test func allRulesOfTheRepositoryPass() throws {
        guard let sources = try? RuleFolder.sources(at: [Repository.path("Rules")]), !sources.isEmpty else {
            print("SKIPPED allRulesOfTheRepositoryPass: there are no rules under Rules/")
            return
        }
        let ruleSet = try #require(try compile(sources))
        let report = RuleTestRunner(knowledge: try RepositoryKnowledge.base()).run(ruleSet)
        for failure in report.failures { Issue.record("\(failure.text(sources: ruleSet.sources))") }
        #expect(report.passed > 0)
        for gap in TestCoverage.gaps(of: ruleSet, in: report) { Issue.record("\(gap.file): \(gap.code) \(gap.message)") }
    }

    @Test func allExamplesPass() throws {
        let found = try? RuleFolder.sources(at: [Repository.path("../shared/examples")])
        guard let sources = found?.filter({ !$0.name.hasSuffix("sets.yaml") }), !sources.isEmpty else {
            print("SKIPPED allExamplesPass: ../shared/examples is not there")
            return
        }
        #expect(sources.count == 14)
        let report = try run(sources)
        for failure in report.failures { Issue.record("\(failure.text())") }
        #expect(report.results.count == 82)
        #expect(report.passed == 82)
    }
}
