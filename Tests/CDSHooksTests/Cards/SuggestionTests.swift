@testable import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

@Suite("Suggestions")
struct SuggestionTests {
    private func card(_ actions: [SuggestedChange.Action], call: JSONValue = Call.orderSign) throws -> JSONValue {
        let finding = Findings.interaction(suggestions: [SuggestedChange(label: "Do it", actions: actions)])
        let (_, body) = try World.answer(call, evaluation: Findings.evaluation([finding]))
        return try #require(body.at("cards.0"))
    }

    private func action(_ action: SuggestedChange.Action, call: JSONValue = Call.orderSign) throws -> JSONValue {
        try #require(card([action], call: call).at("suggestions.0.actions.0"))
    }

    private func milligrams(_ value: Int) throws -> Quantity {
        Quantity(Decimal(value), try Unit(ucum: "mg"))
    }

    @Test("R100 R108 R109: a suggestion has label and uuid, and the card its selection behaviour; without, it has none")
    func behaviour() throws {
        let with = try card([.removeDraft(Findings.draft, name: "ibuprofen")])
        #expect(with["selectionBehavior"] == "any")
        #expect(with.at("suggestions.0.label") == "Do it")
        #expect(with.at("suggestions.0.uuid")?.string != nil)
        #expect(with.hollows() == [])
        let (_, body) = try World.answer(Call.orderSign, evaluation: Findings.evaluation([Findings.interaction()]))
        #expect(body.at("cards.0.selectionBehavior") == nil && body.at("cards.0.suggestions") == nil)
    }

    @Test("R113 R114 R117 R118 R126: delete names the draft by the id that it came with")
    func delete() throws {
        #expect(try action(.removeDraft(Findings.draft, name: "ibuprofen")) == [
            "type": "delete", "description": "Remove the draft order of ibuprofen", "resourceId": "MedicationRequest/draft-1",
        ])
    }

    @Test("R116: update carries the whole resource as it was sent, with one thing changed")
    func stop() throws {
        let action = try action(.stopCurrent(Findings.current, name: "warfarin"))
        var expected = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        expected["status"] = "stopped"
        #expect(action["type"] == "update")
        #expect(action["resource"] == expected)
    }

    @Test("R116: a changed dose replaces the old one in numbers and in words")
    func change() throws {
        let action = try action(.change(Findings.draft, name: "ibuprofen", dose: milligrams(400), instructions: nil))
        let dosage = try #require(action.at("resource.dosageInstruction.0"))
        #expect(dosage.at("doseAndRate.0.doseQuantity.value") == 400)
        #expect(dosage.at("timing.repeat.frequency") == 3)
        #expect(!String(decoding: dosage.bytes, as: UTF8.self).contains("600"))
        #expect(action["description"] == "Change ibuprofen to 400 mg")
    }

    @Test("a changed dose of an order in several steps would be a guess, and is left to the person")
    func taper() throws {
        var call = Call.orderSign
        call["context"]?["draftOrders"] = Call.bundle([{
            var draft = Call.medication("draft-1", status: "draft", rxcui: "8640", name: "prednisone")
            draft["dosageInstruction"] = [["sequence": 1], ["sequence": 2]]
            return draft
        }()])
        let card = try card([.change(Findings.draft, name: "prednisone", dose: milligrams(5), instructions: nil)], call: call)
        #expect(card["suggestions"] == nil)
        #expect(card["detail"]?.string?.contains("- **To consider:** Do it") == true)
    }

    @Test("R126: what was not sent is not changed, and half of a replacement is not offered")
    func unknown() throws {
        let unknown = ResourceReference(type: "MedicationRequest", id: "elsewhere")
        for change in [SuggestedChange.Action.removeDraft(unknown, name: "x"), .stopCurrent(unknown, name: "x")] {
            let both = [change, .immunize(name: "y", coding: Coding(system: .cvx, code: "216"))]
            #expect(try card(both)["suggestions"] == nil)
        }
        #expect(try card([.removeDraft(Findings.current, name: "warfarin")])["suggestions"] == nil, "a current medicine is no draft")
    }

    @Test("R115 R127: a prescription is a draft for the patient of the call")
    func prescribe() throws {
        let prescription = SuggestedChange.Prescription(name: "acetaminophen", rxcui: 161, dose: try milligrams(500), instructions: "every 6 hours")
        let action = try action(.prescribe(prescription))
        #expect(action["type"] == "create")
        #expect(action["resource"] == [
            "resourceType": "MedicationRequest", "status": "draft", "intent": "order",
            "medicationCodeableConcept": [
                "coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "161", "display": "acetaminophen"]],
                "text": "acetaminophen",
            ],
            "subject": ["reference": "Patient/p1"], "encounter": ["reference": "Encounter/e1"], "authoredOn": "2026-01-15",
            "requester": ["reference": "Practitioner/doctor"],
            "dosageInstruction": [
                [
                    "text": "500 mg every 6 hours",
                    "doseAndRate": [["doseQuantity": ["value": 500, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"]]],
                ]
            ],
        ])
    }

    @Test("R115: a vaccine is ordered like a medicine, by its CVX code")
    func immunize() throws {
        let action = try action(.immunize(name: "PCV20", coding: Coding(system: .cvx, code: "216", display: "PCV20")))
        #expect(action.at("resource.resourceType") == "MedicationRequest")
        #expect(action.at("resource.medicationCodeableConcept.coding.0") == ["system": "http://hl7.org/fhir/sid/cvx", "code": "216", "display": "PCV20"])
    }

    @Test("R115: a test is a ServiceRequest, due when the rule says")
    func order() throws {
        let ecg = Orderable(name: "ecg", concept: CodeableConcept(codings: [Coding(system: .cpt, code: "93000", display: "ECG")], text: "ECG"))
        let action = try action(.order(ecg, dueIn: TimeSpan("7 d")))
        #expect(action["description"] == "Order ECG")
        #expect(action.at("resource.resourceType") == "ServiceRequest")
        #expect(action.at("resource.occurrenceDateTime") == "2026-01-22")
        #expect(action.at("resource.subject.reference") == "Patient/p1")
    }

    @Test("a patient or a relative is no requester")
    func requester() throws {
        var call = Call.orderSign
        call["context"]?["userId"] = "Patient/p1"
        #expect(try action(.immunize(name: "y", coding: Coding(system: .cvx, code: "216")), call: call).at("resource.requester") == nil)
    }
}
