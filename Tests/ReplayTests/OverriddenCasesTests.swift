import Clinical
import Documents
import Replay
import Testing

@testable import RuleLanguage

/// The tests of a pack, run again on its rules as a site has changed them.
@Suite struct OverriddenCasesTests {
    private static let rule = """
        rule: nsaid-anticoagulant
        kind: drug-patient
        title: An NSAID
        version: 3
        status: active
        owner: Tests
        review_by: 2027-01-01
        approved: { by: Tests, date: 2026-01-01 }
        evidence: [{ cite: A source }]
        ordering: { nsaid: { drug: ibuprofen } }
        grades:
          - name: high
            when: { age: { at_least: 65 y } }
            severity: major
            summary: An NSAID in an older patient
        override_reasons: [benefit-outweighs-risk]
        tests:
          - case: an older patient
            given: { age: 70 y, ordering: [ibuprofen 400 mg 3x/day] }
            expect: { grade: high, severity: major }
          - case: a younger patient
            given: { age: 50 y, ordering: [ibuprofen 400 mg 3x/day] }
            expect: no card

        """

    private func report(_ change: String, _ rest: String) throws -> TestReport {
        let overrides = """
            overrides: st-elsewhere
            pack: { name: core, version: 2026.1 }
            changes:
              - rule: nsaid-anticoagulant
                of_version: 3
                because: Local list
                approved: { by: P&T Committee, date: 2026-01-06 }
                until: 2026-12-31
                \(change)
            \(rest)

            """
        let knowledge = try RepositoryKnowledge.base()
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: RuleTestRunner.standardToday).compile([
            RuleFile(Source(name: "core/pack.yaml", text: "pack: core\nversion: 2026.1\n")),
            RuleFile(Source(name: "core/nsaid-anticoagulant.yaml", text: Self.rule)),
            RuleFile(Source(name: "site/overrides.yaml", text: overrides), layer: .site),
        ], includingDrafts: true)
        return RuleTestRunner(knowledge: knowledge).run(try #require(rules, "\(diagnostics.map(\.message))"))
    }

    @Test func thePageAboutThemTellsTheTruth() throws {
        let page = try #require(MessageCatalog.page("V608"))
        let wrong = try report("set: { grades.high.severity: moderate }", page.wrong)
        #expect(wrong.failures.map(\.name) == ["an older patient"])
        #expect(wrong.text().contains("help[V608]: site/overrides.yaml changes this rule of the pack"))
        let right = try report("set: { grades.high.severity: moderate }", page.right)
        #expect(right.failed == 0)
        #expect(right.passed == 2)
    }

    @Test func aCaseThatIsNamedIsSetAside() throws {
        let report = try report("set: { grades.high.severity: moderate }\n    changes_cases: [an older patient]", "")
        #expect(report.closingLine == "1 passed, 0 failed, 1 skipped")
    }

    @Test func whatIsMutedShowsNoCardAndSaysWhy() throws {
        let muted = try report("mute_when: { age: { at_least: 65 y } }", "")
        #expect(muted.failures.map(\.name) == ["an older patient"])
        #expect(muted.text().contains("row high decided, major, and is muted by st-elsewhere"))
        let answered = "tests:\n  - { case: an older patient, rule: nsaid-anticoagulant, expect: no card }"
        #expect(try report("mute_when: { age: { at_least: 65 y } }", answered).failed == 0)
    }
}
