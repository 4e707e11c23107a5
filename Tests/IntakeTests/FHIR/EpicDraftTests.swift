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

    @Test func shapesOfSTU3() throws {
        let order = try #require(try orders().orders.last)
        #expect(order.category.first?.codings.first?.code == "outpatient")
        #expect(try order.dosages.first?.dose == .quantity(Quantity(5, Unit(ucum: "mg"))))
    }
}
