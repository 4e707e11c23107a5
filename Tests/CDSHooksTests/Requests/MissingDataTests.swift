@testable import CDSHooks
import Clinical
import Documents
import Intake
import Testing

@Suite("What is still to be fetched")
struct MissingDataTests {
    private let server = "https://ehr.example.org/fhir"

    private func call(_ prefetch: JSONValue?) -> JSONValue {
        var call = Call.orderSign
        call["prefetch"] = prefetch
        call["fhirServer"] = "https://ehr.example.org/fhir/"
        call["fhirAuthorization"] = [
            "access_token": "s3cret", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read", "subject": "vigil", "patient": "p1",
        ]
        return call
    }

    private func request(_ call: JSONValue) throws -> HookRequest {
        try Answer.request(service: "vigil-order-sign", of: World.catalogue, body: call.bytes)
    }

    private func missing(_ call: JSONValue) throws -> [String] {
        try request(call).missing?.queries.map { "\($0.key): \($0.url)" } ?? []
    }

    private func document(_ value: JSONValue) throws -> JSONDocument { try JSONDocument(parsing: value.bytes) }

    @Test("R59 R68: what is absent, failed or of another kind is asked for; null and values are not")
    func absent() throws {
        let call = call(["patient": Call.outcome, "medications": Call.bundle([]), "medicationStatements": nil, "allergies": ["resourceType": "Patient"]])
        #expect(try missing(call) == [
            "patient: Patient/p1", "medicationDispenses: MedicationDispense?patient=p1",
            "medicationAdministrations: MedicationAdministration?patient=p1", "allergies: AllergyIntolerance?patient=p1",
        ])
    }

    @Test("R68: without server, token or a bearer, nothing is asked")
    func noAccess() throws {
        for name in ["fhirServer", "fhirAuthorization"] {
            var call = call(nil)
            call["fhirAuthorization"] = name == "fhirServer" ? nil : call["fhirAuthorization"]
            call[name] = nil
            #expect(try request(call).missing == nil)
        }
        for bend in [["token_type": "Bearer"], ["access_token": "t", "token_type": "mac"], ["access_token": ""]] as [JSONValue] {
            var call = call(nil)
            call["fhirAuthorization"] = bend
            #expect(try request(call).missing == nil)
        }
    }

    @Test("R53 R70 R71: server and token are taken as sent; the token is never printed")
    func access() throws {
        let access = try #require(request(call(nil)).missing?.access)
        #expect(access.server == server && access.token.revealed == "s3cret")
        #expect(access.expiresIn == 300 && access.subject == "vigil" && access.patientID == "p1")
        var dumped = ""
        dump(access, to: &dumped)
        for text in ["\(access)", String(reflecting: access), dumped] { #expect(!text.contains("s3cret")) }
    }

    @Test("R40: ids are encoded, and a path cannot be walked with them")
    func encoding() throws {
        var odd = call(nil)
        odd["context"]?["patientId"] = "a?b#c&d=e|ü"
        #expect(try missing(odd).first == "patient: Patient/a%3Fb%23c%26d%3De%7C%C3%BC")
        odd["context"]?["patientId"] = ".."
        #expect(try request(odd).missing == nil)
        let view = try #require(World.catalogue["vigil-patient-view"]?.prefetch.last)
        #expect(view.url(patientID: "p1") == "Observation?patient=p1&code=http://loinc.org%7C17856-6,http://loinc.org%7C4548-4&_sort=-date")
    }

    @Test("R64: a search of which the first page came is asked anew; the link itself is not followed")
    func nextPage() throws {
        var page = Call.bundle([])
        page["link"] = [["relation": "self", "url": "x"], ["relation": "next", "url": "https://evil.example/fhir?page=2"]]
        let call = call(["patient": nil, "medications": page, "medicationStatements": nil, "medicationDispenses": nil, "medicationAdministrations": nil, "allergies": nil])
        #expect(try missing(call) == ["medications: MedicationRequest?patient=p1"])
        #expect(try request(call).missing?.urls == ["medications": "MedicationRequest?patient=p1"])
    }

    @Test("R84: medicines that are referred to and did not come are asked for one by one, also after the first fetch")
    func references() throws {
        var call = call(["patient": nil, "allergies": nil, "medicationStatements": nil, "medicationDispenses": nil, "medicationAdministrations": nil])
        func referring(_ id: String, _ reference: String) -> JSONValue {
            var order = Call.medication(id, status: "active", rxcui: "1", name: "x")
            order["medicationCodeableConcept"] = nil
            order["medicationReference"] = ["reference": .string(reference)]
            return order
        }
        call["context"]?["draftOrders"] = Call.bundle([
            referring("d1", "Medication/here"), referring("d2", "\(server)/Medication/there"), referring("d3", "https://evil.example/Medication/x"),
            referring("d4", "#contained"), ["resourceType": "Medication", "id": "here", "code": ["text": "x"]],
        ])
        #expect(try missing(call) == ["medications: MedicationRequest?patient=p1", "Medication/there: Medication/there"])

        let warfarin: JSONValue = [
            "resourceType": "Medication", "id": "m",
            "code": ["coding": [["system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289"]]],
        ]
        let first = try request(call).completed(with: ["medications": .document(document(Call.bundle([referring("m1", "Medication/m")])))])
        #expect(first.missing?.queries.map(\.key) == ["Medication/there", "Medication/m"])
        let second = first.completed(with: ["Medication/m": .document(try document(warfarin)), "Medication/there": .failed(why: "timeout")])
        #expect(second.missing?.queries.map(\.key) == ["Medication/there"])
        let record = HookRecord(second, asOf: try World.asOf())
        #expect(record.snapshot.medications.first?.code.codings.first?.code == "11289")
    }

    @Test("what was fetched is used as if it had come")
    func completed() throws {
        let warfarin = Call.medication("m1", status: "active", rxcui: "11289", name: "warfarin")
        let request = try request(call(nil)).completed(with: [
            "patient": .document(document(Call.prefetch["patient"] ?? nil)), "medications": .document(document(Call.bundle([warfarin]))),
            "allergies": .failed(why: "the FHIR server did not answer in time"), "unknown": .failed(why: "x"),
        ])
        let record = HookRecord(request, asOf: try World.asOf())
        #expect(record.snapshot.medications.map(\.reference.id) == ["m1"])
        #expect(record.snapshot.supply(of: .medications) == .complete)
        #expect(record.snapshot.supply(of: .allergies) == .failed(why: "the FHIR server did not answer in time"))
        #expect(request.missing?.queries.map(\.key) == ["medicationStatements", "medicationDispenses", "medicationAdministrations"])
    }

    @Test("R60 R80: where nothing can be fetched either, 412 tells why")
    func nothing() throws {
        let keys = ["patient", "medications", "medicationStatements", "medicationDispenses", "medicationAdministrations", "allergies"]
        let fetched = Dictionary(uniqueKeysWithValues: keys.map { ($0, FetchedData.failed(why: "the FHIR server refused it")) })
        let response = try World.respond(call(nil).bytes, "vigil-order-sign", fetched: fetched) { _, _ in World.nothing }
        #expect(response.status == 412)
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains("is missing, and the FHIR server refused it"))
        #expect(!text.contains("s3cret"))
    }

    @Test("R64: pages make one list, complete where the last one is the last")
    func pages() throws {
        func page(_ id: String, next: String?) -> JSONValue {
            var page = Call.bundle([Call.medication(id, status: "active", rxcui: "11289", name: "warfarin")])
            page["total"] = 3
            if let next { page["link"] = [["relation": "next", "url": .string(next)]] }
            return page
        }
        let start = try request(call(["medications": page("m1", next: "\(server)?2"), "allergies": nil]))
        func supply(_ pages: [JSONValue]) throws -> (ids: [String], supply: Supply) {
            let request = start.completed(with: ["medications": .pages(try pages.map(document))])
            let snapshot = HookRecord(request, asOf: try World.asOf()).snapshot
            return (snapshot.medications.map(\.reference.id), snapshot.supply(of: .medications))
        }
        let all = try supply([page("m1", next: "\(server)?2"), page("m2", next: "\(server)?3"), page("m3", next: nil)])
        #expect(all.ids == ["m1", "m2", "m3"] && all.supply == .complete)
        let some = try supply([page("m1", next: "\(server)?2"), page("m2", next: "\(server)?3")])
        #expect(some.ids == ["m1", "m2"] && some.supply == .partial(why: "only the first page came"))
        let broken = try supply([Call.outcome])
        #expect(broken.ids == ["m1"] && broken.supply == .partial(why: "only the first page came"))
        let failed = HookRecord(start.completed(with: ["medications": .failed(why: "timeout")]), asOf: try World.asOf()).snapshot
        #expect(failed.medications.count == 1 && failed.supply(of: .medications) == .partial(why: "only the first page came"))
    }

    @Test("a fetched error, or something of another kind, is a failure")
    func wrong() throws {
        for value in [Call.outcome, ["resourceType": "Observation", "id": "x"], [1]] as [JSONValue] {
            let request = try request(call(["medications": nil])).completed(with: ["allergies": .document(document(value))])
            guard case .failed = HookRecord(request, asOf: try World.asOf()).snapshot.supply(of: .allergies) else {
                Issue.record("\(value) was taken for a list of allergies")
                return
            }
        }
    }

    @Test("a further source that cannot be had is noted, and the list stands")
    func furtherSource() throws {
        let request = try request(call(["medications": Call.bundle([]), "allergies": nil]))
            .completed(with: ["medicationAdministrations": .failed(why: "the FHIR server refused it")])
        let record = HookRecord(request, asOf: try World.asOf())
        #expect(record.snapshot.supply(of: .medications) == .complete)
        #expect(record.notes.contains { $0.what == "medicationAdministrations" && $0.why.contains("refused") })
    }
}
