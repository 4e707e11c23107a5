import Documents
import FHIRAccess
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Settings
import Synchronization
import Testing

@testable import Loopback
@testable import Service

/// What a call leaves out is fetched from its FHIR server: a fake one on loopback, asked through the whole service.
@Suite("Fetching", .serialized)
struct FetchingTests {
    /// The call of `Request.orderSign` without prefetch, and where the rest can be had.
    private func call(_ server: String?, token: String = "token-of-the-call") -> String {
        let access = server.map { server in
            """
            "fhirServer": "\(server)",
              "fhirAuthorization": {"access_token": "\(token)", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read",
                "subject": "vigil"},
            """
        }
        return Request.orderSign(prefetch: false).replacing(#""context":"#, with: "\(access ?? "") \"context\":", maxReplacements: 1)
    }

    private static let warfarin = """
        {"resource": {"resourceType": "MedicationRequest", "id": "taken", "status": "active", "intent": "order",
         "subject": {"reference": "Patient/p1"}, "medicationCodeableConcept": {"coding":
           [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289"}]}}}
        """

    private static func bundle(_ entries: String = "", next: String? = nil) -> Response {
        let link = next.map { #""link": [{"relation": "next", "url": "\#($0)"}], "# } ?? ""
        return .fhir(#"{"resourceType": "Bundle", "type": "searchset", \#(link)"entry": [\#(entries)]}"#)
    }

    /// A server that has everything of the patient; `medications` says what it makes of that search.
    private func serving<Value: Sendable>(
        medications: @escaping FakeFHIRServer.Answer = { _, _ in bundle(warfarin) }, patient: @escaping FakeFHIRServer.Answer = { _, _ in
            .fhir(#"{"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1960-01-01"}"#)
        }, more: [String: FakeFHIRServer.Answer] = [:], _ body: @Sendable (FakeFHIRServer) async throws -> Value
    ) async throws -> Value {
        let answers: [String: FakeFHIRServer.Answer] = [
            "/fhir/Patient/p1": patient, "/fhir/MedicationRequest?patient=p1": medications,
            "/fhir/MedicationStatement?patient=p1": { _, _ in Self.bundle() },
            "/fhir/MedicationDispense?patient=p1": { _, _ in Self.bundle() },
            "/fhir/MedicationAdministration?patient=p1": { _, _ in Self.bundle() },
        ]
        return try await FakeFHIRServer.serving(answers.merging(more) { _, other in other }, body)
    }

    /// What the service answers to a call that names `server`, for a client that may have records fetched from `base`.
    private func answer(
        server: String, base: String? = nil, budget: String = "5 s", more: String = "", logger: Logger? = nil
    ) async throws -> TestResponse {
        let world = try ClientWorld(
            client: ["fhir_bases: [\(base ?? server)]"], more: "fetch: { budget: \(budget), timeout: 4 s\(more) }")
        return try await world.application(logger: logger).test(.router) { client in
            try await client.post(call(server), headers: world.headers())
        }
    }

    private func ledger(_ response: TestResponse) throws -> String {
        let statements = try response.json()["extension"]?["org.vigil.not-checked"]?.elements.compactMap { $0["why"]?.string }
        return (statements ?? []).joined(separator: "\n")
    }

    @Test("What is missing is fetched, and the alert is that of a call that brought it")
    func complete() async throws {
        try await serving { fake in
            let response = try await answer(server: fake.base)
            #expect(response.status == .ok)
            #expect(try response.cards() == 1)
            #expect(try !ledger(response).contains("FHIR server"))
            #expect(fake.calls.count == 5)
            #expect(Set(fake.calls.map(\.authorization)) == ["Bearer token-of-the-call"])
        }
    }

    @Test("What came with the call is not asked for")
    func nothingMissing() async throws {
        try await serving { fake in
            let world = try ClientWorld(client: ["fhir_bases: [\(fake.base)]"])
            try await world.application().test(.router) { client in
                let body = Request.orderSign().replacing(
                    #""context":"#, with: #""fhirServer": "\#(fake.base)", "fhirAuthorization": {"access_token": "t"}, "context":"#,
                    maxReplacements: 1)
                let response = try await client.post(body, headers: world.headers())
                #expect(try response.cards() == 1)
            }
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("A server that is not one of the client's is not asked, and that is said")
    func foreignServer() async throws {
        try await serving { fake in
            let response = try await answer(server: fake.base, base: "https://fhir.example.org/r4")
            #expect(fake.calls.isEmpty)
            #expect(response.status == .ok || response.status == .preconditionFailed)
            #expect(response.text.contains("not one of the client's"))
        }
    }

    @Test("For a stranger nothing is fetched, where nobody is asked for a token")
    func anonymous() async throws {
        try await serving { fake in
            try await World().application.test(.router) { client in _ = try await client.post(call(fake.base)) }
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("A slow server: the answer does not wait for it, and says what it could not check")
    func slow() async throws {
        let hasEnded = Mutex(false)
        try await serving(medications: { _, _ in
            try? await Task.sleep(for: .seconds(30))
            hasEnded.withLock { $0 = true }
            return Self.bundle(Self.warfarin)
        }) { fake in
            let response = try await answer(server: fake.base, budget: "700 ms")
            let isAnsweredBeforeItsEnd = hasEnded.withLock { !$0 }
            #expect(isAnsweredBeforeItsEnd)
            #expect(response.status == .ok)
            #expect(try ledger(response).contains("the server did not answer in time"))
        }
    }

    /// Ways in which a server may be wrong about medications.
    enum Wrong: String, CaseIterable {
        case status, notJSON, contentType, otherType, outcome, elsewhere, endless, huge, longList

        var said: String {
            switch self {
            case .status: "the server answered 500"
            case .notJSON: "the answer is not JSON"
            case .contentType: "the answer is not declared as FHIR JSON"
            case .otherType: "the answer is not the resource that was asked for"
            case .outcome: "the server answered with an OperationOutcome"
            case .elsewhere: "the server redirected to somewhere else"
            case .endless: "the server redirected too often"
            case .huge: "the answer is larger than allowed"
            case .longList: "the answer is larger than allowed"
            }
        }

        func answer(_ fake: FakeFHIRServer) -> Response {
            switch self {
            case .status: Response(status: .internalServerError)
            case .notJSON: .fhir("<Bundle/>")
            case .contentType: .fhir(#"{"resourceType": "Bundle", "type": "searchset"}"#, type: "text/html")
            case .otherType: .fhir(#"{"resourceType": "Patient", "id": "p1"}"#)
            case .outcome: .fhir(#"{"resourceType": "OperationOutcome", "issue": []}"#)
            case .elsewhere: .redirect("https://other.example.org/fhir/MedicationRequest?patient=p1")
            case .endless: .redirect("\(fake.base)/MedicationRequest?patient=p1")
            case .huge:
                Response(
                    status: .ok, headers: [.contentType: "application/fhir+json", .contentLength: "999999999999"],
                    body: .init { writer in try await writer.finish(nil) })
            case .longList: .fhir(#"{"resourceType": "Bundle", "type": "searchset", "x": "\#(String(repeating: "x", count: 100_000))"}"#)
            }
        }
    }

    @Test("A server that is wrong: no alert on what it sent, and the reason is said", arguments: Wrong.allCases)
    func wrong(kind: Wrong) async throws {
        try await serving(medications: { _, fake in kind.answer(fake) }) { fake in
            let response = try await answer(server: fake.base, more: ", body: 64 KiB")
            #expect(response.status == .ok)
            let said = try ledger(response)
            #expect(said.contains(kind.said), "\(said)")
        }
    }

    @Test("All pages of a search count")
    func pages() async throws {
        try await serving(
            medications: { _, fake in Self.bundle(next: "\(fake.base)/MedicationRequest?patient=p1&page=2") },
            more: ["/fhir/MedicationRequest?patient=p1&page=2": { _, _ in Self.bundle(Self.warfarin) }]
        ) { fake in
            let response = try await answer(server: fake.base)
            #expect(try response.cards() == 1)
        }
    }

    @Test("A page that is said to stand elsewhere is not fetched; what came counts as a part")
    func pagingAway() async throws {
        try await serving(medications: { _, _ in Self.bundle(Self.warfarin, next: "https://other.example.org/fhir/page2") }) { fake in
            let response = try await answer(server: fake.base)
            #expect(try response.json()["cards"]?.elements.contains { $0["indicator"]?.string != "info" } == true)
            #expect(try !ledger(response).isEmpty)
        }
    }

    @Test("Medications that came as references are looked up in a second round")
    func references() async throws {
        let referring = """
            {"resource": {"resourceType": "MedicationRequest", "id": "taken", "status": "active", "intent": "order",
             "subject": {"reference": "Patient/p1"}, "medicationReference": {"reference": "Medication/m1"}}}
            """
        try await serving(
            medications: { _, _ in Self.bundle(referring) },
            more: [
                "/fhir/Medication/m1": { _, _ in
                    .fhir(
                        #"{"resourceType": "Medication", "id": "m1", "code": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "11289"}]}}"#
                    )
                }
            ]
        ) { fake in
            let response = try await answer(server: fake.base)
            #expect(try response.cards() == 1)
            #expect(fake.calls.last?.path == "/fhir/Medication/m1")
        }
    }

    @Test("The log says how much was fetched and what failed, and neither token nor patient")
    func log() async throws {
        let recorder = LogRecorder()
        try await serving(medications: { _, _ in Response(status: .internalServerError) }) { fake in
            _ = try await answer(server: fake.base, logger: Logger(label: "test") { _ in recorder })
        }
        #expect(recorder.text.contains("fetched=5, status-500 1"))
        #expect(!recorder.text.contains("token-of-the-call"))
        #expect(!recorder.text.contains("p1"))
    }

    @Test("Discovery says that servers are called, where they are")
    func discovery() async throws {
        func usage(_ world: ClientWorld) async throws -> String {
            try await world.application().test(.router) { client in
                try await client.get("/cds-services", headers: world.headers(for: "/cds-services")).text
            }
        }
        #expect(try await usage(ClientWorld(client: ["fhir_bases: [https://fhir.example.org]"])).contains("is fetched from the FHIR server"))
        #expect(try await usage(ClientWorld()).contains("does not call the FHIR server"))
    }
}
