import Clinical
import Intake
import Testing

/// Drafts that end or hold what is on record, and what is not yet, or no longer, taken.
@Suite struct ChangedOrdersTests {
    /// A draft beside the record, in either order.
    private func both(_ draft: String, _ listed: String) throws -> [Reading] {
        try [true, false].map { isFirst in
            var reader = FHIRReader(asOf: try instant(), patientID: patientID)
            if isFirst { reader.readDrafts(try json(bundle([draft]))) }
            reader.readSection(.medications, try json(bundle([listed])))
            if !isFirst { reader.readDrafts(try json(bundle([draft]))) }
            let (snapshot, notes) = reader.finish()
            return Reading(snapshot: snapshot, notes: notes)
        }
    }

    @Test(arguments: ["stopped", "completed", "cancelled"])
    func aDraftThatEndsTheListedOrderWins(status: String) throws {
        for reading in try both(medicationRequest(status: status), medicationRequest()) {
            #expect(reading.snapshot.orders.isEmpty)
            #expect(reading.snapshot.medications.map(\.use) == [.ended])
            #expect(reading.snapshot.medications.first?.ended?.description == "2026-06-30")
            #expect(reading.notes(on: "MedicationRequest.status").map(\.why) == ["a draft that ends an order on record; not checked as an order"])
        }
    }

    @Test func aDraftThatHoldsTheListedOrderWins() throws {
        for reading in try both(medicationRequest(status: "on-hold"), medicationRequest()) {
            #expect(reading.snapshot.orders.isEmpty && reading.snapshot.medications.map(\.use) == [.onHold])
        }
    }

    @Test func aDraftThatWasEnteredInErrorTakesTheListedOrderAway() throws {
        for reading in try both(medicationRequest(status: "entered-in-error"), medicationRequest()) {
            #expect(reading.snapshot.orders.isEmpty && reading.snapshot.medications.isEmpty)
            #expect(reading.notes(on: "MedicationRequest").contains { $0.why.hasPrefix("entered in error") })
        }
    }

    @Test func aDraftThatChangesTheListedOrderIsTheOrder() throws {
        for status in ["draft", "active"] {
            for reading in try both(medicationRequest(status: status), medicationRequest()) {
                #expect(reading.snapshot.orders.count == 1 && reading.snapshot.medications.isEmpty)
            }
        }
    }

    @Test func aStopUnderAnIdOfItsOwnEndsItsPriorPrescription() throws {
        let stop = medicationRequest(id: "2", status: "stopped", #""priorPrescription": {"reference": "MedicationRequest/1"}"#)
        for reading in try both(stop, medicationRequest()) {
            #expect(reading.snapshot.orders.isEmpty)
            #expect(reading.snapshot.medications.map(\.reference.id) == ["1"] && reading.snapshot.medications.map(\.use) == [.ended])
        }
        // What is not on record cannot be ended: the draft is checked as any draft is.
        for reading in try both(stop, medicationRequest(id: "3")) {
            #expect(reading.snapshot.orders.map(\.reference.id) == ["2"] && reading.snapshot.medications.map(\.use) == [.current])
        }
    }

    // MARK: Given, prepared, planned

    private func administration(_ time: String, asOf: String = "2026-06-30T12:00:00Z") throws -> Medication? {
        try read(resource("MedicationAdministration", #""status": "completed", \#(warfarin), \#(time)"#), asOf: asOf).snapshot.medications.first
    }

    @Test(arguments: [("2026-06-30T08:00:00Z", Medication.Use.current), ("2026-06-29T08:00:00Z", .current), ("2026-06-28T23:00:00Z", .ended)])
    func aDoseCountsOnItsDayAndTheNext(given: String, use: Medication.Use) throws {
        let found = try administration(#""effectiveDateTime": "\#(given)""#)
        #expect(found?.use == use && found?.ended == PartialDate(given))
    }

    @Test func aDoseAheadOfTimeIsNotTaken() throws {
        #expect(try administration(#""effectiveDateTime": "2026-07-02T08:00:00Z""#)?.use == .ended)
    }

    @Test(arguments: [("2026-06-25", Medication.Use.current), ("2026-03-01", .ended)])
    func whatIsBeingPreparedIsAboutToBeTaken(prepared: String, use: Medication.Use) throws {
        for status in ["preparation", "in-progress", "on-hold"] {
            let reading = try read(resource("MedicationDispense", #""status": "\#(status)", \#(warfarin), "whenPrepared": "\#(prepared)""#))
            #expect(reading.snapshot.medications.map(\.use) == [use])
        }
    }

    @Test func whatIsBeingPreparedWithoutADateIsSaid() throws {
        let reading = try read(resource("MedicationDispense", #""status": "preparation", \#(warfarin)"#))
        #expect(reading.snapshot.medications.map(\.use) == [.proposed])
        #expect(reading.notes(on: "MedicationDispense.status").count == 1)
    }

    @Test func whatIsIntendedIsSaid() throws {
        let reading = try read(resource("MedicationStatement", #""status": "intended", \#(warfarin)"#))
        #expect(reading.snapshot.medications.map(\.use) == [.proposed])
        #expect(reading.notes(on: "MedicationStatement.status").map(\.why) == ["planned, and may never be taken; not counted as taken"])
    }

    // MARK: Units in capitals

    @Test(arguments: [("MG/DL", "mg/dL"), ("MMOL/L", "mmol/L"), ("ML/MIN", "mL/min"), ("KG", "kg")])
    func aUnitInCapitalsIsReadAndSaid(code: String, unit: String) throws {
        for coded in [#""system": "http://unitsofmeasure.org", "code": "\#(code)""#, #""unit": "\#(code)""#] {
            let reading = try read(observation(#""valueQuantity": {"value": 1.2, \#(coded)}"#))
            guard case .quantity(let quantity) = reading.snapshot.observations.first?.value else {
                Issue.record("no quantity")
                continue
            }
            #expect(quantity.unit?.code == unit)
            #expect(reading.notes.contains { $0.why.contains("read as \(unit)") })
        }
    }

    @Test func aUnitInCapitalsThatIsAnotherUnitStaysIt() throws {
        let reading = try read(observation(#""valueQuantity": {"value": 5, "system": "http://unitsofmeasure.org", "code": "MG"}"#))
        guard case .quantity(let quantity) = reading.snapshot.observations.first?.value else {
            Issue.record("no quantity")
            return
        }
        #expect(quantity.unit?.isCommensurable(with: try Unit(ucum: "mg")) == false)
    }
}
