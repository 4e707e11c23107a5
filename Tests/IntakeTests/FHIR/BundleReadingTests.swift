import Clinical
import Documents
import Intake
import Testing

@Suite struct BundleReadingTests {
    func supply(_ section: RecordSection, _ values: String...) throws -> Supply {
        try read(values.map { (section, $0) }).snapshot.supply(of: section)
    }

    let error = #"{"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout", "diagnostics": "Mrs Smith"}]}"#

    @Test func F11_oneOfTwoVersions() throws {
        let old = medicationRequest(status: "active", #""meta": {"versionId": "9"}"#)
        let new = medicationRequest(status: "stopped", #""meta": {"versionId": "10"}"#)
        for pair in [[old, new], [new, old]] {
            let reading = try read(bundle: bundle(pair))
            #expect(reading.snapshot.medications.map(\.use) == [.ended])
            #expect(reading.notes(on: "MedicationRequest").count == 1)
        }
        let earlier = medicationRequest(status: "active", #""meta": {"lastUpdated": "2026-01-01T00:00:00Z"}"#)
        let later = medicationRequest(status: "on-hold", #""meta": {"lastUpdated": "2026-01-01T00:00:00-05:00"}"#)
        #expect(try read(later, earlier).snapshot.medications.map(\.use) == [.onHold])
    }

    @Test func F11_aDraftThatIsOnRecordAsWell_isTheDraft() throws {
        for draftsFirst in [true, false] {
            var reader = FHIRReader(asOf: try instant(), patientID: patientID)
            if draftsFirst { reader.readDrafts(try json(bundle([medicationRequest(status: "draft")]))) }
            reader.readSection(.medications, try json(bundle([medicationRequest(status: "active")])))
            if !draftsFirst { reader.readDrafts(try json(bundle([medicationRequest(status: "draft")]))) }
            let snapshot = reader.finish().snapshot
            #expect(snapshot.orders.count == 1 && snapshot.medications.isEmpty)
        }
    }

    @Test func F12_remarkWithinABundle_isNoFailure() throws {
        let remark = #"{"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "processing"}]}"#
        let text = #"{"resourceType": "Bundle", "type": "searchset", "total": 0, "entry": [{"search": {"mode": "outcome"}, "resource": \#(remark)}]}"#
        #expect(try supply(.allergies, text) == .complete)
    }

    @Test func F12_errorWithinABundle() throws {
        #expect(try supply(.conditions, bundle([error])) == .failed(why: "the record system reported an error (timeout)"))
        #expect(try supply(.conditions, bundle([condition(clinical("active")), error])) == .partial(why: "the record system reported an error (timeout)"))
    }

    @Test func row61_outcomeInPlaceOfTheValue_hasFailed() throws {
        #expect(try supply(.conditions, error) == .failed(why: "the record system reported an error (timeout)"))
        let mild = error.replacing("error", with: "warning")
        #expect(try supply(.conditions, mild) == .failed(why: "the record system sent an outcome in place of data"))
    }

    @Test func F13_row62_null_isCompleteAndEmpty() throws {
        #expect(try supply(.allergies, "null") == .complete)
        #expect(try read([(.allergies, "null")]).snapshot.supply(of: .conditions) == .notSupplied)
    }

    @Test func F13_row64_pages_arePartial() throws {
        let paged = #"{"resourceType": "Bundle", "type": "searchset", "link": [{"relation": "self", "url": "a"}, {"relation": "next", "url": "b"}], "entry": []}"#
        #expect(try supply(.conditions, paged) == .partial(why: "only the first page came"))
        let short = #"{"resourceType": "Bundle", "type": "searchset", "total": 2, "entry": [{"resource": \#(condition(clinical("active")))}]}"#
        #expect(try supply(.conditions, short) == .partial(why: "only 1 of 2 came"))
        #expect(try supply(.conditions, short.replacing(#""total": 2"#, with: #""total": 1"#)) == .complete)
    }

    @Test func F13_includesDoNotCountTowardsTheTotal() throws {
        let text = """
            {"resourceType": "Bundle", "type": "searchset", "total": 2, "entry": [
            {"search": {"mode": "match"}, "resource": \(medicationRequest())},
            {"search": {"mode": "include"}, "resource": {"resourceType": "Medication", "id": "m"}}]}
            """
        #expect(try supply(.medications, text) == .partial(why: "only 1 of 2 came"))
    }

    @Test func severalValuesOfOneSection() throws {
        #expect(try supply(.medications, bundle([]), "null") == .complete)
        #expect(try supply(.medications, error, error) == .failed(why: "the record system reported an error (timeout)"))
        var reader = FHIRReader(asOf: try instant(), patientID: patientID)
        reader.readSection(.medications, try json(bundle([medicationRequest()])), of: "MedicationRequest")
        reader.readSection(.medications, try json(error), of: "MedicationStatement")
        let supply = reader.finish().snapshot.supply(of: .medications)
        #expect(supply == .partial(why: "MedicationStatement could not be read: the record system reported an error (timeout)"))
    }

    @Test func setSupply_overrides() throws {
        var reader = FHIRReader(asOf: try instant(), patientID: patientID)
        reader.readBundle(try json(bundle([condition(clinical("active"))])))
        reader.setSupply(.allergies, .notSupplied)
        let snapshot = reader.finish().snapshot
        #expect(snapshot.supply(of: .allergies) == .notSupplied && snapshot.supply(of: .conditions) == .complete)
    }

    @Test func row65_bareResourceAndCollection() throws {
        let patient = #"{"resourceType": "Patient", "id": "p"}"#
        #expect(try supply(.patient, patient) == .complete)
        #expect(try read([(.conditions, bundle([condition(clinical("active"))], type: "collection"))]).snapshot.conditions.count == 1)
        let alone = try read(bundle: condition(clinical("active"))).snapshot
        #expect(alone.supply(of: .conditions) == .complete && alone.supply(of: .allergies) == .notSupplied)
    }

    @Test func resourcesInTheWrongSection_areUsed_andNothingCountsAsComplete() throws {
        let snapshot = try read([(.medications, bundle([condition(clinical("active"))]))]).snapshot
        #expect(snapshot.conditions.count == 1)
        #expect(snapshot.supply(of: .medications) == .partial(why: "resources of another kind came in their place"))
        #expect(snapshot.supply(of: .conditions) == .partial(why: "only what came with other data is known"))
        let asked = try read([(.medications, bundle([condition(clinical("active"))])), (.conditions, bundle([]))]).snapshot
        #expect(asked.supply(of: .conditions) == .complete)
    }

    @Test func F15_nullsInArraysKeepNothing() throws {
        let reading = try read(resource("Condition", #""code": {"coding": [null, {"system": "urn:x", "code": "1"}]}, "_clinicalStatus": {"id": "a"}"#))
        #expect(reading.snapshot.conditions.map(\.code.codings.count) == [1] && reading.notes.isEmpty)
    }

    @Test(arguments: ["MedicationOrder", "ProcedureRequest", "MedicationUsage"])
    func F16_kindsOfOtherReleases_nameTheRelease(type: String) throws {
        let reading = try read(resource(type, #""status": "active""#))
        #expect(reading.notes(on: type).first?.why.contains("FHIR") == true)
        let section: RecordSection = type == "ProcedureRequest" ? .serviceRequests : .medications
        #expect(reading.snapshot.supply(of: section) != .complete)
    }

    @Test func F16_medicationAsR5HasIt() throws {
        let members = #""status": "active", "intent": "order", "medication": {"concept": {"coding": [{"system": "\#(rxnorm)", "code": "1"}]}}"#
        let reading = try read(resource("MedicationRequest", members))
        #expect(reading.snapshot.medications.first?.code.codings.first?.code == "1")
        #expect(reading.notes(on: "MedicationRequest.medication").count == 1)
    }

    @Test func F17_idsAreThoseOfOneSnapshot() throws {
        let first = try read(condition(clinical("active"))).snapshot.conditions
        let second = try read(condition(clinical("resolved"))).snapshot.conditions
        #expect(first.map(\.reference) == second.map(\.reference) && first != second)
    }

    @Test func row85_unknownKindsAreSkippedAndNoted() throws {
        let reading = try read(drafts: resource("NutritionOrder", #""status": "draft""#), medicationRequest())
        #expect(reading.snapshot.orders.count == 1)
        #expect(reading.notes.map(\.about) == [ResourceReference(type: "NutritionOrder", id: "1")])
        #expect(try read(#"{"resourceType": "Mr Smith was here", "id": "1"}"#).notes.map(\.what) == ["resource"])
    }

    @Test func resourcesWithoutAnID_areToldApart() throws {
        let text = medicationRequest().replacing(#""id": "1","#, with: "")
        let orders = try read(drafts: text, text).snapshot.orders
        #expect(orders.map(\.reference.id) == ["_1", "_2"])
    }

    @Test func resource_asSent() throws {
        var reader = FHIRReader(asOf: try instant(), patientID: patientID)
        reader.readDrafts(try json(bundle([medicationRequest(#""extra": 1.50"#)])))
        let node = try #require(reader.resource(ResourceReference(type: "MedicationRequest", id: "1")))
        #expect(node["extra"]?.number.map { String(decoding: $0, as: UTF8.self) } == "1.50")
        #expect(reader.resource(ResourceReference(type: "MedicationRequest", id: "2")) == nil)
    }

    @Test(arguments: ["7", #""text""#, "true", "{}", "[]", "[1, null, {}]", #"{"resourceType": "Bundle", "entry": 7}"#])
    func anyJSON_isNoTrap(text: String) throws {
        _ = try read([(.conditions, text)])
        _ = try read(bundle: text)
        var reader = FHIRReader(asOf: try instant())
        reader.readDrafts(try json(text))
        _ = reader.finish()
    }

    @Test func bundlesInBundles_areBounded() throws {
        var text = condition(clinical("active"))
        for _ in 0..<3 { text = bundle([text]) }
        #expect(try read(bundle: text).snapshot.conditions.count == 1)
        for _ in 0..<20 { text = bundle([text]) }
        let reading = try read(bundle: text)
        #expect(reading.snapshot.conditions.isEmpty && reading.snapshot.supply(of: .conditions) != .complete)
    }

    @Test func format_readsAndRecognizes() throws {
        let bytes = Array(bundle([condition(clinical("active"))]).utf8)
        #expect(FormatCatalog.format(of: bytes)?.name == "fhir-r4")
        #expect(FormatCatalog.format(named: "fhir-r4") != nil && FormatCatalog.format(of: Array("MSA|^~".utf8)) == nil)
        #expect(try FHIRFormat.read(bytes, asOf: instant(), patientID: nil).snapshot.conditions.count == 1)
        #expect(throws: FormatError.self) { try FHIRFormat.read(Array("{".utf8), asOf: instant(), patientID: nil) }
    }
}
