import CDSHooks
import Clinical
import Documents
import Testing

/// Hooks at which nothing is ordered, judged by the engine.
@Suite("What is taken is checked, and never called ordered")
struct TakenMedicinesTests {
    private let world: RuleWorld

    init() throws {
        world = try RuleWorld()
    }

    private func current(_ drugs: [(id: String, rxcui: String, name: String)]) -> JSONValue {
        Call.bundle(drugs.map { Call.medication($0.id, status: "active", rxcui: $0.rxcui, name: $0.name) })
    }

    private func allergy(_ id: String, _ rxcui: String?, _ name: String) -> JSONValue {
        let coding: JSONValue = rxcui.map { [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": .string($0)]] } ?? nil
        return [
            "resourceType": "AllergyIntolerance", "id": .string(id), "patient": ["reference": "Patient/p1"],
            "code": rxcui == nil ? ["text": .string(name)] : ["text": .string(name), "coding": coding],
        ]
    }

    private func newAllergy(_ allergy: JSONValue, known: JSONValue = nil, _ drugs: [(id: String, rxcui: String, name: String)]) -> JSONValue {
        var call = Call.orderSign
        call["hook"] = "allergyintolerance-create"
        call["context"]?["draftOrders"] = nil
        call["context"]?["allergyIntolerance"] = allergy
        call["prefetch"]?["medications"] = current(drugs)
        call["prefetch"]?["allergies"] = known
        return call
    }

    private func discharge(_ drugs: [(id: String, rxcui: String, name: String)]) -> JSONValue {
        var call = Call.patientView
        call["hook"] = "encounter-discharge"
        call["context"]?["encounterId"] = "e1"
        call["prefetch"]?["medications"] = current(drugs)
        return call
    }

    private func text(_ cards: [JSONValue]) -> String {
        String(decoding: JSONValue.array(cards).bytes, as: UTF8.self)
    }

    @Test("a new allergy meets the medicine that is taken, in words that fit, with the prescription to be stopped")
    func newAllergyMeets() throws {
        let cards = try world.cards(
            newAllergy(allergy("a1", "723", "amoxicillin"), [("m1", "723", "amoxicillin"), ("m2", "5640", "ibuprofen"), ("m3", "11289", "warfarin")]),
            "vigil-allergyintolerance-create")
        #expect(cards.count == 1, "the interaction of warfarin and ibuprofen was there before")
        let card = try #require(cards.first)
        #expect(card["summary"] == "Allergy to amoxicillin, and amoxicillin on the medication list")
        #expect(card["indicator"] == "critical")
        #expect(card.at("source.label") == "Vigil: Medicines on record")
        #expect(card["detail"]?.string?.contains("amoxicillin (allergy being recorded), amoxicillin (on record)") == true)
        #expect(card["detail"]?.string?.contains("It matters.") == true)
        #expect(!text(cards).lowercased().contains("ordered"))
        #expect(card.at("suggestions.0.label") == "Stop amoxicillin")
        #expect(card.at("suggestions.0.actions.0.type") == "update")
        #expect(card.at("suggestions.0.actions.0.resource.status") == "stopped")
    }

    @Test("an allergy that was known says nothing new")
    func knownAllergy() throws {
        let call = newAllergy(
            allergy("a2", "5640", "ibuprofen"), known: Call.bundle([allergy("a1", "723", "amoxicillin")]), [("m1", "723", "amoxicillin")])
        #expect(try world.cards(call, "vigil-allergyintolerance-create").isEmpty)
    }

    @Test("the allergy alone, wrapped, in a Bundle, and by the name of older releases")
    func shapes() throws {
        let new = allergy("a1", "723", "amoxicillin"), drugs = [(id: "m1", rxcui: "723", name: "amoxicillin")]
        for shape in [new, ["resource": new], Call.bundle([new])] as [JSONValue] {
            #expect(try world.cards(newAllergy(shape, drugs), "vigil-allergyintolerance-create").count == 1)
        }
        var older = newAllergy(nil, drugs)
        older["context"]?["allergyIntolerance"] = nil
        older["context"]?["allergyIntolerances"] = Call.bundle([new])
        #expect(try world.cards(older, "vigil-allergyintolerance-create").count == 1)
    }

    @Test("an allergen that nobody knows is named; old entries that nobody knows are not")
    func unknownAllergen() throws {
        let call = newAllergy(
            allergy("a2", nil, "the yellow pill"), known: Call.bundle([allergy("a1", nil, "some soap")]), [("m1", "723", "amoxicillin")])
        let cards = try world.cards(call, "vigil-allergyintolerance-create")
        #expect(cards.count == 1)
        #expect(cards.first?["detail"]?.string?.contains("the yellow pill could not be checked") == true)
        #expect(!text(cards).contains("some soap"))
    }

    @Test("a current medicine that nobody knows is named as current")
    func unknownMedicine() throws {
        let cards = try world.cards(
            newAllergy(allergy("a1", "723", "amoxicillin"), [("m1", "999999", "MYSTERY TAB")]), "vigil-allergyintolerance-create")
        #expect(cards.count == 1)
        #expect(cards.first?["detail"]?.string?.contains("current medication MYSTERY TAB could not be checked") == true)
        #expect(!text(cards).contains("ordered"))
    }

    @Test("an allergy of somebody else is not taken for the patient's")
    func otherPatient() throws {
        var other = allergy("a1", "723", "amoxicillin")
        other["patient"] = ["reference": "Patient/p2"]
        let cards = try world.cards(newAllergy(other, [("m1", "723", "amoxicillin")]), "vigil-allergyintolerance-create")
        #expect(cards.count == 1 && cards.first?["indicator"] == "info")
        #expect(cards.first?["detail"]?.string?.contains("what is being recorded could not be checked") == true)
    }

    @Test("R60: without the medicines there is nothing to check: 412 that names their keys")
    func noMedicines() throws {
        var call = newAllergy(allergy("a1", "723", "amoxicillin"), [])
        call["prefetch"]?["medications"] = nil
        #expect(try world.response(call, "vigil-allergyintolerance-create").status == 412)
        call["prefetch"]?["medications"] = .null
        #expect(try world.cards(call, "vigil-allergyintolerance-create").isEmpty, "an empty list is an answer")
    }

    @Test("discharge: each pair of medicines once, whichever of them is looked at")
    func discharge() throws {
        let cards = try world.cards(discharge([("m1", "11289", "warfarin"), ("m2", "5640", "ibuprofen")]), "vigil-encounter-discharge")
        #expect(cards.map { $0["summary"] } == ["warfarin with ibuprofen raises the risk of bleeding"])
        #expect(!text(cards).lowercased().contains("ordered"))
        #expect(cards.first?["detail"]?.string?.contains("warfarin (on record), ibuprofen (on record)") == true)
    }

    @Test("discharge: a prescription and its dispense are one medicine")
    func oneDrug() throws {
        var call = discharge([("m1", "723", "amoxicillin"), ("m2", "8787", "propranolol"), ("m3", "8787", "propranolol")])
        var dispense = Call.medication("d1", status: "in-progress", rxcui: "723", name: "amoxicillin")
        dispense["resourceType"] = "MedicationDispense"
        call["prefetch"]?["medicationDispenses"] = Call.bundle([dispense])
        #expect(try world.cards(call, "vigil-encounter-discharge").isEmpty)
    }

    @Test("discharge: a duplicate is told once, and not as something to be added")
    func duplicate() throws {
        let cards = try world.cards(
            discharge([("m1", "723", "amoxicillin"), ("m2", "8787", "propranolol"), ("m3", "11289", "warfarin")]), "vigil-encounter-discharge")
        #expect(cards.count == 1)
        let summary = try #require(cards.first?["summary"]?.string)
        #expect(summary.hasSuffix(" on the medication list: Two of a kind"))
        #expect(["amoxicillin", "propranolol", "warfarin"].allSatisfy(summary.contains))
    }

    @Test("discharge: medicines that did not come are named")
    func missing() throws {
        var call = discharge([])
        call["prefetch"]?["medications"] = nil
        let cards = try world.cards(call, "vigil-encounter-discharge")
        #expect(cards.count == 1)
        #expect(cards.first?["detail"]?.string?.contains("current medications could not be checked") == true)
    }

    @Test("many medicines are checked one by one, and what is beyond the bound is stated")
    func many() throws {
        let drugs = (0..<70).map { (id: "m\($0)", rxcui: "\(900_000 + $0)", name: "drug \($0)") }
        let body = String(decoding: try world.response(discharge(drugs), "vigil-encounter-discharge").body, as: UTF8.self)
        #expect(body.contains("6 of the current medications"))
    }

    @Test("dispatch: the order is found on record, and an order that is not there is named")
    func dispatch() throws {
        var call = Call.patientView
        call["hook"] = "order-dispatch"
        call["context"] = ["patientId": "p1", "dispatchedOrders": ["MedicationRequest/m2"], "performer": "Organization/o1"]
        call["prefetch"]?["medications"] = current([("m1", "11289", "warfarin"), ("m2", "5640", "ibuprofen")])
        let cards = try world.cards(call, "vigil-order-dispatch")
        #expect(cards.count == 1)
        #expect(cards.first?["detail"]?.string?.contains("ibuprofen (being dispatched)") == true)
        #expect(cards.first?.at("suggestions.0.actions.0.type") == "update", "there is no draft to delete")
        call["context"]?["dispatchedOrders"] = ["MedicationRequest/m9"]
        #expect(try world.cards(call, "vigil-order-dispatch").first?["detail"]?.string?.contains("MedicationRequest/m9 could not be checked") == true)
    }

    @Test("refill: no user is needed, and the words are those of a refill")
    func refill() throws {
        var call = Call.orderSign
        call["hook"] = "medication-refill"
        call["context"] = ["patientId": "p1", "medications": call.at("context.draftOrders") ?? nil]
        let cards = try world.cards(call, "vigil-medication-refill")
        #expect(cards.first?["detail"]?.string?.contains("ibuprofen (to be refilled)") == true)
    }
}
