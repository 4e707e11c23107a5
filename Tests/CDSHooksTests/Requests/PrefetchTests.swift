@testable import CDSHooks
import Clinical
import Documents
import Testing

@Suite("What came in advance")
struct PrefetchTests {
    private func call(_ prefetch: JSONValue?) -> JSONValue {
        var call = Call.orderSign
        call["prefetch"] = prefetch
        return call
    }

    @Test("R60 R61 R63: with nothing of the record, 412 that names every key", arguments: [
        nil, [:], ["patient": Call.outcome], ["-user": ["resourceType": "Practitioner", "id": "x"]],
    ] as [JSONValue?])
    func nothing(_ prefetch: JSONValue?) throws {
        let (status, body) = try World.answer(call(prefetch))
        #expect(status == 412)
        let members = body["issue"]?.elements.compactMap { $0.at("expression.0")?.string }
        #expect(members == ["patient", "medications", "medicationStatements", "medicationDispenses", "medicationAdministrations", "allergies"].map { "prefetch.\($0)" })
    }

    @Test("R60: a FHIR server that we do not use changes nothing")
    func server() throws {
        var call = call(nil)
        call["fhirServer"] = "https://ehr.example.org/fhir"
        call["fhirAuthorization"] = ["access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read", "subject": "vigil"]
        #expect(try World.answer(call).status == 412)
    }

    @Test("R62: null is an answer: nothing was found")
    func null() throws {
        let call = call(["allergies": nil])
        #expect(try World.answer(call).status == 200)
        #expect(try World.snapshot(call).supply(of: .allergies) == .complete)
    }

    @Test("a list of orders that failed, did not come or is cut short is lacking; further sources that did not come are not", arguments: [
        (["medications": Call.outcome, "medicationStatements": nil, "allergies": nil], [.medications]),
        (["medicationStatements": nil, "allergies": nil], [.medications]),
        (["medications": ["resourceType": "Patient", "id": "p1"], "medicationStatements": nil, "allergies": nil], [.medications]),
        (["medications": nil, "medicationStatements": Call.outcome, "allergies": nil], []),
        (["medications": nil, "allergies": nil], []),
        (["medications": nil, "allergies": Call.outcome], [.allergies]),
        (["medications": ["resourceType": "Bundle", "type": "searchset", "entry": [["resource": Call.outcome, "search": ["mode": "outcome"]]]], "allergies": nil], [.medications]),
        (["medications": ["resourceType": "Bundle", "type": "searchset", "total": 7, "entry": []], "allergies": nil], [.medications]),
    ] as [(JSONValue, Set<RecordSection>)])
    func lacking(_ prefetch: JSONValue, _ sections: Set<RecordSection>) throws {
        let lacking = try World.snapshot(call(prefetch)).lacking
        #expect(lacking.intersection([.medications, .allergies]) == sections)
    }

    @Test("R63: an absent key is not an answer")
    func absent() throws {
        let call = call(["patient": Call.prefetch["patient"] ?? nil])
        #expect(try World.snapshot(call).supply(of: .allergies) == .notSupplied)
    }

    @Test("R61: an error in place of a value is a failure, and the rest is used")
    func failed() throws {
        let call = call(["patient": Call.prefetch["patient"] ?? nil, "allergies": Call.outcome])
        #expect(try World.answer(call).status == 200)
        guard case .failed = try World.snapshot(call).supply(of: .allergies) else {
            Issue.record("an OperationOutcome was taken for an answer")
            return
        }
    }

    @Test("a resource of another kind is a failure")
    func wrongKind() throws {
        for wrong in [["resourceType": "Patient", "id": "p1"], [:]] as [JSONValue] {
            let call = call(["medications": nil, "allergies": wrong])
            guard case .failed = try World.snapshot(call).supply(of: .allergies) else {
                Issue.record("\(wrong) was taken for a list of allergies")
                return
            }
        }
    }

