import Clinical
import Knowledge
import Testing

@testable import Engine

/// One pair or one allergy, one card; and none is given away by a rule that could not decide.
@Suite struct OneCardTests {
    private static func knowledge() throws -> KnowledgeBase {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test.1"))
        tables.ingredients = [IngredientRow(rxcui: World.warfarin, name: "warfarin"), IngredientRow(rxcui: World.ibuprofen, name: "ibuprofen")]
        tables.publicPairs = [
            PublicPairRow(
                id: "P-1", a: World.warfarin, b: World.ibuprofen, aName: "warfarin", bName: "ibuprofen", severity: .major, source: "a list")
        ]
        return try KnowledgeBase(tables)
    }

    private static func rule(_ id: String, _ kind: any RuleKind, when: Criterion?, facts: [PlannedFact] = []) -> PlannedRule {
        let card = CardText(summary: TextTemplate(text: id), detail: TextTemplate([]))
        return PlannedRule(
            heading: RuleHeading(id: id, version: 1, title: id, kind: type(of: kind).name, evidence: [], approvedBy: ""),
            occasions: [.orderSign], isShown: true, kind: kind, roleNames: ["a", "b"], facts: facts,
            grades: [PlannedGrade(name: "row", when: when, severity: .moderate, card: card)], needs: DataNeeds())
    }

    private static let everything = Dictionary(uniqueKeysWithValues: RecordSection.allCases.map { ($0, Supply.complete) })

    @Test(arguments: [(Supply.complete, [String]()), (.notSupplied, ["table"])])
    func aRuleThatCouldNotDecideLeavesThePairToTheTable(conditions: Supply, expected: [String]) throws {
        let knowledge = try Self.knowledge()
        var builder = PlanBuilder()
        func selector(_ rxcui: Int) throws -> DrugSelector {
            DrugSelector([.init(set: builder.drugSet([try #require(knowledge.ingredient(rxcui: rxcui))]))])
        }
        let problem = builder.codeSet(CodeSet(name: "p", title: "", codes: [], source: ""), as: "p")
        let pair = Self.rule(
            "pair", InteractionKind(first: try selector(World.warfarin), second: try selector(World.ibuprofen)),
            when: .test(FactID(index: 0), .isYes), facts: [PlannedFact(name: "problem", definition: .has(problem, ever: false, .any))])
        let table = Self.rule("table", InteractionTableKind(severities: [.major], routes: nil), when: nil)
        var supplied = Self.everything
        supplied[.conditions] = conditions
        let snapshot = Snapshot(orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin)], supplied: supplied)
        let evaluation = Evaluator(plan: builder.plan([pair, table]), knowledge: knowledge)
            .evaluate(snapshot, on: .orderSign, at: try World.asOf())
        #expect(evaluation.findings.map(\.rule.id) == expected)
        #expect(evaluation.notChecked.contains { $0.rules == ["pair"] } == !expected.isEmpty)
    }

    @Test func anAllergyThatTwoAlternativesNameIsOne() throws {
        let knowledge = try Self.knowledge()
        var builder = PlanBuilder()
        let ibuprofen = try #require(knowledge.ingredient(rxcui: World.ibuprofen))
        let warfarin = try #require(knowledge.ingredient(rxcui: World.warfarin))
        let either = DrugSelector([.init(set: builder.drugSet([ibuprofen])), .init(set: builder.drugSet([ibuprofen, warfarin]))])
        let rule = Self.rule("allergy", AllergyKind(allergen: either, ordered: either, isSameDrug: true), when: nil)
        let allergy = AllergyIntolerance(
            reference: ResourceReference(type: "AllergyIntolerance", id: "1"), standing: .active, code: World.concept(World.ibuprofen))
        let snapshot = Snapshot(orders: [World.order(World.ibuprofen)], allergies: [allergy], supplied: Self.everything)
        let evaluation = Evaluator(plan: builder.plan([rule]), knowledge: knowledge)
            .evaluate(snapshot, on: .orderSign, at: try World.asOf())
        #expect(evaluation.findings.count == 1)
    }

    @Test func aGroupCountsOnlyThoseThatAreSureToBeThere() throws {
        let knowledge = try Self.knowledge()
        var builder = PlanBuilder()
        let members = try [World.ibuprofen, World.warfarin].map { try #require(knowledge.ingredient(rxcui: $0)) }
        let group = DrugSelector([.init(set: builder.drugSet(members), stoppedWithin: TimeSpan(amount: 14, unit: .days))])
        let snapshot = Snapshot(
            orders: [World.order(World.ibuprofen)], medications: [World.listed(World.warfarin, use: .ended)], supplied: Self.everything)
        let record = PatientRecord(snapshot, plan: builder.plan([]), knowledge: knowledge, asOf: try World.asOf())
        #expect(AdditiveKind(group: group, atLeast: 2).matches(in: record).map(\.certainty.isUnknown) == [true])
        #expect(AdditiveKind(group: group, atLeast: 1).matches(in: record).map(\.certainty) == [.yes])
    }
}
