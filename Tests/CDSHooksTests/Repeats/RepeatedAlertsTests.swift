import CDSHooks
import Clinical
import Documents
import Testing

/// Choosing, then signing, as PDDI-CDS has it.
@Suite("Alerts already shown")
struct RepeatedAlertsTests {
    private func select(_ remembers: JSONValue = true) -> JSONValue {
        var call = Call.orderSelect
        call["extension"] = ["pddi-configuration-items": ["cache-for-order-sign-filtering": remembers]]
        return call
    }

    private func sign(_ bend: (inout JSONValue) -> Void = { _ in }) -> JSONValue {
        var call = Call.orderSign
        call["hookInstance"] = "11111111-1111-4111-8111-111111111111"
        call["extension"] = ["pddi-configuration-items": ["filter-out-repeated-alerts": true]]
        bend(&call)
        return call
    }

    /// The number of cards at signing after `select` was answered.
    private func cards(_ select: JSONValue, _ sign: JSONValue, memory: AlertMemory? = AlertMemory(), signedAt: String = "2026-01-15T09:40:00Z") throws -> Int {
        let world = try RuleWorld(memory: memory)
        #expect(try world.cards(select, "vigil-order-select").count == 1)
        return try world.cards(sign, "vigil-order-sign", at: signedAt).count
    }

    @Test("what was shown while choosing is not shown again at signing; the answer says so")
    func filtered() throws {
        let memory = AlertMemory(), world = try RuleWorld(memory: memory)
        #expect(try world.cards(select(), "vigil-order-select").count == 1)
        let response = try world.response(sign(), "vigil-order-sign")
        #expect(response.cards.isEmpty && response.repeated.count == 1)
        let body = JSONValue(try JSONDocument(parsing: response.body).root)
        #expect(body["extension"]?["org.vigil.already-shown"] == ["warfarin-nsaid-5640-11289"])
        #expect(memory.count == 1)
    }

    @Test("without a memory, without the wish to remember or to filter, everything is shown")
    func off() throws {
        #expect(try cards(select(), sign(), memory: nil) == 1)
        #expect(try cards(select(false), sign()) == 1)
        #expect(try cards(Call.orderSelect, sign()) == 1)
        #expect(try cards(select(), sign { $0["extension"] = nil }) == 1)
    }

    @Test("extensions whose values are text count as well")
    func text() throws {
        #expect(try cards(select("true"), sign()) == 0)
    }

    @Test("another user, patient, encounter or order sees it anew", arguments: [
        ("userId", "Practitioner/attending"), ("patientId", "p1"), ("encounterId", "e2"), ("order", "draft-2"),
    ])
    func others(_ field: String, _ value: String) throws {
        let call = sign { call in
            if field == "order" {
                call["context"]?["draftOrders"] = Call.bundle([Call.medication(value, status: "draft", rxcui: "5640", name: "ibuprofen")])
            } else {
                call["context"]?[field] = .string(value)
            }
        }
        #expect(try cards(select(), call) == (field == "patientId" ? 0 : 1))
    }

    @Test("after its lifetime it is shown again")
    func old() throws {
        let memory = AlertMemory(ShownAlerts(lifetime: .seconds(300)))
        #expect(try cards(select(), sign(), memory: memory, signedAt: "2026-01-15T09:35:01Z") == 1)
    }

    @Test("what is new at signing is shown, beside what is not")
    func new() throws {
        let call = sign { call in
            call["prefetch"]?["allergies"] = Call.bundle([
                [
                    "resourceType": "AllergyIntolerance", "id": "a1", "patient": ["reference": "Patient/p1"],
                    "code": ["coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"]]],
                ]
            ])
        }
        let world = try RuleWorld(memory: AlertMemory())
        #expect(try world.cards(select(), "vigil-order-select").count == 1)
        #expect(try world.cards(call, "vigil-order-sign").map { $0["indicator"] } == ["critical"])
    }
}
