import AuditLog
import CDSHooks
import Clinical
import Digests
import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Settings
import Testing

@testable import Loopback
@testable import Service

/// A decision is worked out again from what the journal keeps of it, and gives the same bytes.
@Suite("Replay of decisions", .serialized)
struct DecisionReplayTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-\(UUID().uuidString)")
    private static let keys = EncryptionKey(bytes: [UInt8](repeating: 7, count: 32)).map { EncryptionKeys($0) }

    /// A journal that keeps bodies, in a folder of its own.
    private func withJournal(keepsBodies: Bool = true, _ body: (Journal) async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let options = JournalOptions(keepsBodies: keepsBodies, encryption: Self.keys)
        let journal = try Journal.open(folder.appendingPathComponent("journal.sqlite").path, options: options)
        try await body(journal)
        try await journal.close()
    }

    /// What comes of every decision in the journal.
    private func outcomes(_ journal: Journal, by edition: Edition) async throws -> [DecisionReplay.Outcome] {
        try await journal.flush()
        var outcomes: [DecisionReplay.Outcome] = []
        try await journal.forEach { entry in outcomes.append(try await DecisionReplay(journal).outcome(of: entry, by: edition)) }
        return outcomes
    }

    private func application(_ editions: EditionHolder, _ journal: Journal) -> some ApplicationProtocol {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return CDSApplication(
            configuration: ServiceConfiguration(port: 0), editions: editions, clock: World.clock, logger: logger,
            recorder: DecisionRecorder(journal: journal)
        ).application()
    }

    @Test("Cards, refusals and bodies that are no JSON come out as they were")
    func same() async throws {
        let world = try World()
        try await withJournal { (journal: Journal) async throws -> Void in
            try await application(world.editions, journal).test(.router) { (client: any TestClientProtocol) async throws -> Void in
                #expect(try await client.post(Request.orderSign()).status == .ok)
                #expect(try await client.post(Request.orderSign(prefetch: false)).status == .preconditionFailed)
                #expect(try await client.post("{").status == .badRequest)
            }
            #expect(try await outcomes(journal, by: world.editions.current) == [.same, .same, .same])
        }
    }

    @Test("What was fetched is kept with the call, failures too")
    func fetched() async throws {
        let bundle = #"{"resourceType": "Bundle", "type": "searchset", "entry": []}"#
        let answers: [String: FakeFHIRServer.Answer] = [
            "/fhir/Patient/p1": { _, _ in .fhir(#"{"resourceType": "Patient", "id": "p1", "birthDate": "1960-01-01"}"#) },
            "/fhir/MedicationRequest?patient=p1": { _, _ in
                .fhir(
                    """
                    {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": {"resourceType": "MedicationRequest",
                     "id": "taken", "status": "active", "intent": "order", "subject": {"reference": "Patient/p1"},
                     "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm",
                       "code": "11289"}]}}}]}
                    """)
            },
            "/fhir/MedicationStatement?patient=p1": { _, _ in .fhir(bundle) },
            "/fhir/MedicationDispense?patient=p1": { _, _ in Response(status: .internalServerError) },
        ]
        try await FakeFHIRServer.serving(answers) { fake in
            let world = try ClientWorld(client: ["fhir_bases: [\(fake.base)]"], more: "fetch: { budget: 5 s, timeout: 4 s }")
            let call = Request.orderSign(prefetch: false).replacing(
                #""context":"#,
                with: """
                    "fhirServer": "\(fake.base)", "fhirAuthorization": {"access_token": "t", "token_type": "Bearer",
                      "expires_in": 300, "scope": "patient/*.read", "subject": "vigil"}, "context":
                    """, maxReplacements: 1)
            try await withJournal { (journal: Journal) async throws -> Void in
                try await world.application(recorder: DecisionRecorder(journal: journal)).test(.router) { (client: any TestClientProtocol) async throws -> Void in
                    let answer = try await client.post(call, headers: try world.headers())
                    #expect(answer.status == .ok)
                    #expect(try answer.cards() == 1)
                }
                #expect(try await outcomes(journal, by: world.world.editions.current) == [.same])
                // The body alone would have been refused.
                let kept = try #require(try await journal.entry(1)?.decision)
                #expect(kept.fetched != nil)
                #expect(kept.status == 200)
            }
        }
    }

    @Test("An alert that was held back as shown before is held back again")
    func heldBack() async throws {
        let knowledge = try World.knowledge(), memory = AlertMemory()
        let editions = try EditionHolder(clock: World.clock) { () throws(EditionError) in
            try World.edition([World.rule], knowledge, memory: memory)
        }
        let call = Request.orderSign().replacing(
            #""context":"#,
            with: """
                "extension": {"pddi-configuration-items":
                  {"cache-for-order-sign-filtering": true, "filter-out-repeated-alerts": true}}, "context":
                """, maxReplacements: 1)
        try await withJournal { (journal: Journal) async throws -> Void in
            try await application(editions, journal).test(.router) { (client: any TestClientProtocol) async throws -> Void in
                #expect(try await client.post(call).cards() == 1)
                #expect(try await client.post(call).cards() == 0)
            }
            #expect(try await outcomes(journal, by: try World.edition([World.rule], knowledge)) == [.same, .same])
        }
    }

    @Test("Another answer by the same edition is told; another edition, a body that is not there and an old entry are set apart")
    func others() async throws {
        let world = try World(), edition = world.editions.current
        try await withJournal { (journal: Journal) async throws -> Void in
            try await application(world.editions, journal).test(.router) { (client: any TestClientProtocol) async throws -> Void in
                #expect(try await client.post(Request.orderSign()).status == .ok)
            }
            try await journal.flush()
            let first = try #require(try await journal.entry(1)?.decision)
            var lie = first
            lie.response = Digest(of: "another answer").description
            try await journal.append(lie)
            var lost = first
            lost.fetched = Digest(of: "never kept").description
            try await journal.append(lost)
            var old = first
            old.response = nil
            try await journal.append(old)
            let softer = String(decoding: World.rule.bytes, as: UTF8.self).replacing("severity: major", with: "severity: moderate")
            let other = try World.edition([Source(name: World.rule.name, bytes: Array(softer.utf8))], try World.knowledge())
            #expect(try await outcomes(journal, by: edition) == [.same, .different, .bodyNotKept, .notComparable])
            let former = DecisionEdition(rules: edition.id.rules, knowledge: edition.id.knowledge, vigil: edition.id.vigil)
            #expect(try await outcomes(journal, by: other).prefix(3) == [.otherEdition(former), .otherEdition(former), .otherEdition(former)])
        }
    }
}
