import Clinical
import Documents
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct MutationTesterTests {
    private func report(_ source: Source, width: Int = 2) async throws -> MutationReport {
        await MutationTester(knowledge: try RepositoryKnowledge.base(), today: Samples.today).run([RuleFile(source)], width: width)
    }

    @Test func aTestFarFromTheThresholdNoticesLittle() async throws {
        let rule = try #require(try await report(Samples.potassium()).rules.first)
        let survivors = rule.survivors.map(\.words)
        #expect(survivors.contains("`above: 5.5 mmol/L` → `at_least: 5.5 mmol/L`"))
        #expect(survivors.contains("`above: 5.5 mmol/L` → `above: 4.95 mmol/L`"))
        #expect(!survivors.contains("`above: 5.5 mmol/L` → `below: 5.5 mmol/L`"))
        #expect(!survivors.contains("`above: 5.5 mmol/L` → `above: 5.5 umol/L`"))
        #expect(!survivors.contains("`severity: major` → `severity: contraindicated`"))
    }

    @Test func casesAroundTheThresholdNoticeAll() async throws {
        let tests = [("5.4", "no card"), ("5.5", "no card"), ("5.6", "{ grade: high, severity: major }")].map { value, expect in
            """
              - case: potassium \(value)
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium \(value) mmol/L 2026-01-10] }
                expect: \(expect)

            """
        }
        let old = """
              - case: eighty days ago
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2025-10-27] }
                expect: { grade: high }
              - case: a hundred days ago
                given: { ordering: [spironolactone 25 mg daily], labs: [serum-potassium 5.7 mmol/L 2025-10-07] }
                expect: not checked
            """
        let rule = try #require(try await report(Samples.potassium(tests: tests.joined() + old)).rules.first)
        #expect(rule.survivors.map(\.words) == [])
        #expect(rule.score == 100)
    }

    @Test func theReportDoesNotDependOnHowManyAreTriedAtOnce() async throws {
        let one = try await report(Samples.potassium(), width: 1).text
        let many = try await report(Samples.potassium(), width: 8).text
        #expect(one == many)
    }

    @Test func everyChangeIsOneThatStandsInTheFile() async throws {
        let source = Samples.potassium()
        let node = try #require(RuleFile(source).node)
        for mutant in MutantMaker.mutants(of: node) {
            #expect(!mutant.tree.says(theSameAs: node), "\(mutant.words)")
            #expect(!source.text(in: mutant.range).isEmpty)
        }
    }

    /// What a load takes in from pairs shows only where rules speak of pairs.
    @Test func whatIsMergedIsTriedBesideTheRulesOfPairs() async throws {
        let load = Source(
            name: "bleeding.yaml",
            text: """
                rule: bleeding
                kind: additive
                title: Bleeding
                version: 1
                status: draft
                among: { any: [{ class: anticoagulant }, { class: antiplatelet }, { class: ssri-or-snri }] }
                at_least: 3
                merges: { effects: [bleed, no such effect] }
                grades: [{ name: three, otherwise: yes, severity: major }]
                summary: Bleeding
                tests:
                  - case: three
                    given: { taking: [apixaban 5 mg 2x/day, sertraline 50 mg daily], ordering: [clopidogrel 75 mg daily] }
                    expect: { grade: three, severity: major, detail_has: Major bleeding }
                """)
        let pairs = Source(
            name: "pairs.yaml",
            text: """
                rule: pairs
                kind: interaction-table
                title: Pairs
                version: 1
                status: active
                owner: Tests
                review_by: 2027-01-01
                approved: { by: Tests, date: 2026-01-01 }
                evidence: [{ cite: a source }]
                severities: major
                summary: $drug_a with $drug_b - $effect
                consequence: $effect
                override_reasons: [benefit-outweighs-risk]
                """)
        let tester = MutationTester(knowledge: try RepositoryKnowledge.base(), today: Samples.today)
        let alone = try #require(await tester.run([RuleFile(load)], width: 1).rules.first)
        #expect(alone.mutants.filter { $0.mutant.change == "merging" }.isEmpty)
        let active = Source(name: load.name, text: String(decoding: load.bytes, as: UTF8.self).replacing("status: draft", with: """
            status: active
            owner: Tests
            review_by: 2027-01-01
            approved: { by: Tests, date: 2026-01-01 }
            evidence: [{ cite: a source }]
            override_reasons: [benefit-outweighs-risk]
            """))
        let beside = try #require(await tester.run([RuleFile(active), RuleFile(pairs)], width: 2).rules.first)
        let fates = beside.mutants.filter { $0.mutant.change == "merging" }.map { ($0.mutant.original, $0.fate) }
        #expect(fates.map(\.0) == ["bleed", "no such effect"])
        #expect(fates.map(\.1) == [.killed(by: "three"), .survived])
    }

    @Test func anEntryOfAListOfRoutesIsLeftOutOnce() throws {
        let source = Source(name: "routes.yaml", text: "rule: routes\nordering: { drug: { drug: ceftriaxone, route: [intravenous, intramuscular] } }\n")
        let node = try #require(RuleFile(source).node)
        #expect(MutantMaker.mutants(of: node).map(\.original).filter { $0.contains("intra") } == ["intravenous", "intramuscular"])
    }

    @Test func theGateNamesActiveRulesBelowTheBar() async throws {
        let text = String(decoding: Samples.potassium().bytes, as: UTF8.self)
        let active = Source(
            name: "spironolactone-potassium.yaml",
            text: text.replacing(
                "status: draft", with: "status: active\nowner: Pharmacy\nreview_by: 2027-01-01\napproved: { by: Pharmacy, date: 2026-01-01 }"))
        let report = try await report(active)
        #expect(report.gaps(below: 100).map(\.code) == ["V412"])
        #expect(report.gaps(below: 0).isEmpty)
    }

    @Test(arguments: [
        ("5.5 mmol/L", ["4.95 mmol/L", "6.05 mmol/L"]), ("74 y", ["67 y", "81 y"]), ("2", ["1", "3"]), ("1000 mg/day", ["900 mg/day", "1100 mg/day"]),
        ("none", []),
    ])
    func thresholdsMoveByATenth(_ text: String, _ others: [String]) {
        #expect(WrittenNumber.neighbours(of: text).map { $0.hasSuffix(".0 mg/day") ? $0.replacing(".0", with: "") : $0 } == others)
    }
}
