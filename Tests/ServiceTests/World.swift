import CDSHooks
import Clinical
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Knowledge
import Logging
import RuleLanguage
import Synchronization

@testable import Service

/// A service over one rule and two drugs, without a file.
struct World {
    static let clock = RequestClock.fixed(AsOf("2025-12-31T09:00:00Z") ?? AsOf(instant: Instant(milliseconds: 0), zone: .utc))

    let editions: EditionHolder
    var configuration = ServiceConfiguration(port: 0)

    init() throws {
        let knowledge = try Self.knowledge()
        editions = try EditionHolder(clock: Self.clock) { () throws(EditionError) in
            try Self.edition([Self.rule], knowledge)
        }
    }

    init(editions: EditionHolder) {
        self.editions = editions
    }

    var application: some ApplicationProtocol {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return CDSApplication(configuration: configuration, editions: editions, clock: Self.clock, logger: logger).application()
    }

    /// The application as another logger sees it.
    func application(logger: Logger) -> some ApplicationProtocol {
        CDSApplication(configuration: configuration, editions: editions, clock: Self.clock, logger: logger).application()
    }

    static func edition(
        _ sources: [Source], _ knowledge: KnowledgeBase, memory: AlertMemory? = nil
    ) throws(EditionError) -> Edition {
        let (rules, diagnostics) = RuleCompiler(knowledge: knowledge, today: clock.now().today).compile(sources)
        let complaints = Complaints(diagnostics: diagnostics, sources: sources)
        guard let rules else { throw .rules(complaints) }
        return Edition(rules: rules, knowledge: knowledge, complaints: complaints, loaded: clock.now(), memory: memory)
    }

    static func knowledge() throws -> KnowledgeBase {
        var tables = KnowledgeTables(version: KnowledgeVersion(name: "2025.11.1", digest: "00"))
        tables.ingredients = [
            IngredientRow(rxcui: 11_289, name: "warfarin"), IngredientRow(rxcui: 5_640, name: "ibuprofen"),
        ]
        tables.overrideReasons = [
            OverrideReasonRow(
                name: "benefit-outweighs-risk", code: "benefit", system: "https://example.org/reasons",
                display: "Benefit outweighs risk")
        ]
        return try KnowledgeBase(tables)
    }

    static let rule = Source(
        name: "warfarin-ibuprofen.yaml",
        bytes: Array(
            """
            rule: warfarin-ibuprofen
            kind: interaction
            title: Warfarin with ibuprofen
            version: 1
            status: active
            owner: Tests
            review_by: 2099-12-31
            approved: { by: Tests, date: 2025-11-04 }
            evidence:
              - cite: Made for testing
            between:
              anticoagulant: { drug: warfarin }
              painkiller: { drug: ibuprofen }
            grades:
              - name: base
                otherwise: yes
                severity: major
            summary: $anticoagulant with $painkiller raises the risk of bleeding
            override_reasons: [benefit-outweighs-risk]
            tests:
              - case: both
                given: { age: 50 y, taking: [warfarin 5 mg daily], ordering: [ibuprofen 400 mg 3x/day] }
                expect: { grade: base }
              - case: one
                given: { age: 50 y, ordering: [ibuprofen 400 mg 3x/day] }
                expect: no card

            """.utf8))
}

/// Requests to send.
enum Request {
    static let path = "/cds-services/vigil-order-sign"
    static let json: HTTPFields = [.contentType: "application/json"]

    /// Ibuprofen ordered for somebody who takes warfarin; `order` is the draft's id, which the answer names.
    static func orderSign(patient: String = "p1", order: String = "order-1", prefetch: Bool = true) -> String {
        let supplied = """
            "prefetch": {
              "patient": {"resourceType": "Patient", "id": "\(patient)", "gender": "female", "birthDate": "1960-01-01"},
              "medications": {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource":
                \(medication("taken-by-\(patient)", status: "active", code: "11289", patient: patient))}]},
              "medicationStatements": null, "medicationDispenses": null, "medicationAdministrations": null
            },
            """
        return """
            {
              "hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
              \(prefetch ? supplied : "")
              "context": {"userId": "Practitioner/example", "patientId": "\(patient)", "draftOrders": {
                "resourceType": "Bundle", "type": "collection", "entry": [{"resource":
                  \(medication(order, status: "draft", code: "5640", patient: patient))}]}}
            }
            """
    }

    private static func medication(_ id: String, status: String, code: String, patient: String) -> String {
        """
        {"resourceType": "MedicationRequest", "id": "\(id)", "status": "\(status)", "intent": "order",
         "subject": {"reference": "Patient/\(patient)"}, "medicationCodeableConcept": {"coding":
           [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "\(code)"}]}}
        """
    }
}

extension TestClientProtocol {
    /// Posts to order-sign.
    func post(
        _ body: [UInt8], to path: String = Request.path, headers: HTTPFields = Request.json
    ) async throws -> TestResponse {
        try await execute(uri: path, method: .post, headers: headers, body: ByteBuffer(bytes: body))
    }

    func post(_ body: String, to path: String = Request.path, headers: HTTPFields = Request.json) async throws -> TestResponse {
        try await post(Array(body.utf8), to: path, headers: headers)
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: path, method: .get, headers: headers)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as JSON; fails the test that needs it where it is none.
    func json() throws -> JSONNode { try JSONDocument(parsing: Array(body.readableBytesView)).root }

    /// How many cards it has; nil where it has no `cards`.
    func cards() throws -> Int? { try json()["cards"]?.count }

    /// Whether it is a FHIR OperationOutcome.
    func isOutcome() throws -> Bool { try json()["resourceType"]?.string == "OperationOutcome" }
}

/// Keeps the lines of a log.
final class LogRecorder: LogHandler {
    private let lines = Mutex<[String]>([])
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .debug }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { key == "hb.request.id" ? "id-of-test" : nil }
        set {}
    }

    func log(event: LogEvent) {
        let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.withLock { $0.append("\(event.message) \(pairs.joined(separator: " "))") }
    }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}
