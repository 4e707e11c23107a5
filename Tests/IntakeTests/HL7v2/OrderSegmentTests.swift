import Clinical
import Documents
import Intake
import Testing

/// ORC, RXO, RXE, RXR, RXC, RXD, RXA, TQ1.
@Suite struct HL7v2OrderTests {
    private let warfarin = "855332^Warfarin Sodium 5 MG Oral Tablet^RXNORM"

    // MARK: How an order stands

    @Test("table 0119: who asks for an order drafts it", arguments: [
        ("RDE^O11", "NW", "draft"), ("ORM^O01", "XO", "draft"), ("OMP^O09", "RO", "draft"), ("RDE^O11", "DC", "stopped"), ("RDE^O11", "CA", "stopped"),
        ("RDE^O11", "HD", "on-hold"), ("RDE^O11", "OK", "active"), ("RDE^O11", "UA", "cancelled"), ("RDE^O11", "RP", "stopped"), ("RDS^O13", "NW", "active"),
    ])
    func standings(type: String, control: String, status: String) throws {
        let record = try Message.record(type, "ORC|\(control)|77^P|||||||20260601", "RXE||\(warfarin)|5||mg")
        #expect(try record.first("MedicationRequest")["status"]?.string == status)
        #expect(record.drafts.count == (status == "draft" ? 1 : 0) && record.notes.isEmpty)
        #expect((record.supplied[.medications] == nil) == (status == "draft"))
    }

    @Test func controlCodesThatAreNone_areNoted_andTheOrderIsChecked() throws {
        for control in ["", "QQ"] {
            let record = try Message.record("RDE^O11", "ORC|\(control)|77", "RXE||\(warfarin)|5||mg")
            #expect(record.drafts.count == 1 && record.notes.map(\.what) == ["ORC-1"])
        }
        let bare = try Message.record("RDE^O11", "RXE||\(warfarin)|5||mg")
        #expect(bare.drafts.count == 1 && bare.notes.count == 1)
    }

    @Test func stopped_endsWhenItSays() throws {
        let snapshot = try Message.snapshot("RDE^O11", "ORC|DC|77|||||||20260603||||||20260602", "RXE|^BID^^20260101|\(warfarin)|5||mg")
        let medication = try #require(snapshot.medications.first)
        #expect(medication.use == .ended && medication.ended == PartialDate("2026-06-02") && snapshot.orders.isEmpty)
    }

    // MARK: The draft

    @Test func draft() throws {
        let snapshot = try Message.snapshot(
            "RDE^O11", "ORC|NW|77^P|||||||202606291030", "TQ1|1||BID|||5^d&day&UCUM|20260701|||", "RXE||\(warfarin)|5|10|mg^mg^UCUM|TAB|^With food||||||3",
            "RXR|PO")
        let order = try #require(snapshot.orders.first)
        #expect(order.reference == ResourceReference(type: "MedicationRequest", id: "77") && order.use == .drafted)
        #expect(order.authored == PartialDate("2026-06-29T10:30:00-05:00"))
        let dosage = try #require(order.dosages.first)
        let unit = try Unit(ucum: "mg")
        #expect(dosage.dose == .range(low: Quantity(5, unit), high: Quantity(10, unit)))
        #expect(dosage.timing?.frequency == 2 && dosage.timing?.periodUnit == .day && dosage.timing?.boundsDays == 5...5 && dosage.hasText)
        #expect(dosage.route?.codings.first?.display == "Oral")
        #expect(snapshot.supply(of: .medications) == .notSupplied)
    }

    @Test func olderTimings() throws {
        let record = try Message.record(
            "ORM^O01", "ORC|NW|77|||||1^Q6H&0600^D10^20260701^^PRN^^as told~1^QHS^^20260701", "RXO|\(warfarin)|5||mg")
        let request = try record.first("MedicationRequest")
        #expect(request.at("dosageInstruction.0.timing.repeat.period") == .number("6") && request.at("dosageInstruction.0.asNeededBoolean") == true)
        #expect(request.at("dosageInstruction.0.timing.repeat.boundsDuration.code")?.string == "d")
        #expect(request.at("dosageInstruction.1.timing.repeat.boundsPeriod.start")?.string == "2026-07-01")
        #expect(request.at("dosageInstruction.0.sequence") == request.at("dosageInstruction.1.sequence"))
    }

    @Test func steps_followEachOther() throws {
        let record = try Message.record(
            "OMP^O09", "ORC|NW|77", "TQ1|1||BID||||20260701|20260703||||S", "TQ1|2||QD||||20260704", "RXO|\(warfarin)|5||mg")
        let request = try record.first("MedicationRequest")
        #expect(request.at("dosageInstruction.0.sequence") == .number("1") && request.at("dosageInstruction.1.sequence") == .number("2"))
    }

    @Test func whatIsNotUnderstood_isNotGuessed() throws {
        let record = try Message.record("OMP^O09", "ORC|NW|77", "TQ1|1|2|QSHIFT|||3^M", "RXO|\(warfarin)|some||mg", "RXR|PO", "RXR|IV")
        #expect(record.notes.map(\.what) == ["RXO-2", "RXR-1", "TQ1-6", "TQ1-2", "TQ1-3"])
        let dosage = try #require(record.first("MedicationRequest").at("dosageInstruction.0"))
        #expect(dosage.at("timing.repeat") == nil && dosage["route"] == nil && dosage["doseAndRate"] == nil)
    }

    // MARK: Which drug

