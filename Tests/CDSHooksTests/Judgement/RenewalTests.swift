@testable import CDSHooks
import Clinical
import Documents
import Engine
import Knowledge
import Testing

/// What stood when a drug was last ordered, and what has come since.
@Suite("A renewal is told again without interrupting, unless something is new")
struct RenewalTests {
    private let world: RuleWorld

    init() throws {
        world = try RuleWorld()
    }

    // MARK: - Over the whole answer

    /// An earlier order, of which a test changes what it is about.
    private func order(
        _ id: String, _ rxcui: String, _ name: String, on day: String?, status: String = "active", _ change: (inout JSONValue) -> Void = { _ in }
    ) -> JSONValue {
        var order = Call.medication(id, status: status, rxcui: rxcui, name: name)
        order["authoredOn"] = day.map(JSONValue.string)
        change(&order)
        return order
    }

    private func ibuprofen(_ day: String?, status: String = "active", _ change: (inout JSONValue) -> Void = { _ in }) -> JSONValue {
        order("m2", "5640", "ibuprofen", on: day, status: status, change)
    }

    private func warfarin(_ day: String?) -> JSONValue { order("m1", "11289", "warfarin", on: day) }

    /// The card about warfarin and ibuprofen, where ibuprofen is ordered with these on record.
    private func card(_ record: [JSONValue], _ change: (inout JSONValue) -> Void = { _ in }) throws -> JSONValue {
        var call = Call.orderSign
        call["prefetch"]?["medications"] = Call.bundle(record)
        change(&call)
        let cards = try world.cards(call, "vigil-order-sign")
        return try #require(cards.first { $0.at("source.label") == "Vigil: Warfarin with an NSAID" })
    }

    @Test("the same dose of what is taken, beside what was taken then: a passive card that says since when")
    func aRenewal() throws {
        let card = try card([warfarin("2025-06-01"), ibuprofen("2025-12-01")])
        #expect(card["indicator"] == "info")
        #expect(card["summary"] == "warfarin with ibuprofen raises the risk of bleeding")
        #expect(card["detail"]?.string?.contains("it stood already when ibuprofen was last ordered on 2025-12-01") == true, "\(card)")
        #expect(card["detail"]?.string?.contains("major") == true, "its seriousness is told as ever")
        #expect(card.at("extension") != nil)
        #expect(card["extension"]?["org.vigil.stands-since"] == "2025-12-01")
    }

    @Test("a card tells the day of an entry that is more than a year old", arguments: [("2025-01-14", true), ("2025-01-15", false)])
    func oldEntries(day: String, isTold: Bool) throws {
        let detail = try #require(try card([warfarin(day)])["detail"]?.string)
        #expect(detail.contains("on record, prescribed \(day)") == isTold, "\(detail)")
    }

    @Test("both are renewed in one basket")
    func bothRenewed() throws {
        let card = try card([warfarin("2025-06-01"), ibuprofen("2025-12-01")]) { call in
            let drafts = [("draft-1", "5640", "ibuprofen"), ("draft-2", "11289", "warfarin")].map {
                JSONValue.object([("resource", Call.medication($0.0, status: "draft", rxcui: $0.1, name: $0.2))])
            }
            call["context"]?["draftOrders"]?["entry"] = .array(drafts)
        }
        #expect(card["indicator"] == "info")
    }

    @Test("a drug that is not on record is new")
    func aNewDrug() throws {
        let card = try card([warfarin("2025-06-01")])
        #expect(card["indicator"] == "warning")
        #expect(card["extension"]?["org.vigil.stands-since"] == nil)
    }

    @Test("for every day on which the other drug came: what came later than the last order interrupts", arguments: -20...20)
    func theOtherCameLater(offset: Int) throws {
        let last = try #require(CivilDate("2025-12-01"))
        let card = try card([warfarin(last.adding(days: offset).description), ibuprofen(last.description)])
        #expect(card["indicator"] == (offset <= 0 ? "info" : "warning"))
    }

    @Test("an order counts as the last one for twelve months, and not on its own day", arguments: [
        ("2025-01-14", "warning"), ("2025-01-15", "info"), ("2026-01-14", "info"), ("2026-01-15", "warning"), ("2026-01-16", "warning"),
        ("2003-04-01", "warning"), ("2025-12", "warning"),
    ])
    func theReach(day: String, indicator: String) throws {
        #expect(try card([warfarin("2001-06-01"), ibuprofen(day)])["indicator"] == .string(indicator))
    }