    @Test("R65: a searchset, a collection, a bare resource and an empty Bundle")
    func shapes() throws {
        let warfarin = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        let collection: JSONValue = ["resourceType": "Bundle", "type": "collection", "entry": [["resource": warfarin]]]
        for (value, count) in [(Call.bundle([warfarin]), 1), (collection, 1), (warfarin, 1), (Call.bundle([]), 0)] {
            #expect(try World.snapshot(call(["medications": value])).medications.count == count)
        }
    }

    @Test("a section is complete with its principal resource; what else did not come is stated")
    func several() throws {
        let principal = call(["medications": Call.bundle([])])
        #expect(try World.snapshot(principal).supply(of: .medications) == .complete)
        let body = try World.answer(principal).body
        #expect(body["extension"]?["org.vigil.not-checked"].map { String(decoding: $0.bytes, as: UTF8.self).contains("medicationStatements") } == true)
        let others = try World.snapshot(call(["medicationStatements": Call.bundle([])]))
        guard case .partial(let why) = others.supply(of: .medications) else {
            Issue.record("medication statements alone were taken for everything")
            return
        }
        #expect(why.contains("medications"))
    }

    @Test("R64: a page with a next page is a part")
    func paged() throws {
        var page = Call.bundle([["resourceType": "AllergyIntolerance", "id": "a1", "patient": ["reference": "Patient/p1"]]])
        page["link"] = [["relation": "next", "url": "https://ehr.example.org/fhir?page=2"]]
        guard case .partial = try World.snapshot(call(["allergies": page])).supply(of: .allergies) else {
            Issue.record("one page was taken for everything")
            return
        }
    }

    @Test("keys of the site's own are used by the kind of resource, and taken for a part")
    func odd() throws {
        let warfarin = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        let snapshot = try World.snapshot(call(["activeMeds": Call.bundle([warfarin]), "pat": Call.prefetch["patient"] ?? nil, "-user": nil]))
        #expect(snapshot.medications.map(\.reference.id) == ["m1"])
        guard case .partial = snapshot.supply(of: .medications) else {
            Issue.record("a query that we do not know was taken for ours")
            return
        }
        #expect(snapshot.supply(of: .patient) == .complete)
    }

    @Test("an empty Bundle under a key of the site's own is known by the search that it answers")
    func oddAndEmpty() throws {
        var empty = Call.bundle([])
        empty["link"] = [["relation": "self", "url": "https://ehr.example.org/r4/AllergyIntolerance?patient=p1"]]
        guard case .partial = try World.snapshot(call(["x": empty])).supply(of: .allergies) else {
            Issue.record("not recognised")
            return
        }
    }

    @Test("R85: resources of kinds that we do not handle are passed over")
    func otherKinds() throws {
        var call = Call.orderSign
        call["context"]?["draftOrders"]?["entry"] = [
            ["resource": ["resourceType": "NutritionOrder", "id": "n1"]], ["resource": ["resourceType": "Weird"]], ["resource": "text"], 3,
        ]
        #expect(try World.answer(call).status == 200)
    }
}

/// What real servers send where the standard says R4.
@Suite("Shapes of other releases and of vendors")
struct LenientShapesTests {
    private func snapshot(medications: [JSONValue]) throws -> Snapshot {
        var call = Call.orderSign
        call["prefetch"]?["medications"] = Call.bundle(medications)
        return try World.snapshot(call)
    }

    private func dose(_ medication: Medication?) -> String? {
        guard case .quantity(let quantity)? = medication?.dosages.first?.dose else { return nil }
        return quantity.description
    }

