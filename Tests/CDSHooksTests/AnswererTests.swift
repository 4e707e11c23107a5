import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

/// The whole walk, with an evaluator that has no rules and knows no drugs: what is left is what could not be checked.
@Suite("The answer of a service")
struct AnswererTests {
    private let answerer: Answerer

    init() throws {
        let knowledge = try KnowledgeBase(KnowledgeTables(version: KnowledgeVersion(name: "test")))
        answerer = Answerer(
            evaluator: Evaluator(plan: PlanBuilder().plan([]), knowledge: knowledge),
            edition: PublishedEdition(rules: "r", knowledge: "k", vigil: "0.1.0", knowledgeVersion: "test"))
    }

    private func answer(_ call: JSONValue, _ service: String = "vigil-order-sign") throws -> (response: HookResponse, body: JSONValue) {
        let response = answerer.answer(service: service, body: call.bytes, asOf: try #require(AsOf("2026-01-15T09:30:00Z")))
        return (response, JSONValue(try JSONDocument(parsing: response.body).root))
    }

    @Test("every hook of the catalogue is published and answered")
    func services() throws {
        let services = answerer.catalogue.services
        #expect(services.map(\.id) == HookCatalog.all.map { "vigil-\($0.name)" })
        for service in services {
            let call = JSONValue(try JSONDocument(parsing: Goldens.read("\(service.hook.name)/request.json")).root)
            #expect(try answer(call, service.id).response.status == 200, "\(service.id)")
        }
    }

    @Test("an order of a medicine that nobody knows is named on a card, not passed over")
    func unknownOrder() throws {
        var call = Call.orderSign
        call["context"]?["draftOrders"] = Call.bundle([
            [
                "resourceType": "MedicationRequest", "id": "d", "status": "draft", "intent": "order",
                "subject": ["reference": "Patient/p1"], "medicationCodeableConcept": ["text": "WARF 5 TAB"],
            ]
        ])
        let (response, body) = try answer(call)
        #expect(response.cards.count == 1 && response.evaluation != nil)
        let card = try #require(body.at("cards.0"))
        #expect(card["indicator"] == "info")
        #expect(card["detail"]?.string?.contains("WARF 5 TAB could not be checked") == true)
        #expect(body["extension"]?["org.vigil.not-checked"]?.elements.isEmpty == false)
    }

    @Test("an order for another patient than the call is about is not checked, and that is a card")
    func orderForAnotherPatient() throws {
        var call = Call.orderSign
        var draft = Call.medication("d", status: "draft", rxcui: "11289", name: "warfarin")
        draft["subject"] = ["reference": "Patient/p2"]
        call["context"]?["draftOrders"] = Call.bundle([draft])
        let detail = try #require(try answer(call).body.at("cards.0")?["detail"]?.string)
        #expect(detail.contains("warfarin could not be checked: it cannot be used: it is written for another patient"))
    }

    @Test("what the caller got wrong is a status, never a throw")
    func problems() throws {
        #expect(try answer(Call.orderSign, "nobody").response.status == 404)
        #expect(try answer([]).response.status == 400)
        #expect(try answer([]).response.evaluation == nil)
    }

    @Test("R82: calls at the same time keep their patients apart")
    func parallel() async throws {
        let asOf = try #require(AsOf("2026-01-15T09:30:00Z"))
        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                var call = Call.orderSign
                call["context"]?["draftOrders"]?["entry"] = [
                    ["resource": Call.medication("draft-\(number)", status: "draft", rxcui: "999999", name: "drug \(number) of 40")]
                ]
                let bytes = call.bytes
                group.addTask { [answerer] in
                    let body = String(decoding: answerer.answer(service: "vigil-order-sign", body: bytes, asOf: asOf).body, as: UTF8.self)
                    let named = (0..<40).filter { body.contains("drug \($0) of 40") }
                    #expect(named == [number])
                }
            }
            try await group.waitForAll()
        }
    }
}