    @Test("without its day nobody knows what stood then")
    func undated() throws {
        #expect(try card([warfarin(nil), ibuprofen("2025-12-01")])["indicator"] == "warning")
        #expect(try card([warfarin("2025-06-01"), ibuprofen(nil)])["indicator"] == "warning")
    }

    @Test("what has ended, was reported or only planned is no order to be renewed")
    func noOrder() throws {
        let record = { (entry: JSONValue) in [warfarin("2025-06-01"), entry] }
        #expect(try card(record(ibuprofen("2025-12-01", status: "stopped")))["indicator"] == "warning")
        #expect(try card(record(ibuprofen("2025-12-01", status: "completed")))["indicator"] == "warning")
        #expect(try card(record(ibuprofen("2025-12-01") { $0["reportedBoolean"] = true }))["indicator"] == "warning")
        #expect(try card(record(ibuprofen("2025-12-01") { $0["intent"] = "plan" }))["indicator"] == "warning")
        #expect(try card(record(ibuprofen("2025-12-01") { $0["id"] = "draft-1" }))["indicator"] == "warning", "a draft does not renew itself")
    }

    @Test("another dose, another product, or a dose in words only is a change")
    func changed() throws {
        let dosage = { (dosage: JSONValue) in { (order: inout JSONValue) in order["dosageInstruction"] = [dosage] } }
        let amount = { (value: String) -> JSONValue in
            [
                "timing": ["repeat": ["frequency": 3, "period": 1, "periodUnit": "d"]],
                "doseAndRate": [["doseQuantity": ["value": .number(value), "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"]]],
            ]
        }
        let record = { (change: (inout JSONValue) -> Void) in [warfarin("2025-06-01"), ibuprofen("2025-12-01", change)] }
        #expect(try card(record(dosage(amount("600"))))["indicator"] == "info", "words beside the same dose tell nothing more")
        #expect(try card(record(dosage(amount("400"))))["indicator"] == "warning", "raised from 400 mg")
        #expect(try card(record(dosage(amount("800"))))["indicator"] == "warning", "any change is looked at")
        #expect(try card(record { $0["dosageInstruction"] = nil })["indicator"] == "warning")
        #expect(try card(record { $0["medicationCodeableConcept"] = ["text": "ibuprofen"] })["indicator"] == "warning")
        let words: JSONValue = ["text": "as directed"]
        let both = try card(record(dosage(words))) { call in
            var draft = Call.medication("draft-1", status: "draft", rxcui: "5640", name: "ibuprofen")
            draft["dosageInstruction"] = [words]
            call["context"]?["draftOrders"]?["entry"] = [["resource": draft]]
        }
        #expect(both["indicator"] == "warning")
    }

