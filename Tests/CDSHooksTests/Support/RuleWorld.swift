import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

/// A service over three rules and a few drugs, judged by the engine itself.
struct RuleWorld {
    let answerer: Answerer

    init(memory: AlertMemory? = nil) throws {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "test"))
        tables.ingredients = [
            IngredientRow(rxcui: 11_289, name: "warfarin"), IngredientRow(rxcui: 5_640, name: "ibuprofen"),
            IngredientRow(rxcui: 723, name: "amoxicillin"), IngredientRow(rxcui: 8_787, name: "propranolol"),
        ]
        let knowledge = try KnowledgeBase(tables)
        func drug(_ rxcui: Int) throws -> IngredientID {
            let concept = CodeableConcept(codings: [Coding(system: .rxNorm, code: String(rxcui))])
            return try #require(knowledge.resolve(concept).drug?.ingredients.first)
        }
        var builder = PlanBuilder()
        let warfarin = builder.drugSet([try drug(11_289)]), ibuprofen = builder.drugSet([try drug(5_640)])
        let all = builder.drugSet([try drug(11_289), try drug(5_640), try drug(723), try drug(8_787)])
        func one(_ set: DrugSetID) -> DrugSelector { DrugSelector([.init(set: set)]) }
        let rules = [
            Self.rule(
                "warfarin-nsaid", "Warfarin with an NSAID", .major, InteractionKind(first: one(warfarin), second: one(ibuprofen)),
                ["anticoagulant", "nsaid"], "warfarin with ibuprofen raises the risk of bleeding"),
            Self.rule(
                "drug-allergy", "Ordered drug is what the patient is allergic to", .contraindicated,
                AllergyKind(allergen: one(all), ordered: one(all), isSameDrug: true), ["allergen", "drug"],
                "Allergy on record and the drug ordered"),
            Self.rule(
                "duplicate", "Two of a kind", .moderate, DuplicateKind(group: one(all), atLeast: 3), ["drugs"],
                "Do not add another: three drugs of the group"),
        ]
        answerer = Answerer(
            evaluator: Evaluator(plan: builder.plan(rules), knowledge: knowledge),
            edition: PublishedEdition(rules: "r", knowledge: "k", vigil: "0.1.0", knowledgeVersion: "test"), memory: memory)
    }

    func response(_ call: JSONValue, _ service: String, at time: String = "2026-01-15T09:30:00Z") throws -> HookResponse {
        answerer.answer(service: service, body: call.bytes, asOf: try #require(AsOf(time)))
    }

    /// The cards of an answer that has the status 200.
    func cards(_ call: JSONValue, _ service: String, at time: String = "2026-01-15T09:30:00Z") throws -> [JSONValue] {
        let response = try response(call, service, at: time)
        #expect(response.status == 200)
        return try #require(JSONValue(try JSONDocument(parsing: response.body).root)["cards"]).elements
    }

    private static func rule(
        _ id: String, _ title: String, _ severity: Severity, _ kind: any RuleKind, _ roles: [String], _ summary: String
    ) -> PlannedRule {
        let stop = PlannedSuggestion(label: TextTemplate([.text("Do not order "), .ordered]), actions: [.stopOrdered], onlyIf: nil)
        let card = CardText(
            summary: TextTemplate(text: summary), detail: TextTemplate(text: "The ordered drug is new.\nIt matters."), suggestions: [stop])
        return PlannedRule(
            heading: RuleHeading(id: id, version: 1, title: title, kind: "test", evidence: [], approvedBy: ""),
            occasions: [.orderSelect, .orderSign], isShown: true, kind: kind, roleNames: roles, facts: [],
            grades: [PlannedGrade(name: "all", when: nil, severity: severity, card: card)],
            needs: DataNeeds(sections: [.medications, .allergies]))
    }
}
