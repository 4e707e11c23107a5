import Clinical
import Knowledge
import Testing

@testable import Engine

/// A test is ordered again: only while its last result is fresh is anything said.
@Suite struct RepeatedTestTests {
    private static func evaluation(daysAgo: Int, ordering code: String, isDraft: Bool = true) throws -> Evaluation {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test.1"))
        tables.labs = [LabRow(name: "hba1c", title: "HbA1c", codes: ["LOINC:4548-4"], unit: "%")]
        let knowledge = try KnowledgeBase(tables)
        var builder = PlanBuilder()
        let lab = try #require(knowledge.lab(named: "hba1c"))
        let query = LabQuery(lab: builder.lab(lab), within: TimeSpan(amount: 80, unit: .days))
        let orders = builder.codeSet(CodeSet(name: "hba1c", title: "", codes: lab.codes, source: ""), as: "orders hba1c")
        let heading = RuleHeading(id: "repeated", version: 1, title: "", kind: RepeatedTestKind.name, evidence: [], approvedBy: "")
        func rule(_ kind: any RuleKind, _ grades: [PlannedGrade]) -> PlannedRule {
            PlannedRule(
                heading: heading, occasions: [.orderSign], isShown: true, kind: kind, roleNames: [],
                facts: [PlannedFact(name: "HbA1c", definition: .lab(query))], grades: grades, needs: DataNeeds())
        }
        let card = CardText(summary: TextTemplate([.fact(FactID(index: 0))]), detail: TextTemplate([]))
        let ladder = rule(
            RepeatedTestKind(tests: []),
            [PlannedGrade(name: "too-soon", when: .none([.test(FactID(index: 0), .isUnknown)]), severity: .moderate, card: card)])
        let planned = rule(RepeatedTestKind(tests: [.init(orders: orders, ladder: ladder)]), [])
        let concept = { (code: String) in CodeableConcept(codings: [Coding(system: .loinc, code: code)]) }
        let day = CivilDate(year: 2026, month: 1, day: 15).map { $0.adding(days: -daysAgo) }
        let snapshot = Snapshot(
            serviceRequests: [
                ServiceRequest(reference: ResourceReference(type: "ServiceRequest", id: "1"), code: concept(code), isDraft: isDraft)
            ],
            observations: [
                Observation(
                    reference: ResourceReference(type: "Observation", id: "1"), code: concept("4548-4"),
                    value: .quantity(Quantity(7, try Unit(text: "%"))), effective: day.map { Period(PartialDate($0)) })
            ], supplied: Dictionary(uniqueKeysWithValues: RecordSection.allCases.map { ($0, Supply.complete) }))
        return Evaluator(plan: builder.plan([planned]), knowledge: knowledge).evaluate(snapshot, on: .orderSign, at: try World.asOf())
    }

    @Test(arguments: [(12, 1), (79, 1), (80, 1), (81, 0), (400, 0)])
    func theIntervalDecides(daysAgo: Int, cards: Int) throws {
        let evaluation = try Self.evaluation(daysAgo: daysAgo, ordering: "4548-4")
        #expect(evaluation.findings.count == cards)
        #expect(evaluation.findings.allSatisfy { $0.summary == "7 %" && $0.orders.map(\.id) == ["1"] })
    }

    @Test func anotherTestAndAnOldOrderAreNotMeant() throws {
        #expect(try Self.evaluation(daysAgo: 12, ordering: "2823-3").findings.isEmpty)
        #expect(try Self.evaluation(daysAgo: 12, ordering: "4548-4", isDraft: false).findings.isEmpty)
    }
}