    @Test("what is contraindicated interrupts each time")
    func contraindicated() throws {
        var call = Call.orderSign
        call["prefetch"]?["medications"] = Call.bundle([ibuprofen("2025-12-01")])
        call["prefetch"]?["allergies"] = [
            "resourceType": "AllergyIntolerance", "id": "a1", "patient": ["reference": "Patient/p1"], "recordedDate": "2020-01-01",
            "code": ["coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"]]],
        ]
        let card = try #require(try world.cards(call, "vigil-order-sign").first)
        #expect(card["indicator"] == "critical")
        let finding = Findings.interaction(severity: .contraindicated).standing(since: try #require(CivilDate("2025-12-01")))
        #expect(Indicator(finding) == .critical)
    }

    @Test("what interrupts stands before what is as serious and does not")
    func interruptingFirst() throws {
        let day = try #require(CivilDate("2025-12-01"))
        let stood = Findings.interaction(rule: Findings.heading("a-rule"), key: "a").standing(since: day)
        let new = Findings.interaction(rule: Findings.heading("b-rule"), key: "b")
        let mild = Findings.interaction(rule: Findings.heading("0-rule"), severity: .moderate, key: "0")
        let (_, body) = try World.answer(Call.orderSign, evaluation: Findings.evaluation([stood, mild, new]))
        let keys = body["cards"]?.elements.map { $0["extension"]?["org.vigil.rule"]?["key"] }
        #expect(keys == ["b", "a", "0"])
    }

    // MARK: - The record as it was

    private static let asOf = AsOf("2026-01-15T09:30:00Z")
    private static let code = CodeableConcept(codings: [Coding(system: .rxNorm, code: "5640")], text: "ibuprofen")

    private static func medicine(_ id: String, _ use: Medication.Use, from day: String?, to end: String? = nil) -> Medication {
        Medication(
            reference: ResourceReference(type: "MedicationRequest", id: id), source: .request, use: use,
            code: id.hasPrefix("i") ? code : CodeableConcept(text: id), authored: day.flatMap { PartialDate($0) }, ended: end.flatMap { PartialDate($0) })
    }

    /// The records of the day on which ibuprofen was last ordered, 2025-12-01.
    private func records(_ change: (inout Snapshot) -> Void) throws -> [Snapshot] {
        let asOf = try #require(Self.asOf)
        var snapshot = Snapshot(
            orders: [Self.medicine("i-draft", .drafted, from: nil)], medications: [Self.medicine("i-last", .current, from: "2025-12-01")])
        change(&snapshot)
        let renewal = try #require(Renewal(of: snapshot.orders.map(\.reference), in: snapshot, asOf: asOf) { _ in [1] })
        #expect(renewal.then.description == "2025-12-01T12:00:00Z")
        return renewal.records(of: snapshot)
    }

    @Test("the order of that day is the order, and neither stands beside itself")
    func ordersThen() throws {
        let records = try records { _ in }
        #expect(records.map { $0.orders.map(\.reference.id) } == [["i-last"]])
        #expect(records.map(\.medications.isEmpty) == [true])
    }

    @Test("a protecting drug that ended since was taken then; of one that nobody knows when it ended, both are looked at")
    func endedSince() throws {
        let ended = { (end: String?) in
            try self.records { $0.medications.append(Self.medicine("o", .ended, from: "2025-01-01", to: end)) }.map { $0.medications.map(\.use) }
        }
        #expect(try ended("2025-11-30") == [[.ended]])
        #expect(try ended("2025-12-01") == [[.current]])
        #expect(try ended("2026-01-10") == [[.current]])
        #expect(try ended(nil) == [[.ended], [.current]])
    }

    @Test("results, problems and allergies count where they came on an earlier day", arguments: [
        ("2025-11-30", true), ("2025-12-01", false), ("2025-12-02", false), ("2025-12", false), ("2025-11", true),
    ])
    func evidence(day: String, stood: Bool) throws {
        let date = try #require(PartialDate(day))
        let reference = ResourceReference(type: "Any", id: "x"), concept = CodeableConcept(text: "x")
        let past = try #require(try records { snapshot in
            snapshot.observations = [Observation(reference: reference, code: concept, effective: Period(date))]
            snapshot.conditions = [Condition(reference: reference, standing: .active, code: concept, recorded: date)]
            snapshot.allergies = [AllergyIntolerance(reference: reference, standing: .active, code: concept, recorded: date)]
            snapshot.procedures = [Procedure(reference: reference, code: concept, performed: Period(date))]
            snapshot.immunizations = [Immunization(reference: reference, vaccine: concept, occurred: date)]
        }.first)
        #expect([past.observations.count, past.conditions.count, past.allergies.count, past.procedures.count, past.immunizations.count]
            == Array(repeating: stood ? 1 : 0, count: 5))
    }

    @Test("a problem that was resolved since was there then; what has no date counts for nothing")
    func problems() throws {
        let problem = { (standing: Condition.Standing, recorded: String?, abated: String?) in
            try self.records {
                $0.conditions = [
                    Condition(
                        reference: ResourceReference(type: "Condition", id: "c"), standing: standing, code: CodeableConcept(text: "c"),
                        abated: abated.flatMap { PartialDate($0) }, recorded: recorded.flatMap { PartialDate($0) })
                ]
            }.map { $0.conditions.map(\.standing) }
        }
        #expect(try problem(.past, "2020-01-01", "2025-12-24") == [[.active]])
        #expect(try problem(.past, "2020-01-01", "2021-01-01") == [[.past]])
        #expect(try problem(.past, "2020-01-01", nil) == [[.past], [.active]])
        #expect(try problem(.active, nil, nil) == [[]])
    }

    @Test("a stay in hospital that has ended since went on then")
    func encounters() throws {
        let stay = Encounter(
            reference: ResourceReference(type: "Encounter", id: "e"), status: "finished",
            period: Period(start: PartialDate("2025-11-28"), end: PartialDate("2025-12-03")))
        #expect(try records { $0.encounters = [stay] }.map { $0.encounters.map(\.status) } == [["in-progress"]])
    }
}
