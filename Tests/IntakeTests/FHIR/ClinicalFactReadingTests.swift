import Clinical
import Intake
import Testing

@Suite struct ClinicalFactReadingTests {
    func standing(_ members: String) throws -> Clinical.Condition.Standing? {
        try read(condition(members)).snapshot.conditions.first?.standing
    }

    @Test(arguments: ["final", "amended", "corrected", "preliminary", "registered", "cancelled", "unknown"])
    func D2_observationStatusIsKept(status: String) throws {
        #expect(try read(observation(status: status, #""valueInteger": 1"#)).snapshot.observations.map(\.status) == [status])
    }

    @Test(arguments: [
        ("active", Clinical.Condition.Standing.active), ("recurrence", .active), ("relapse", .active), ("resolved", .past),
        ("inactive", .past), ("remission", .past),
    ])
    func D3_clinicalStatus(status: String, expected: Clinical.Condition.Standing) throws {
        #expect(try standing(clinical(status)) == expected)
    }

    @Test(arguments: [
        ("refuted", Clinical.Condition.Standing.refuted), ("entered-in-error", .refuted), ("differential", .uncertain),
        ("provisional", .uncertain), ("unconfirmed", .uncertain), ("confirmed", .active),
    ])
    func D4_verificationStatus(status: String, expected: Clinical.Condition.Standing) throws {
        #expect(try standing("\(clinical("active")), \(verified(status))") == expected)
    }

    @Test func D5_encounterDiagnosisWithoutClinicalStatus() throws {
        let category = { (code: String) in #"{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "\#(code)"}]}"# }
        let found = try #require(try read(condition(#""category": [\#(category("encounter-diagnosis"))]"#)).snapshot.conditions.first)
        #expect(found.isEncounterDiagnosis && found.standing == .active)
        let both = #""category": [\#(category("encounter-diagnosis")), \#(category("problem-list-item"))]"#
        #expect(try read(condition(both)).snapshot.conditions.first?.isEncounterDiagnosis == false)
        // STU3: one object in place of the array.
        let single = #""category": \#(category("encounter-diagnosis"))"#
        #expect(try read(condition(single)).snapshot.conditions.first?.isEncounterDiagnosis == true)
    }

    @Test func D6_abatement() throws {
        #expect(try standing(#""abatementDateTime": "2025-01-01""#) == .past)
        #expect(try standing(#""abatementDateTime": "2027-01-01""#) == .active)
        #expect(try standing(#""abatementString": "last year""#) == .past)
        #expect(try standing(#""abatementBoolean": false"#) == .active)
        #expect(try standing(#"\#(clinical("active")), "abatementDateTime": "2025-01-01""#) == .past)
    }

    @Test func F16_conditionOfSTU3_statusesAsCodes() throws {
        #expect(try standing(#""clinicalStatus": "resolved", "verificationStatus": "confirmed""#) == .past)
        #expect(try standing(#""clinicalStatus": "active", "verificationStatus": "refuted""#) == .refuted)
    }

    @Test(arguments: [("completed", true), ("not-done", false), ("preparation", false), ("in-progress", false), ("stopped", false)])
    func D16_proceduresAndImmunizations(status: String, counts: Bool) throws {
        #expect(try read(resource("Procedure", #""status": "\#(status)""#)).snapshot.procedures.map(\.isDone) == [counts])
        #expect(try read(resource("Immunization", #""status": "\#(status)""#)).snapshot.immunizations.map(\.isValidDose) == [counts])
    }

    @Test func D17_subpotentDose() throws {
        #expect(try read(resource("Immunization", #""status": "completed", "isSubpotent": true"#)).snapshot.immunizations.map(\.isValidDose) == [false])
    }

    @Test(arguments: [("active", "order", true), ("active", "plan", false), ("completed", "order", false), ("draft", "order", false)])
    func D18_serviceRequestsOnRecord(status: String, intent: String, isActive: Bool) throws {
        let reading = try read(resource("ServiceRequest", #""status": "\#(status)", "intent": "\#(intent)", "code": {"text": "x"}"#))
        #expect(reading.snapshot.serviceRequests.map(\.isActive) == [isActive])
        #expect(reading.snapshot.serviceRequests.map(\.isDraft) == [false])
    }

    @Test func D18_draftServiceRequest() throws {
        let reading = try read(drafts: resource("ServiceRequest", #""status": "draft", "intent": "order", "code": {"text": "x"}"#))
        #expect(reading.snapshot.serviceRequests.map(\.isDraft) == [true])
        #expect(reading.snapshot.supply(of: .serviceRequests) == .notSupplied)
    }

    @Test(arguments: [#""modifierExtension": [{"url": "urn:x", "valueBoolean": true}]"#, #""implicitRules": "urn:x""#])
    func D22_D23_unknownModifiers_noEvidence_andTheSectionIsNotComplete(member: String) throws {
        let reading = try read(medicationRequest(member), condition(#"\#(clinical("active")), \#(member)"#))
        #expect(reading.snapshot.medications.isEmpty && reading.snapshot.conditions.isEmpty)
        #expect(reading.notes.count == 2)
        for section in [RecordSection.medications, .conditions] {
            guard case .partial = reading.snapshot.supply(of: section) else {
                Issue.record("\(section) counts as complete")
                continue
            }
        }
        #expect(reading.snapshot.supply(of: .observations) == .complete)
    }

    @Test func D22_draftWithUnknownModifier_isShownAsUnchecked() throws {
        let reading = try read(drafts: medicationRequest(#""modifierExtension": [{"url": "urn:x"}]"#))
        let order = try #require(reading.snapshot.orders.first)
        #expect(order.code.isUncoded && order.unresolved != nil)
    }

    @Test("a draft for another patient is shown, as one that could not be checked")
    func draftForAnotherPatient() throws {
        let draft = medicationRequest().replacing(subject, with: #""subject": {"reference": "Patient/another"}"#)
        let order = try #require(try read(drafts: draft).snapshot.orders.first)
        #expect(order.code.isUncoded && order.unresolved?.contains("another patient") == true)
    }

    @Test func D24_summaries_makeTheSectionPartial() throws {
        let tag = #""meta": {"tag": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}]}"#
        let reading = try read(condition("\(clinical("active")), \(tag)"))
        #expect(reading.snapshot.conditions.count == 1)
        #expect(reading.snapshot.supply(of: .conditions) == .partial(why: "summaries came in place of whole entries"))
    }

    @Test func encounters() throws {
        let members = """
            "status": "in-progress", "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
            "type": [{"coding": [{"system": "http://snomed.info/sct", "code": "183452005"}]}], "period": {"start": "2026-06-29"},
            "location": [{"location": {"reference": "Location/icu"}}]
            """
        let place = #"{"resourceType": "Location", "id": "icu", "type": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "ICU"}]}]}"#
        let found = try #require(try read(resource("Encounter", members), place).snapshot.encounters.first)
        #expect(found.codes.compactMap { $0.codings.first?.code } == ["IMP", "183452005"])
        #expect(found.settings.compactMap { $0.codings.first?.code } == ["ICU"])
        #expect(found.status == "in-progress" && found.period?.end == nil)
    }
}
