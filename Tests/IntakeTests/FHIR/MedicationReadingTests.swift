import Clinical
import Intake
import Testing

@Suite struct MedicationReadingTests {
    func medication(_ resource: String, asOf: String = "2026-06-30") throws -> Medication? {
        try read(resource, asOf: asOf).snapshot.medications.first
    }

    @Test(arguments: ["MedicationRequest", "MedicationStatement", "MedicationDispense", "MedicationAdministration", "Observation", "Procedure", "Immunization", "Encounter", "ServiceRequest"])
    func D1_enteredInError_isLeftOutAndNoted(type: String) throws {
        let reading = try read(resource(type, #""status": "entered-in-error", "intent": "order", \#(warfarin)"#))
        let snapshot = reading.snapshot
        #expect(snapshot.medications.isEmpty && snapshot.observations.isEmpty && snapshot.procedures.isEmpty)
        #expect(snapshot.immunizations.isEmpty && snapshot.encounters.isEmpty && snapshot.serviceRequests.isEmpty)
        #expect(reading.notes(on: type).count == 1)
    }

    @Test func D7_doNotPerform_isAProhibition() throws {
        #expect(try medication(medicationRequest(#""doNotPerform": true"#))?.use == .prohibited)
        #expect(try medication(medicationRequest(#""doNotPerform": false"#))?.use == .current)
    }

    @Test(arguments: ["proposal", "plan", "option"])
    func D8_plansAreNotTaken(intent: String) throws {
        #expect(try medication(medicationRequest(intent: intent))?.use == .proposed)
    }

    @Test(arguments: ["order", "original-order", "reflex-order", "filler-order", "instance-order"])
    func D8_ordersAreTaken(intent: String) throws {
        #expect(try medication(medicationRequest(intent: intent))?.use == .current)
    }

    @Test(arguments: [
        ("active", Medication.Use.current), ("on-hold", .onHold), ("stopped", .ended), ("completed", .ended), ("draft", .proposed),
        ("unknown", .proposed), ("Active", .current),
    ])
    func D9_statuses(status: String, use: Medication.Use) throws {
        #expect(try medication(medicationRequest(status: status))?.use == use)
    }

    @Test func D9_cancelled_wasNeverTaken() throws {
        let reading = try read(medicationRequest(status: "cancelled"))
        #expect(reading.snapshot.medications.isEmpty && reading.notes(on: "MedicationRequest").count == 1)
    }

    @Test(arguments: ["draft", "active", "cancelled", "entered-in-error", "unknown"])
    func D10_draftOrdersAreChecked_whateverTheirStatus(status: String) throws {
        let reading = try read(drafts: medicationRequest(status: status, intent: "plan"))
        #expect(reading.snapshot.orders.map(\.use) == [.drafted])
        #expect(reading.snapshot.medications.isEmpty)
        #expect(reading.snapshot.supply(of: .medications) == .notSupplied)
    }

    @Test func D10_aDraftThatSomethingNotBeGiven_isNoOrder() throws {
        let reading = try read(drafts: medicationRequest(#""doNotPerform": true"#))
        #expect(reading.snapshot.orders.isEmpty && reading.snapshot.medications.map(\.use) == [.prohibited])
    }

    @Test func D11_priorPrescription() throws {
        let reading = try read(drafts: medicationRequest(#""priorPrescription": {"reference": "https://ehr.example/r4/MedicationRequest/9"}"#))
        #expect(reading.snapshot.orders.first?.replaces == ResourceReference(type: "MedicationRequest", id: "9"))
    }

    @Test func D12_activeButOver_hasEnded() throws {
        let bounds = #""dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2024-01-01", "end": "2024-02-01"}}}}]"#
        let bounded = try #require(try medication(medicationRequest(bounds)))
        #expect(bounded.use == .ended)
        #expect(try bounded.ended == date("2024-02-01") && bounded.started == date("2024-01-01"))
        let valid = try #require(try medication(medicationRequest(#""dispenseRequest": {"validityPeriod": {"end": "2024-02-01"}}"#)))
        #expect(try valid.use == .ended && valid.ended == date("2024-02-01"))
    }

    @Test(arguments: [("2026-06-29", Medication.Use.ended), ("2026-06-30", .current), ("2026-07-01", .current), ("2026", .current)])
    func D12_atTheEdge(end: String, use: Medication.Use) throws {
        let found = try medication(medicationRequest(#""dispenseRequest": {"validityPeriod": {"end": "\#(end)"}}"#))
        #expect(try found?.use == use && found?.ended == date(end))
    }

    @Test func D12_oneStepWithoutEnd_goesOn() throws {
        let steps = #""dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"end": "2024-02-01"}}}}, {"text": "then daily"}]"#
        #expect(try medication(medicationRequest(steps))?.use == .current)
    }

    @Test func stopped_withOnlyAnAuthoredDate_endIsNotKnown() throws {
        let found = try #require(try medication(medicationRequest(status: "stopped", #""authoredOn": "2026-05-01""#)))
        #expect(try found.use == .ended && found.ended == nil && found.authored == date("2026-05-01"))
    }

    @Test func stopped_beforeItsPlannedEnd_endIsNotKnown() throws {
        let found = try medication(medicationRequest(status: "stopped", #""dispenseRequest": {"validityPeriod": {"end": "2026-12-01"}}"#))
        #expect(found?.use == .ended && found?.ended == nil)
    }

    @Test func D13_reportedByThePatient() throws {
        #expect(try medication(medicationRequest(#""reportedBoolean": true"#))?.isReported == true)
        #expect(try medication(medicationRequest(#""reportedReference": {"reference": "Patient/p"}"#))?.isReported == true)
        #expect(try medication(medicationRequest())?.isReported == false)
    }

    @Test(arguments: [
        ("active", Medication.Use.current), ("completed", .ended), ("intended", .proposed), ("stopped", .ended), ("on-hold", .onHold),
        ("unknown", .proposed), ("not-taken", .prohibited),
    ])
    func D14_statements(status: String, use: Medication.Use) throws {
        #expect(try medication(resource("MedicationStatement", #""status": "\#(status)", \#(warfarin)"#))?.use == use)
    }

    @Test func D14_statementPeriods() throws {
        let over = try medication(resource("MedicationStatement", #""status": "active", \#(warfarin), "effectivePeriod": {"start": "2025", "end": "2025-11"}"#))
        #expect(try over?.use == .ended && over?.ended == date("2025-11"))
        // Taken on a day of last year, and still active.
        let still = try medication(resource("MedicationStatement", #""status": "active", \#(warfarin), "effectiveDateTime": "2025-11-02""#))
        #expect(try still?.use == .current && still?.started == date("2025-11-02"))
    }

    @Test func F16_statementOfSTU3_taken() throws {
        #expect(try medication(resource("MedicationStatement", #""status": "active", "taken": "n", \#(warfarin)"#))?.use == .prohibited)
        #expect(try medication(resource("MedicationStatement", #""status": "active", "taken": "y", \#(warfarin)"#))?.use == .current)
    }

    @Test(arguments: [("2026-06-01", Medication.Use.current), ("2026-05-31", .current), ("2026-05-30", .ended)])
    func dispense_lastsAsLongAsItsSupply(handedOver: String, use: Medication.Use) throws {
        let dispense = resource("MedicationDispense", #""status": "completed", \#(warfarin), "whenHandedOver": "\#(handedOver)", "daysSupply": {"value": 30}"#)
        let found = try #require(try medication(dispense))
        #expect(found.use == use && found.ended?.date(in: .utc) == CivilDate(handedOver)?.adding(days: 30))
        #expect(try found.started == date(handedOver) && found.source == .dispense)
    }

    @Test func dispense_withoutSupply_isPresumedAndNoted() throws {
        let reading = try read(resource("MedicationDispense", #""status": "completed", \#(warfarin), "whenHandedOver": "2026-04-20""#))
        #expect(reading.snapshot.medications.first?.use == .current)
        #expect(reading.notes(on: "MedicationDispense.daysSupply").count == 1)
    }

    @Test(arguments: [("completed", Medication.Use.ended), ("in-progress", .current), ("not-done", .prohibited), ("stopped", .ended)])
    func administrations(status: String, use: Medication.Use) throws {
        let found = try medication(resource("MedicationAdministration", #""status": "\#(status)", \#(warfarin), "effectiveDateTime": "2026-06-01T08:00:00Z""#))
        #expect(found?.use == use)
        #expect(try found?.ended == (use == .ended ? date("2026-06-01T08:00:00Z") : nil))
    }

    @Test func reasonsByReference_areThoseThatCame() throws {
        let request = medicationRequest(#""reasonReference": [{"reference": "Condition/1"}, {"reference": "Condition/2"}]"#)
        let reading = try read(request, condition(clinical("active")))
        #expect(reading.snapshot.medications.first?.reasons.map { $0.codings.first?.code } == ["44054006"])
    }

    @Test(arguments: [("2026-06-01", Medication.Use.ended), ("2026-06-25", .current)])
    func aCourseWhoseLengthIsStatedEnds(started: String, use: Medication.Use) throws {
        let course = #""dosageInstruction": [{"timing": {"repeat": {"boundsDuration": {"value": 10, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}}}}]"#
        #expect(try medication(medicationRequest(#""authoredOn": "\#(started)", \#(course)"#))?.use == use)
        let refilled = #""authoredOn": "\#(started)", \#(course), "dispenseRequest": {"numberOfRepeatsAllowed": 3}"#
        #expect(try medication(medicationRequest(refilled))?.use == .current)
    }

    @Test func whoSaysThatItIsTakenIsKept() throws {
        let request = medicationRequest(#""requester": {"reference": "Practitioner/1", "display": "Dr. Ames"}"#)
        #expect(try medication(request)?.author == "Dr. Ames")
        let dispense = resource("MedicationDispense", #""status": "completed", \#(warfarin), "performer": [{"actor": {"display": "Main Street Pharmacy"}}]"#)
        #expect(try medication(dispense)?.author == "Main Street Pharmacy")
        let statement = resource("MedicationStatement", #""status": "active", \#(warfarin), "informationSource": {"display": "the patient"}"#)
        #expect(try medication(statement)?.author == "the patient")
    }
}
