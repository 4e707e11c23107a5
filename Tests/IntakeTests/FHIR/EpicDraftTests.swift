import Clinical
import Intake
import Testing

/// Draft orders as Epic sends them, made up after its tutorial: long ids, sibling Medications without a full URL, many codings under
/// OIDs, three doses that are one, and parts in the shape of STU3.
@Suite struct EpicDraftTests {
    func orders() throws -> (orders: [Medication], notes: [IntakeNote]) {
        var reader = FHIRReader(asOf: try instant(), patientID: "eTestPatient.B")
        reader.readDrafts(try json(epicDraftOrders))
        let (snapshot, notes) = reader.finish()
        return (snapshot.orders, notes)
    }

    @Test func row86_idsOfAnyLength() throws {
        #expect(try orders().orders.map(\.reference.id.count) == [194, 194])
    }

    @Test func row84_siblingMedication_allItsCodings() throws {
        let order = try #require(try orders().orders.first)
        #expect(order.unresolved == nil)
        #expect(order.code.codings.filter { $0.system == .rxNorm }.map(\.code) == ["2670", "997287", "315624"])
        #expect(order.code.text == "codeine 15 mg tablet" && order.form?.text == "tablet")
        #expect(order.ingredients.count == 1 && order.ingredients.first?.strength?.numerator.value == 15)
    }

    @Test func row84_missingMedication_isKnownByItsDisplayOnly() throws {
        let (orders, notes) = try orders()
        let order = try #require(orders.last)
        #expect(order.unresolved == "it refers to a Medication that was not sent")
        #expect(order.code == CodeableConcept(text: "WARFARIN 5 MG PO TABS"))
        #expect(!notes.contains { "\($0)".contains("WARFARIN") })
    }

    @Test func threeDoses_areTheOrderedOne() throws {
        let dosage = try #require(try orders().orders.first?.dosages.first)
        #expect(try dosage.dose == .quantity(Quantity(15, Unit(ucum: "mg"))))
        #expect(dosage.isAsNeeded && dosage.timing?.frequency == 1 && dosage.timing?.period == 4)
        #expect(dosage.route?.codings.count == 2)
    }

    /// As the drafts of HL7's PDDI-CDS guide for CDS Hooks 0.x: the resource in the entry itself, `context` for the encounter, no
    /// `authoredOn` but an extension of it.
    @Test func F16_anEntryThatIsItsResource() throws {
        let bundle = #"""
            {"resourceType": "Bundle", "entry": [{"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
              "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "197807"}]},
              "subject": {"reference": "Patient/p"}, "context": {"reference": "Encounter/e"},
              "_authoredOn": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/cqif-cqlExpression", "valueString": "Today()"}]},
              "dosageInstruction": [{"timing": {"repeat": {"frequency": 3, "period": 1.0, "periodUnit": "d"}}, "asNeededBoolean": false}]},
             {"response": {"status": "200 OK"}}]}
            """#
        var reader = FHIRReader(asOf: try instant(), patientID: "p")
        reader.readDrafts(try json(bundle))
        let (snapshot, notes) = reader.finish()
        let order = try #require(snapshot.orders.first)
        #expect(snapshot.orders.count == 1 && order.reference.id == "m" && order.use == .drafted)
        #expect(order.code.codings.map(\.code) == ["197807"] && order.dosages.first?.timing?.frequency == 3)
        #expect(notes.map(\.why) == ["the resource stands in the entry itself; read all the same", "holds no resource; passed over"])
    }

    @Test func anAdministrationWithoutADate_isSaid() throws {
        let given = #"""
            {"resourceType": "MedicationAdministration", "id": "a", "status": "completed", "subject": {"reference": "Patient/p"},
             "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "855295"}]},
             "effectivePeriod": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/cqif-cqlExpression", "valueString": "Today()"}]}}
            """#
        var reader = FHIRReader(asOf: try instant(), patientID: "p")
        reader.readSection(.medications, try json(given))
        let (snapshot, notes) = reader.finish()
        #expect(snapshot.medications.map(\.use) == [.ended])
        #expect(notes.map(\.why) == ["when it was given is not recorded; not counted as taken"])
    }

    @Test func shapesOfSTU3() throws {
        let order = try #require(try orders().orders.last)
        #expect(order.category.first?.codings.first?.code == "outpatient")
        #expect(try order.dosages.first?.dose == .quantity(Quantity(5, Unit(ucum: "mg"))))
    }
}
