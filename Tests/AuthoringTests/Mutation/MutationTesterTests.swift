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
