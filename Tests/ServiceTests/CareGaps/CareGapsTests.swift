import AuditLog
import CareGaps
import Clinical
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Knowledge
import Logging
import Testing

@testable import Loopback
@testable import Service

/// `POST /Measure/$care-gaps`, through the whole service.
///
/// - Source: Da Vinci DEQM 5.0, OperationDefinition care-gaps.
@Suite("Care gaps over HTTP", .serialized)
struct CareGapsTests {
    static let path = "/Measure/$care-gaps"

    /// A world with one rule: a mammogram every two years.
    private func world() throws -> World {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "2025.11.1", digest: "00"))
        tables.valueSetCodes = [ValueSetCodeRow(set: "VS:mammography", title: "Mammography", system: "http://loinc.org", code: "24606-6")]
        tables.names = [NameRow(kind: "procedure", name: "mammogram", targets: ["VS:mammography"])]
        let knowledge = try KnowledgeBase(tables)
        return World(editions: try EditionHolder(clock: World.clock) { () throws(EditionError) in
            try World.edition([Self.rule], knowledge)
        })
    }

    static let rule = Source(
        name: "mammogram.yaml",
        bytes: Array(
            """
            rule: mammogram
            kind: care-gap
            title: Mammogram
            version: 2
            status: active
            owner: Tests
            review_by: 2099-12-31
            approved: { by: Tests, date: 2025-11-04 }
            evidence:
              - cite: Made for testing
            population: { sex: female, age: { between: 40 y and 74 y } }
            done_by: [{ done: mammogram }]
            every: 24 months
            due_soon: 3 months
            severity: moderate
            summary:
              never: No mammogram is on record
              overdue: Mammogram was due $due
              due_soon: Mammogram due $due
            tests:
              - case: never
                given: { age: 50 y, sex: female }
                expect: { state: never }
              - case: man
                given: { age: 50 y, sex: male }
                expect: no card

            """.utf8))

    private static func bundle(_ id: String = "p1", done: String? = nil) -> String {
        let observation = done.map {
            #", {"resource": {"resourceType": "Observation", "id": "m", "status": "final", "subject": {"reference": "Patient/\#(id)"}, "code": {"coding": [{"system": "http://loinc.org", "code": "24606-6"}]}, "effectiveDateTime": "\#($0)", "valueString": "done"}}"#
        }
        return #"{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient", "id": "\#(id)", "gender": "female", "birthDate": "1960-01-01"}}\#(observation ?? "")]}"#
    }

    private static func call(_ more: String = "", statuses: [String] = ["open-gap"], data: String? = bundle(), subject: String = "Patient/p1") -> String {
        let status = statuses.map { #"{"name": "status", "valueCode": "\#($0)"}"# }
        let record = data.map { [#"{"name": "additionalData", "resource": \#($0)}"#] } ?? []
        let all = [
            #"{"name": "periodStart", "valueDate": "2025-01-01"}"#, #"{"name": "periodEnd", "valueDate": "2025-12-31"}"#,
            #"{"name": "subject", "valueString": "\#(subject)"}"#,
        ]
        return #"{"resourceType": "Parameters", "parameter": [\#((all + status + record + (more.isEmpty ? [] : [more])).joined(separator: ", "))]}"#
    }

    private func told(_ response: TestResponse) throws -> [(rule: String, status: String)] {
        let document = try response.json()["parameter"]?.elements.first { $0["name"]?.string == "return" }?["resource"]
        return (document?["entry"]?.elements.compactMap { $0["resource"] } ?? []).filter { $0["resourceType"]?.string == "DetectedIssue" }.map { issue in
            let coding = issue["modifierExtension"]?.elements.first { _ in true }?["valueCodeableConcept"]?["coding"]?.elements.first { _ in true }
            return (issue["detail"]?.string ?? "", coding?["code"]?.string ?? "")
        }
    }

    @Test("A document with Composition, DetectedIssue and MeasureReport, each named by the other")
    func open() async throws {
        try await world().application.test(.router) { client in
            let answer = try await client.post(Self.call(), to: Self.path)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/fhir+json")
            let parameter = try #require(try answer.json()["parameter"]?.elements.first { _ in true })
            #expect(parameter["name"]?.string == "return")
            let bundle = try #require(parameter["resource"])
            #expect(bundle["type"]?.string == "document")
            let entries = try #require(bundle["entry"]).elements.map { $0 }
            #expect(entries.map { $0["resource"]?["resourceType"]?.string } == ["Composition", "DetectedIssue", "MeasureReport", "Patient"])
            let urls = Set(entries.compactMap { $0["fullUrl"]?.string })
            let section = try #require(entries.first?["resource"]?["section"]?.elements.first { _ in true })
            #expect(urls.contains(section["focus"]?["reference"]?.string ?? ""))
            #expect(urls.contains(section["entry"]?.elements.first { _ in true }?["reference"]?.string ?? ""))
            #expect(try told(answer).map(\.status) == ["open-gap"])
            #expect(try told(answer).map(\.rule) == ["No mammogram is on record"])
            #expect(entries.last?["resource"]?["birthDate"]?.string == "1960-01-01")
            #expect(urls.count == 4 && entries.allSatisfy { $0["fullUrl"] != nil })
            let report = try #require(entries[2]["resource"])
            #expect(report["measure"]?.string == "urn:vigil:rule:mammogram|2")
            #expect(report["subject"]?["reference"]?.string == "Patient/p1")
            #expect(report["period"]?["start"]?.string == "2025-01-01")
        }
    }

    @Test("The document holds the Patient and what its reports rest on, once, as they were sent")
    func carried() async throws {
        try await world().application.test(.router) { client in
            let data = Self.bundle(done: "2025-06-01").replacing(
                #"{"resource": {"resourceType": "Observation""#,
                with: #"{"fullUrl": "https://ehr.example/fhir/Observation/m", "resource": {"resourceType": "Observation""#)
            let answer = try await client.post(Self.call(statuses: ["closed-gap"], data: data), to: Self.path)
            let document = try #require(try answer.json()["parameter"]?.elements.first { _ in true }?["resource"])
            let entries = try #require(document["entry"]).elements.map { $0 }
            #expect(
                entries.map { $0["resource"]?["resourceType"]?.string }
                    == ["Composition", "DetectedIssue", "MeasureReport", "Patient", "Observation"])
            #expect(entries[2]["resource"]?["evaluatedResource"]?.elements.contains { $0["reference"]?.string == "Observation/m" } == true)
            #expect(entries[3]["fullUrl"]?.string?.hasPrefix("urn:uuid:") == true)
            #expect(entries[4]["fullUrl"]?.string == "https://ehr.example/fhir/Observation/m")
            #expect(entries[4]["resource"]?["valueString"]?.string == "done")
        }
    }

    @Test("Only gaps of the statuses that are asked for", arguments: [
        ("2025-06-01", ["open-gap"], [String]()), ("2025-06-01", ["closed-gap"], ["closed-gap"]),
        ("2024-02-01", ["open-gap", "closed-gap"], []), ("2024-02-01", ["prospective-gap"], ["prospective-gap"]),
        ("2020-02-01", ["open-gap", "closed-gap", "prospective-gap"], ["open-gap"]),
    ])
    func statuses(_ done: String, _ asked: [String], _ expected: [String]) async throws {
        try await world().application.test(.router) { client in
            let answer = try await client.post(Self.call(statuses: asked, data: Self.bundle(done: done)), to: Self.path)
            #expect(try told(answer).map(\.status) == expected)
        }
    }

    @Test("A period that is past is looked at as of its end")
    func past() async throws {
        try await world().application.test(.router) { client in
            let body = Self.call(statuses: ["open-gap", "closed-gap"], data: Self.bundle(done: "2023-06-01"))
                .replacing("2025-01-01", with: "2024").replacing("2025-12-31", with: "2024")
            let answer = try await client.post(body, to: Self.path)
            #expect(try told(answer).map(\.status) == ["closed-gap"])
        }
    }

    @Test("What a caller can get wrong is an OperationOutcome of the 400s", arguments: [
        (call(data: nil), HTTPResponse.Status.badRequest), (call(subject: "Group/1"), .badRequest), (call(subject: "p1"), .badRequest),
        (call(statuses: []), .badRequest), (call(statuses: ["open"]), .badRequest), ("{}", .badRequest), ("[", .badRequest),
        (#"{"resourceType": "Bundle"}"#, .badRequest), (call(data: #"{"resourceType": "Patient"}"#), .badRequest),
        (call(data: bundle("someone-else")), .badRequest), (call(#"{"name": "topic", "valueString": "screening"}"#), .badRequest),
        (call(#"{"name": "nonDocument", "valueBoolean": true}"#), .badRequest),
        (call(#"{"name": "periodEnd", "valueDate": "2026-12-31"}"#), .badRequest),
        (call().replacing("2025-12-31", with: "2024-12-31"), .badRequest), (call().replacing("2025-12-31", with: "soon"), .badRequest),
        (call(#"{"name": "measureId", "valueString": "other"}"#), .notFound),
        (call(#"{"name": "fhirServer", "valueUrl": "https://ehr.example.org"}, {"name": "accessToken", "valueString": "t"}"#, data: nil), .unprocessableContent),
    ])
    func refusals(_ body: String, _ status: HTTPResponse.Status) async throws {
        try await world().application.test(.router) { client in
            let answer = try await client.post(body, to: Self.path)
            #expect(answer.status == status, "\(answer.text)")
            #expect(try answer.isOutcome())
            #expect(!answer.text.contains("p1"))
        }
    }

    @Test("GET brings no record: it is refused, says what to do, and is in the OpenAPI document", arguments: [
        path, "/Measure/%24care-gaps", path + "?periodStart=2025-01-01&periodEnd=2025-12-31&status=open-gap&subject=Patient/p1",
    ])
    func get(_ uri: String) async throws {
        try await world().application.test(.router) { client in
            let answer = try await client.get(uri)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "POST")
            #expect(try answer.isOutcome())
            #expect(answer.text.contains("additionalData") && !answer.text.contains("p1"))
            let operations = try #require(try await client.get("/openapi.json").json()["paths"]?.member(Self.path))
            #expect(operations["get"]?["responses"]?["405"] != nil)
            #expect(operations["get"]?["responses"]?["200"] == nil)
            #expect(operations["post"]?["responses"]?["200"] != nil)
        }
    }

    @Test("A measure is named by id, by identifier and by canonical", arguments: [
        #"{"name": "measureId", "valueString": "mammogram"}"#, #"{"name": "measureIdentifier", "valueString": "urn:x|mammogram"}"#,
        #"{"name": "measureUrl", "valueCanonical": "urn:vigil:rule:mammogram|2"}"#,
    ])
    func measures(_ parameter: String) async throws {
        try await world().application.test(.router) { client in
            let answer = try await client.post(Self.call(parameter), to: Self.path)
            #expect(try told(answer).count == 1)
        }
    }

    @Test("What could not be told is said beside the document")
    func notChecked() async throws {
        try await world().application.test(.router) { client in
            let data = Self.bundle().replacing(#""gender": "female", "#, with: "")
            let answer = try await client.post(Self.call(data: data), to: Self.path)
            let parameters = try #require(try answer.json()["parameter"]?.elements.map { $0 })
            #expect(parameters.compactMap { $0["name"]?.string } == ["notChecked"])
            #expect(answer.text.contains("mammogram: "))
        }
    }

    @Test("Only clients that show who they are, with the role of an EHR")
    func clients() async throws {
        var world = try ClientWorld()
        world.world = try self.world()
        let known = world
        try await known.application().test(.router) { client in
            let stranger = try await client.post(Self.call(), to: Self.path)
            #expect(stranger.status == .unauthorized)
            let shown = try await client.post(Self.call(), to: Self.path, headers: known.headers(for: Self.path))
            #expect(shown.status == .ok)
            let elsewhere = try await client.post(Self.call(), to: Self.path, headers: known.headers())
            #expect(elsewhere.status == .unauthorized)
        }
        var author = try ClientWorld(client: ["roles: [author]"])
        author.world = try self.world()
        let other = author
        try await other.application().test(.router) { client in
            let answer = try await client.post(Self.call(), to: Self.path, headers: other.headers(for: Self.path))
            #expect(answer.status == .forbidden)
        }
    }

    @Test("The record is fetched from the client's own server, as for a hook")
    func fetched() async throws {
        let answers: [String: FakeFHIRServer.Answer] = [
            "/fhir/Patient/p1": { _, _ in .fhir(#"{"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1960-01-01"}"#) }
        ]
        try await FakeFHIRServer.serving(answers) { fake in
            var world = try ClientWorld(client: ["fhir_bases: [\(fake.base)]"], more: "fetch: { budget: 30 s, timeout: 20 s }")
            world.world = try self.world()
            let known = world
            try await known.application().test(.router) { client in
                let access = #"{"name": "fhirServer", "valueUrl": "\#(fake.base)"}, {"name": "accessToken", "valueString": "of-the-call"}"#
                let answer = try await client.post(Self.call(access, data: nil), to: Self.path, headers: known.headers(for: Self.path))
                #expect(answer.status == .ok)
                // Of observations and procedures nothing came: the gap is not called open.
                #expect(try told(answer).isEmpty)
                #expect(answer.text.contains("notChecked"))
            }
            #expect(fake.calls.contains { $0.path == "/fhir/Patient/p1" && $0.authorization == "Bearer of-the-call" })
        }
    }

    @Test("States are counted, without anything of the patient")
    func metrics() async throws {
        try await world().application.test(.router) { client in
            _ = try await client.post(Self.call(), to: Self.path)
            let text = try await client.get("/metrics").text
            #expect(text.contains("vigil_care_gaps_total{rule=\"mammogram\",state=\"open\"} 1"))
        }
    }

    @Test("The path may come with its `$` encoded, and other methods are refused there too")
    func encodedPath() async throws {
        try await world().application.test(.router) { (client: any TestClientProtocol) async throws -> Void in
            #expect(try await client.post(Self.call(), to: "/Measure/%24care-gaps").status == .ok)
            #expect(try await client.execute(uri: "/Measure/%24care-gaps", method: .get).headers[.allow] == "POST")
        }
    }

    @Test("A call is kept in the journal with what was told, and comes out the same byte for byte; refused ones too")
    func replayed() async throws {
        let world = try world()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keys = EncryptionKey(bytes: [UInt8](repeating: 7, count: 32)).map { EncryptionKeys($0) }
        let journal = try Journal.open(
            folder.appendingPathComponent("journal.sqlite").path, options: JournalOptions(keepsBodies: true, encryption: keys))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: world.editions, clock: World.clock, logger: logger,
            recorder: DecisionRecorder(journal: journal)
        ).application()
        try await application.test(.router) { (client: any TestClientProtocol) async throws -> Void in
            #expect(try await client.post(Self.call(), to: Self.path).status == .ok)
            #expect(try await client.post(Self.call(data: nil), to: Self.path).status == .badRequest)
            #expect(try await client.post("{", to: Self.path).status == .badRequest)
        }
        try await journal.flush()
        var entries: [JournalEntry] = []
        try await journal.forEach { entries.append($0) }
        let edition = world.editions.current
        for entry in entries { #expect(try await DecisionReplay(journal).outcome(of: entry, by: edition) == .same) }
        let decisions = entries.compactMap(\.decision)
        #expect(decisions.map(\.service) == ["$care-gaps", "$care-gaps", "$care-gaps"])
        #expect(decisions.map(\.gaps) == [[DecidedGap(rule: "mammogram", version: 2, state: "open")], [], []])
        #expect(decisions.map { $0.patient != nil } == [true, false, false])
        #expect(try String(decoding: Data(contentsOf: folder.appendingPathComponent("journal.sqlite")), as: UTF8.self).contains("Patient/p1") == false)
        try await journal.close()
    }
}