    @Test func wordsAndLocalCodes_resolveToNothing_andAreSaid() throws {
        let words = try Message.record("RDE^O11", "ORC|NW|1", "RXE||^warfarin 5 mg|5||mg")
        #expect(try words.first("MedicationRequest")["medicationCodeableConcept"] == ["text": "warfarin 5 mg"])
        let local = try Message.record("RDE^O11", "ORC|NW|1", "RXE||W5^warfarin 5 mg^L|5||mg")
        #expect(local.notes(on: "RXE-2").count == 1)
        let none = try Message.snapshot("RDE^O11", "ORC|NW|1", "RXE|||5||mg")
        #expect(none.orders.first?.unresolved != nil)
    }

    @Test func theSameDrugToldTwice_isOneOrder() throws {
        let record = try Message.record("RDE^O11", "ORC|NW|1", "RXO|\(warfarin)|5||mg", "RXR|PO", "RXE||\(warfarin)|5||mg")
        #expect(record.drafts.count == 1)
        #expect(try record.first("MedicationRequest").at("dosageInstruction.0.route.text")?.string == "PO")
    }

    @Test func anotherDrugThanWasAskedFor_isCheckedToo_unlessSubstituted() throws {
        let other = "5640^Ibuprofen^RXNORM"
        #expect(try Message.record("RDE^O11", "ORC|NW|1", "RXO|\(other)|5||mg", "RXE||\(warfarin)|5||mg").drafts.count == 2)
        let substituted = try Message.record("RDE^O11", "ORC|NW|1", "RXO|\(other)|5||mg", "RXE||\(warfarin)|5||mg||||T")
        #expect(substituted.drafts.count == 1 && substituted.notes.map(\.what) == ["RXO-1"])
    }

    @Test func mixtures() throws {
        let made = try Message.snapshot(
            "RDE^O11", "ORC|NW|1", "RXE||^Custom bag|1||bag", "RXC|B|4850^Dextrose^RXNORM|1000|mL", "RXC|A|8591^Potassium chloride^RXNORM|20|meq")
        #expect(made.orders.count == 1 && made.orders.first?.ingredients.compactMap { $0.code.codings.first?.code } == ["4850", "8591"])
        let coded = try Message.record("RDE^O11", "ORC|NW|1", "RXE||\(warfarin)|1||tab", "RXC|A|\(warfarin)|1|tab", "RXC|A|8591^Potassium chloride^RXNORM|20|meq")
        #expect(coded.drafts.count == 2 && coded.notes.map(\.what) == ["RXC-2"])
        #expect(coded.drafts[1].at("dosageInstruction.0.doseAndRate.0.doseQuantity.value") == .number("20"))
    }

    @Test func severalOrders_haveIdsOfTheirOwn() throws {
        let record = try Message.record(
            "RDE^O11", "ORC|NW|1", "RXE||\(warfarin)|5||mg", "ORC|NW|1", "RXE||5640^Ibuprofen^RXNORM|5||mg", "ORC|NW", "RXE||161^Acetaminophen^RXNORM|1||g")
        #expect(Set(record.drafts.compactMap { $0["id"]?.string }).count == 3)
    }

    // MARK: What came of orders

    @Test func dispensed() throws {
        let snapshot = try Message.snapshot(
            "RDS^O13", "ORC|RE|77", "RXE|^TID|\(warfarin)|5||mg", "RXD|1|\(warfarin)|20260620|30|tab|TAB|RX1")
        let dispense = try #require(snapshot.medications.first { $0.source == .dispense })
        #expect(dispense.use == .current && dispense.started == PartialDate("2026-06-20") && dispense.dosages.first?.timing?.frequency == 3)
        #expect(snapshot.medications.count == 2 && snapshot.orders.isEmpty)
    }

    @Test func administered() throws {
        let record = try Message.record(
            "RAS^O17", "ORC|RE|77", "RXA|0|1|202606291000|202606291030|\(warfarin)|5|mg^mg^UCUM|||||||||||||CP", "RXR|IV",
            "RXA|0|2|20260629|20260629|\(warfarin)|999|mg|||||||||||||RE")
        let given = record.resources("MedicationAdministration")
        #expect(given.map { $0["status"]?.string } == ["completed", "not-done"])
        #expect(given[0].at("dosage.dose.code")?.string == "mg" && given[0].at("effectivePeriod.end")?.string == "2026-06-29T10:30:00-05:00")
        #expect(given[1].at("dosage.dose") == nil)
    }

    @Test func vaccinated() throws {
        let rest = "|0.5|mL^^UCUM||01^Historical^NIP001||||||L1|||||"
        let record = try Message.record(
            "VXU^V04", "ORC|RE", "RXA|0|1|20240901||140^Influenza^CVX\(rest)CP", "RXA|0|1|20250901||140^Influenza^CVX\(rest)RE",
            "RXA|0|1|20260901||140^Influenza^CVX\(rest)PA", "RXA|0|1|20260901||998^No vaccine administered^CVX\(rest)NA", "RXA|0|1|20230901||140^Influenza^CVX\(rest)CP|D")
        let doses = record.resources("Immunization")
        #expect(doses.map { $0["status"]?.string } == ["completed", "not-done", "completed", "entered-in-error"])
        #expect(doses[0]["primarySource"] == false && doses[0]["lotNumber"]?.string == "L1" && doses[2]["isSubpotent"] == true)
        #expect(try record.snapshot(asOf: instant()).snapshot.immunizations.map(\.isValidDose) == [true, false, false])
    }

    @Test func testsOrdered() throws {
        let record = try Message.record("OML^O21", "ORC|NW|9", "OBR|1|9||24323-8^Panel^LN", "ORC|CA|10", "OBR|1|10||57698-3^Lipids^LN")
        #expect(record.resources("ServiceRequest").map { $0["status"]?.string } == ["draft", "revoked"])
        #expect(record.drafts.count == 1 && record.supplied[.serviceRequests] != nil)
    }
}
