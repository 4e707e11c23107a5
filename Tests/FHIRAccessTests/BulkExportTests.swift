import Crypto
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import Testing
import Trust

@testable import FHIRAccess
@testable import Loopback

/// A population is fetched from a server on loopback that behaves, and from one that does not.
///
/// - Source: FHIR Bulk Data Access 2.0; SMART App Launch 2.2, "Backend Services".
@Suite("Bulk export", .serialized)
struct BulkExportTests {
    private static let key = P384.Signing.PrivateKey()

    private final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "vigil-bulk-\(UUID().uuidString)"
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func files(_ kind: String) -> [String: String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(kind)")) ?? []
            return Dictionary(names.map { ($0, (try? String(contentsOfFile: "\(path)/\(kind)/\($0)", encoding: .utf8)) ?? "?") }, uniquingKeysWith: { $1 })
        }
    }

    private final class Steps: Sendable {
        let all = Mutex<[BulkProgress]>([])
    }

    private static func limits() -> BulkLimits {
        var limits = BulkLimits()
        limits.shortestWait = .milliseconds(5)
        limits.longestWait = .milliseconds(20)
        limits.attempts = 4
        limits.timeout = .seconds(30)
        return limits
    }

    private func run(
        _ fake: FakeFHIRServer, into folder: Folder, level: BulkRequest.Level = .patients, types: [String] = [], since: String? = nil,
        signed: Bool = true, limits: BulkLimits = BulkExportTests.limits(), reach: NetworkReach = .loopback, at base: String? = nil,
        tell: @escaping @Sendable (BulkProgress) -> Void = { _ in }
    ) async throws -> BulkDownload {
        let signer = try AssertionSigner(pem: Self.key.pemRepresentation, keyID: "k1")
        let request = BulkRequest(
            base: try #require(FHIRBase(base ?? fake.base)), level: level, types: types, since: since,
            credentials: signed ? BackendCredentials(clientID: "vigil", signer: signer) : nil)
        let transport = BulkExport.transport(reach: reach, authorities: .systemOnly, limits: limits)
        defer { Task { await transport.shutdown() } }
        return try await BulkExport(request, transport: transport, limits: limits, now: { 1_800_000_000 }, tell: tell).run(into: folder.path)
    }

    private func sentence(_ body: () async throws -> BulkDownload) async throws -> String {
        do {
            _ = try await body()
            return ""
        } catch let error as BulkError {
            return error.description
        }
    }

    @Test("Kick-off, waiting, manifest, files, and the server is told that it may forget them", arguments: [false, true])
    func happy(packs: Bool) async throws {
        let server = BulkServer(.init(packs: packs))
        let folder = Folder()
        let steps = Steps()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let download = try await run(fake, into: folder, tell: { step in steps.all.withLock { $0.append(step) } })
            #expect(download.outputs == 3)
            #expect(download.shortfall == nil)
            #expect(download.transactionTime == "2026-11-21T00:00:00Z")
            #expect(fake.calls.filter { $0.path.hasPrefix("/files") }.allSatisfy { $0.authorization == "Bearer t1" })
        }
        let files = folder.files("output")
        #expect(files.keys.sorted() == ["Condition.00001.ndjson", "Observation.00002.ndjson", "Patient.00003.ndjson"])
        for (type, text) in BulkServer.contents { #expect(files.first { $0.key.hasPrefix(type) }?.value == text) }
        let told = server.told.withLock { $0 }
        #expect(told.tokens == 1 && told.deletes == 1 && told.kickOffs == 1 && told.waits == 3)
        #expect(steps.all.withLock { $0 }.contains(.waiting(2)))
        #expect(BulkDownload.transactionTime(in: folder.path) == "2026-11-21T00:00:00Z")
    }

    @Test("The assertion is signed with the client's key, for the token endpoint, for five minutes")
    func assertion() async throws {
        let server = BulkServer()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            _ = try await run(fake, into: Folder())
            let text = try #require(server.told.withLock { $0.assertions.first })
            let parts = text.split(separator: ".").map { Array($0.utf8) }
            let header = try JSONDocument(parsing: try #require(Self.decoded(parts[0]))).root
            let claims = try JSONDocument(parsing: try #require(Self.decoded(parts[1]))).root
            #expect(header["alg"]?.string == "ES384" && header["kid"]?.string == "k1" && header["typ"]?.string == "JWT")
            #expect(claims["iss"]?.string == "vigil" && claims["sub"]?.string == "vigil")
            #expect(claims["aud"]?.string == "http://127.0.0.1:\(fake.port)/auth/token")
            #expect(claims["exp"]?.int == 1_800_000_300 && claims["jti"]?.string?.isEmpty == false)
            let signature = try P384.Signing.ECDSASignature(rawRepresentation: try #require(Self.decoded(parts[2])))
            #expect(Self.key.publicKey.isValidSignature(signature, for: Data(parts[0] + [UInt8(ascii: ".")] + parts[1])))
        }
    }

    private static func decoded(_ part: [UInt8]) -> [UInt8]? {
        var text = String(decoding: part, as: UTF8.self).replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).map { Array($0) }
    }

    @Test("A group, types and an instant stand in the kick-off")
    func parameters() async throws {
        let server = BulkServer()
        let path = "/fhir/Group/g-1/$export?_type=Patient,Condition&_since=2026-01-01T00:00:00%2B01:00"
        try await FakeFHIRServer.serving(server.answers(export: path)) { fake in
            let download = try await run(fake, into: Folder(), level: .group("g-1"), types: ["Patient", "Condition"], since: "2026-01-01T00:00:00+01:00")
            #expect(download.outputs == 3)
        }
        try await FakeFHIRServer.serving([:]) { fake in
            for (group, type) in [("../x", "Patient"), ("", "Patient"), ("g", "Patient&x=1"), ("g?x", "Patient")] {
                let why = try await sentence { try await run(fake, into: Folder(), level: .group(group), types: [type]) }
                #expect(why.contains("cannot stand in a URL"))
            }
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("A server that is busy is asked again, as late as it says", arguments: [
        [HTTPResponse.Status.tooManyRequests], [.serviceUnavailable, .tooManyRequests], [.badGateway, .internalServerError, .serviceUnavailable],
    ])
    func busy(_ answers: [HTTPResponse.Status]) async throws {
        let server = BulkServer(.init(busy: answers))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let download = try await run(fake, into: Folder())
            #expect(download.outputs == 3)
        }
    }

    @Test("One that stays busy ends it, with a sentence that names nothing of it")
    func alwaysBusy() async throws {
        let server = BulkServer(.init(busy: Array(repeating: .tooManyRequests, count: 100)))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let why = try await sentence { try await run(fake, into: Folder()) }
            #expect(why == "the export was not begun: the server answered 429")
        }
    }

    @Test("A token that ends before its time is asked for anew")
    func expired() async throws {
        let server = BulkServer(.init(endsTokens: true))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let download = try await run(fake, into: Folder())
            #expect(download.outputs == 3)
        }
        #expect(server.told.withLock { $0.tokens } > 3)
    }

    @Test("A signature that is not believed ends it, without a word of the server's")
    func wrongSignature() async throws {
        let server = BulkServer(.init(refusesSignature: true))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let why = try await sentence { try await run(fake, into: Folder()) }
            #expect(why == "the token endpoint refused this client: it answered 400 (invalid_client)")
            #expect(fake.calls.allSatisfy { !$0.path.contains("$export") })
        }
    }

    @Test("Errors of the manifest are counted by severity; deletions come along")
    func errors() async throws {
        let outcome = #"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"},{"severity":"information","code":"informational"}]}"#
        let bundle = #"{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Condition/c9"}}]}"#
        let server = BulkServer(.init(errorFile: outcome + "\nnot json\n", deletedFile: bundle + "\n"))
        let folder = Folder()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let download = try await run(fake, into: folder)
            #expect(download.issues == ["error": 2, "information": 1])
            #expect(download.shortfall == "the server could not export all of it")
            #expect(download.deleted.count == 1)
            #expect(folder.files("deleted").values.first?.contains("Condition/c9") == true)
        }
    }

    @Test("A download that breaks goes on: whole files stay, the half one is asked for again")
    func resume() async throws {
        let folder = Folder()
        let server = BulkServer(.init(breaks: 4))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let why = try await sentence { try await run(fake, into: folder) }
            #expect(why.hasPrefix("a file of the export did not come"))
            #expect(folder.files("output").keys.sorted().contains("Condition.00001.ndjson"))
            #expect(!folder.files("output").keys.contains("Observation.00002.ndjson"))
            #expect(server.told.withLock { $0.deletes } == 0)
            let download = try await run(fake, into: folder)
            #expect(download.outputs == 3)
        }
        let told = server.told.withLock { $0 }
        #expect(told.kickOffs == 1 && told.deletes == 1)
        #expect(told.files["Condition"] == 1)
        #expect(folder.files("output")["Observation.00002.ndjson"] == "")
    }

    @Test("A file that has changed on the disk is asked for again, and an export that has gone is begun again")
    func damaged() async throws {
        let folder = Folder()
        let server = BulkServer(.init(breaks: 4))
        try await FakeFHIRServer.serving(server.answers()) { fake in
            _ = try await sentence { try await run(fake, into: folder) }
            try "x".write(toFile: folder.path + "/output/Condition.00001.ndjson", atomically: true, encoding: .utf8)
            _ = try await run(fake, into: folder)
            #expect(folder.files("output")["Condition.00001.ndjson"] == BulkServer.contents["Condition"])
            #expect(server.told.withLock { $0.files["Condition"] } == 2)
        }
        // Killed while it waited, and the server has forgotten it since.
        let other = Folder()
        try FileManager.default.createDirectory(atPath: other.path, withIntermediateDirectories: true)
        let fresh = BulkServer()
        try await FakeFHIRServer.serving(fresh.answers()) { fake in
            let request = BulkRequest(base: try #require(FHIRBase(fake.base)), credentials: BackendCredentials(
                clientID: "vigil", signer: try AssertionSigner(pem: Self.key.pemRepresentation, keyID: "k1")))
            var state = BulkState(request: request.words)
            state.status = fake.base + "/jobs/gone"
            try state.write(to: other.path)
            let download = try await run(fake, into: other)
            #expect(download.outputs == 3)
        }
    }

    @Test("A manifest in pieces is read to its end")
    func pieces() async throws {
        let server = BulkServer(.init(comesInPieces: true))
        let folder = Folder()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let download = try await run(fake, into: folder)
            #expect(download.outputs == 3)
            #expect(fake.calls.filter { $0.path.hasPrefix("/fhir/jobs/1/") }.map(\.authorization) == ["Bearer t1", "Bearer t1"])
        }
        for (type, text) in BulkServer.contents { #expect(folder.files("output").first { $0.key.hasPrefix(type) }?.value == text) }
        let looping = BulkServer(.init(comesInPieces: true))
        var answers = looping.answers()
        answers["/fhir/jobs/1/2"] = answers["/fhir/jobs/1/1"]
        try await FakeFHIRServer.serving(answers) { fake in
            var few = Self.limits()
            few.files = 5
            let bounded = few
            let why = try await sentence { try await run(fake, into: Folder(), limits: bounded) }
            #expect(why.contains("more than 5"))
        }
    }

    @Test("A file with fewer resources than the manifest counts is said to lack some")
    func short() async throws {
        for (counts, isShort) in [(["Condition": 2, "Patient": 1, "Observation": 0], false), (["Condition": 3], true)] {
            let server = BulkServer(.init(counts: counts))
            let folder = Folder()
            try await FakeFHIRServer.serving(server.answers()) { fake in
                let download = try await run(fake, into: folder)
                #expect(download.shortFiles == (isShort ? 1 : 0))
                #expect((download.shortfall != nil) == isShort)
            }
            // Of what is there already it is said again.
            let state = try #require(BulkState(in: folder.path, request: try Self.words(in: folder.path)))
            #expect(BulkDownload(state, folder: folder.path).shortFiles == (isShort ? 1 : 0))
        }
    }

    private static func words(in folder: String) throws -> String {
        let state = try JSONDocument(parsing: try String(contentsOfFile: folder + "/state.json", encoding: .utf8))
        return try #require(state.root["request"]?.string)
    }

    @Test("An export whose files have gone while the download was interrupted is begun again", arguments: [404, 410])
    func goneFiles(_ status: Int) async throws {
        let folder = Folder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let server = BulkServer()
        var answers = server.answers()
        answers["/old/1"] = { _, _ in Response(status: HTTPResponse.Status(code: status)) }
        try await FakeFHIRServer.serving(answers) { fake in
            let request = BulkRequest(base: try #require(FHIRBase(fake.base)), credentials: BackendCredentials(
                clientID: "vigil", signer: try AssertionSigner(pem: Self.key.pemRepresentation, keyID: "k1")))
            var state = BulkState(request: request.words)
            state.status = fake.base + "/jobs/old"
            state.files = [.init(kind: .output, type: "Patient", url: "http://127.0.0.1:\(fake.port)/old/1", name: "output/Patient.00001.ndjson")]
            try state.write(to: folder.path)
            let download = try await run(fake, into: folder)
            #expect(download.outputs == 3)
            #expect(server.told.withLock { $0.kickOffs } == 1)
        }
    }

    @Test("When to ask again is told in seconds or as an instant", arguments: [
        ("120", 120), ("0", 0), ("Fri, 15 Jan 2027 08:02:00 GMT", 120), ("Thu, 14 Jan 2027 08:00:00 GMT", 0),
        ("Tue, 29 Feb 2028 00:00:00 GMT", 35_395_200), ("-1", nil), ("soon", nil), ("Fri, 15 Foo 2027 08:02:00 GMT", nil),
        ("Fri, 15 Jan 2027 25:02:00 GMT", nil), ("Fri, 15 Jan 99999999999999999999 08:02:00 GMT", nil), ("", nil),
    ] as [(String, Int?)])
    func retryAfter(_ text: String, _ seconds: Int?) {
        // 2027-01-15T08:00:00Z
        #expect(RetryAfter(text)?.seconds(at: 1_800_000_000) == seconds)
    }

    @Test("Files may lie elsewhere: redirects are followed, the token goes to servers that are trusted only")
    func elsewhere() async throws {
        let moved = BulkServer(.init(redirectsFiles: true))
        try await FakeFHIRServer.serving(moved.answers()) { fake in
            let download = try await run(fake, into: Folder())
            #expect(download.outputs == 3)
        }

        let files = BulkServer(.init(needsToken: false))
        try await FakeFHIRServer.serving(files.answers()) { store in
            let root = "http://127.0.0.1:\(store.port)/files"
            let open = BulkServer(.init(filesAt: root, needsToken: false))
            try await FakeFHIRServer.serving(open.answers()) { fake in
                let download = try await run(fake, into: Folder())
                #expect(download.outputs == 3)
            }
            #expect(store.calls.allSatisfy { $0.authorization == nil })
            let guarded = BulkServer(.init(filesAt: root))
            try await FakeFHIRServer.serving(guarded.answers()) { fake in
                let why = try await sentence { try await run(fake, into: Folder()) }
                #expect(why.contains("--files-at"))
            }
            #expect(store.calls.allSatisfy { $0.authorization == nil })
        }
    }

    @Test("Addresses out of reach, files too large and too many are refused")
    func bounds() async throws {
        let server = BulkServer()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            for reach in [NetworkReach(), .privateNetworks] {
                let why = try await sentence { try await run(fake, into: Folder(), reach: reach) }
                #expect(why.contains("may be reached"))
            }
            let link = try await sentence { try await run(fake, into: Folder(), at: "https://169.254.169.254/fhir") }
            #expect(link.contains("may be reached"))
            var small = Self.limits()
            small.totalSize = 20
            let bounded = small
            let large = try await sentence { try await run(fake, into: Folder(), limits: bounded) }
            #expect(large.contains("larger than allowed"))
        }
        let again = BulkServer()
        try await FakeFHIRServer.serving(again.answers()) { fake in
            var few = Self.limits()
            few.files = 2
            let bounded = few
            let many = try await sentence { try await run(fake, into: Folder(), limits: bounded) }
            #expect(many == "the export has more than 2 files")
        }
    }

    @Test("A server that asks nobody needs no key; a key that is none is said to be none")
    func open() async throws {
        let server = BulkServer()
        try await FakeFHIRServer.serving(server.answers()) { fake in
            let why = try await sentence { try await run(fake, into: Folder(), signed: false) }
            #expect(why == "the export was not begun: the server answered 401")
        }
        #expect(throws: AssertionKeyError.self) { try AssertionSigner(pem: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", keyID: nil) }
        #expect(throws: AssertionKeyError.self) { try AssertionSigner(pem: P256.Signing.PrivateKey().pemRepresentation, keyID: nil) }
    }
}