    @Test("STU3: a category that is an object, a dose outside doseAndRate, a context in place of an encounter")
    func release3() throws {
        var old = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        old["category"] = ["coding": [["system": "http://hl7.org/fhir/medication-request-category", "code": "outpatient"]]]
        old["context"] = ["reference": "Encounter/e9"]
        old["dosageInstruction"] = [["doseQuantity": ["value": 5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"]]]
        let medication = try #require(snapshot(medications: [old]).medications.first)
        #expect(medication.category.first?.codings.first?.code == "outpatient")
        #expect(medication.encounter == ResourceReference(type: "Encounter", id: "e9"))
        #expect(dose(medication) == "5 mg")
    }

    @Test("kinds of older releases are named as not read, and are no reason to refuse")
    func otherReleases() throws {
        var call = Call.orderSign
        call["prefetch"]?["medications"] = Call.bundle([["resourceType": "MedicationOrder", "id": "o1", "patient": ["reference": "Patient/p1"]]])
        let (status, body) = try World.answer(call)
        #expect(status == 200)
        let ledger = body["extension"]?["org.vigil.not-checked"].map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(ledger?.contains("DSTU2") == true)
    }

    @Test("R66: references are the same relative and absolute, with and without a version")
    func references() throws {
        for subject in ["Patient/p1", "https://ehr.example.org/r4/Patient/p1", "https://ehr.example.org/r4/Patient/p1/_history/3"] {
            var medication = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
            medication["subject"] = ["reference": .string(subject)]
            #expect(try snapshot(medications: [medication]).medications.count == 1, "\(subject)")
        }
        var other = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        other["subject"] = ["reference": "https://ehr.example.org/r4/Patient/p2"]
        #expect(try snapshot(medications: [other]).medications.isEmpty, "the medicine of another patient")
    }

    @Test("selections may be absolute addresses")
    func selections() throws {
        var call = Call.orderSelect
        call["context"]?["selections"] = ["https://ehr.example.org/r4/MedicationRequest/draft-1"]
        let (_, body) = try World.answer(call, service: "vigil-order-select", evaluation: Findings.evaluation([Findings.interaction()]))
        #expect(body["cards"]?.elements.count == 1)
    }

    @Test("R84: the code is found in a contained resource, a sibling, behind an absolute reference, at any place, by its OID")
    func medicineCodes() throws {
        let code: JSONValue = ["coding": [
            ["system": "http://example.org/local", "code": "1"], ["system": "urn:oid:2.16.840.1.113883.6.88", "code": "11289"],
        ]]
        func referring(_ reference: String, contained: JSONValue? = nil) -> JSONValue {
            var medication = Call.medication("m1", status: "active", rxcui: "0", name: "x")
            medication["medicationCodeableConcept"] = nil
            medication["medicationReference"] = ["reference": .string(reference)]
            medication["contained"] = contained
            return medication
        }
        let product: JSONValue = ["resourceType": "Medication", "id": "x", "code": code]
        var stated = Call.medication("m1", status: "active", rxcui: "0", name: "x")
        stated["medicationCodeableConcept"] = code
        for entries in [[stated], [referring("#x", contained: [product])], [referring("Medication/x"), product], [referring("https://ehr.example.org/Medication/x"), product]] {
            let medication = try #require(snapshot(medications: entries).medications.first)
            #expect(medication.code.codings.contains { $0.system == .rxNorm && $0.code == "11289" })
        }
    }

    @Test("R61: an empty search with a remark is an answer; with an error it is a failure")
    func outcomeEntries() throws {
        for (severity, isAnswer) in [("warning", true), ("information", true), ("error", false), ("fatal", false)] {
            var call = Call.orderSign
            call["prefetch"]?["allergies"] = [
                "resourceType": "Bundle", "type": "searchset", "total": 0,
                "entry": [
                    [
                        "resource": ["resourceType": "OperationOutcome", "issue": [["severity": .string(severity), "code": "processing"]]],
                        "search": ["mode": "outcome"],
                    ]
                ],
            ]
            #expect(try (World.snapshot(call).supply(of: .allergies) == .complete) == isAnswer, "\(severity)")
        }
    }
}
