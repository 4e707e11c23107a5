import Clinical
import Knowledge
import Testing

@testable import Engine

/// When evidence shows that something is overdue, and when it only shows that nobody knows.
@Suite struct CareGapEvidenceTests {
    private func evaluate(
        _ dates: [String?], supplied: [RecordSection: Supply] = [:], intervals: [GapInterval]? = nil
    ) throws -> Evaluation {
        var builder = PlanBuilder()
        let code = CodeMatch(system: .loinc, code: "24606-6", isPrefix: false)
        let set = builder.codeSet(CodeSet(name: "mammogram", title: "", codes: [code], source: ""), as: "mammogram")
        let risk = builder.codeSet(CodeSet(name: "risk", title: "", codes: [], source: ""), as: "risk")
        let card = CardText(summary: TextTemplate(text: "due"), detail: TextTemplate([]))
        let gap = CareGapKind(
            population: .all([]), exclusions: [], evidence: [GapEvidence(facts: [FactID(index: 0)])],
            intervals: intervals ?? [GapInterval(when: nil, interval: TimeSpan(amount: 24, unit: .months))], grace: nil, dueSoon: nil,
            notDueWhile: [], severity: .moderate, cards: [.never: card, .overdue: card], problems: [])
        let rule = PlannedRule(
            heading: RuleHeading(id: "gap", version: 1, title: "A gap", kind: "care-gap", evidence: [], approvedBy: ""),
            occasions: [.patientView], isShown: true, kind: gap, roleNames: [],
            facts: [
                PlannedFact(name: "mammogram", definition: .done(set, .any)),
                PlannedFact(name: "risk", definition: .has(risk, ever: false, .any)),
            ], grades: [], needs: DataNeeds())
        let observations = dates.enumerated().map { number, date in
            Observation(
                reference: ResourceReference(type: "Observation", id: "\(number)"),
                code: CodeableConcept(codings: [Coding(system: .loinc, code: "24606-6")]), value: .boolean(true),
                effective: date.flatMap { PartialDate($0) }.map { Period($0) }, status: "final")
        }
        let all = [RecordSection.patient: Supply.complete, .procedures: .complete, .observations: .complete].merging(supplied) { _, new in new }
        return Evaluator(plan: builder.plan([rule]), knowledge: World.knowledge)
            .evaluate(Snapshot(observations: observations, supplied: all), on: .patientView, at: try World.asOf())
    }

    @Test func overdueIsSaidOfAWholeRecord() throws {
        #expect(try evaluate(["2023-01-10"]).findings.map(\.grade) == ["overdue"])
        #expect(try evaluate([]).findings.map(\.grade) == ["never"])
        let done = try evaluate(["2025-06-01"])
        #expect(done.findings.isEmpty)
        #expect(done.notChecked.isEmpty)
    }

    @Test(arguments: [Supply.notSupplied, .partial(why: "one page of two came")])
    func nothingIsOverdueWhereNewerEvidenceMayBeMissing(supply: Supply) throws {
        for dates in [["2023-01-10"], []] {
            let evaluation = try evaluate(dates, supplied: [.procedures: supply])
            #expect(evaluation.findings.isEmpty)
            #expect(evaluation.notChecked.contains { $0.rules == ["gap"] && $0.what.hasPrefix("mammogram") })
        }
    }

    @Test func evidenceWithoutADateIsNotSilence() throws {
        let evaluation = try evaluate([nil])
        #expect(evaluation.findings.isEmpty)
        #expect(evaluation.notChecked.contains { $0.rules == ["gap"] && $0.why == "its date is not recorded" })
    }

    @Test func aCoarseDateDecidesOnlyWhereAllItsDaysAgree() throws {
        #expect(try evaluate(["2022"]).findings.map(\.grade) == ["overdue"])
        #expect(try evaluate(["2025"]).notChecked.isEmpty)
        let evaluation = try evaluate(["2024"])
        #expect(evaluation.findings.isEmpty)
        #expect(evaluation.notChecked.contains { $0.rules == ["gap"] && $0.why.contains("too imprecise") })
    }

    /// The interval hangs on something that is not known: where every interval comes to the same, that is said.
    @Test func anUnknownIntervalDecidesOnlyWhereItMatters() throws {
        let often = GapInterval(when: .test(FactID(index: 1), .isYes), interval: TimeSpan(amount: 3, unit: .months))
        let seldom = GapInterval(when: nil, interval: TimeSpan(amount: 12, unit: .months))
        func evaluated(_ date: String) throws -> Evaluation { try evaluate([date], intervals: [often, seldom]) }
        let long = try evaluated("2020-01-10")
        #expect(long.findings.map(\.grade) == ["overdue"])
        #expect(long.findings.first?.gap?.due == CivilDate("2021-01-10"))
        #expect(long.findings.first?.unknown.map(\.name) == ["risk"])
        let between = try evaluated("2025-08-01")
        #expect(between.findings.isEmpty)
        #expect(between.notChecked.contains { $0.rules == ["gap"] && $0.what.hasPrefix("risk") })
        #expect(try evaluated("2026-01-10").notChecked.filter { !$0.rules.isEmpty } == [])
    }

    @Test func aPatientWithoutAnIntervalIsSaid() throws {
        let never = GapInterval(when: .any([]), interval: TimeSpan(amount: 1, unit: .years))
        #expect(try evaluate(["2023-01-10"], intervals: [never]).notChecked.contains { $0.rules == ["gap"] })
    }
}
