import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Trust

@testable import FHIRAccess
@testable import Loopback

/// A server that exports three small files, and can be told to fail.
final class BulkServer: Sendable {
    /// What it does otherwise than as it should.
    struct Faults: Sendable {
        /// How often it says that the export is not ready.
        var waits = 2
        /// Of kick-off, status and files each, how often it answers so first.
        var busy: [HTTPResponse.Status] = []
        var refusesSignature = false
        /// Tokens are good for one request each.
        var endsTokens = false
        var errorFile: String?
        var deletedFile: String?
        /// How often the second file breaks off.
        var breaks = 0
        var redirectsFiles = false
        var packs = false
        /// Where the files are said to lie.
        var filesAt: String?
        var needsToken = true
        /// The manifest comes in a piece for each file.
        var comesInPieces = false
        /// How many resources the manifest says a file holds.
        var counts: [String: Int] = [:]
    }

    struct Told: Sendable {
        var tokens = 0
        var waits = 0
        var busy: [String: Int] = [:]
        var breaks = 0
        var used: Set<String> = []
        var assertions: [String] = []
        var deletes = 0
        var kickOffs = 0
        var files: [String: Int] = [:]
    }

    let faults: Faults
    let told = Mutex(Told())

    init(_ faults: Faults = Faults()) { self.faults = faults }

    static let contents = [
        "Patient": #"{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1960-01-01"}"# + "\n",
        "Condition": #"{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"}}"# + "\n"
            + #"{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/p1"}}"# + "\n",
        "Observation": "",
    ]

    /// Its answers by path with query; `export` is the path that starts it.
    func answers(export: String = "/fhir/Patient/$export") -> [String: FakeFHIRServer.Answer] {
        var answers: [String: FakeFHIRServer.Answer] = [
            "/fhir/.well-known/smart-configuration": { _, fake in
                .fhir(#"{"token_endpoint":"http://127.0.0.1:\#(fake.port)/auth/token","capabilities":["permission-v2"],"token_endpoint_auth_signing_alg_values_supported":["RS384","ES384"]}"#)
            },
            "/auth/token": { [self] request, _ in try await token(request) },
            export: { [self] request, fake in
                if let refusal = refused(request, "kick-off") { return refusal }
                told.withLock { $0.kickOffs += 1 }
                guard request.headers[.preferHeader] == "respond-async" else { return Response(status: .badRequest) }
                return Response(status: .accepted, headers: [.contentLocation: "http://127.0.0.1:\(fake.port)/fhir/jobs/1"])
            },
            "/fhir/jobs/1": { [self] request, fake in status(request, fake) },
        ]
        for piece in 1..<Self.contents.count { answers["/fhir/jobs/1/\(piece)"] = { [self] request, fake in status(request, fake, piece: piece) } }
        for type in Self.contents.keys { answers["/files/\(type)"] = { [self] request, fake in file(type, request, fake) } }
        for type in Self.contents.keys { answers["/moved/\(type)"] = { [self] request, fake in file(type, request, fake, wasMoved: true) } }
        if let text = faults.errorFile { answers["/files/errors"] = { _, _ in Self.ndjson(text) } }
        if let text = faults.deletedFile { answers["/files/deleted"] = { _, _ in Self.ndjson(text) } }
        return answers
    }

    private func token(_ request: Request) async throws -> Response {
        let form = String(buffer: try await request.body.collect(upTo: 1 << 20))
        let fields = Dictionary(
            form.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }, uniquingKeysWith: { $1 })
        let assertion = fields["client_assertion"] ?? ""
        told.withLock { $0.assertions.append(assertion) }
        guard !faults.refusesSignature, fields["grant_type"] == "client_credentials", fields["scope"] == "system%2F%2A.rs" else {
            return Response(
                status: .badRequest, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: #"{"error":"invalid_client","error_description":"of Patient/p1"}"#)))
        }
        let number = told.withLock { told in
            told.tokens += 1
            return told.tokens
        }
        return .fhir(#"{"access_token":"t\#(number)","token_type":"bearer","expires_in":300}"#)
    }

    /// 401 without a token, and whatever else it was told to answer first.
    private func refused(_ request: Request, _ what: String) -> Response? {
        let token = request.headers[.authorization] ?? ""
        guard token.hasPrefix("Bearer t") else { return Response(status: .unauthorized) }
        if faults.endsTokens, !told.withLock({ $0.used.insert(token).inserted }) { return Response(status: .unauthorized) }
        let count = told.withLock { told in
            defer { told.busy[what, default: 0] += 1 }
            return told.busy[what, default: 0]
        }
        guard faults.busy.indices.contains(count) else { return nil }
        return Response(status: faults.busy[count], headers: [.retryAfter: "0"])
    }

    private func status(_ request: Request, _ fake: FakeFHIRServer, piece: Int = 0) -> Response {
        if request.method == .delete {
            told.withLock { $0.deletes += 1 }
            return Response(status: .accepted)
        }
        if let refusal = refused(request, "status") { return refusal }
        let isReady = told.withLock { told in
            told.waits += 1
            return told.waits > faults.waits
        }
        guard isReady else { return Response(status: .accepted, headers: [.retryAfter: "0"]) }
        let root = faults.filesAt ?? "http://127.0.0.1:\(fake.port)/files"
        func list(_ names: [String]) -> String {
            names.map { name in
                let count = faults.counts[name].map { #","count":\#($0)"# } ?? ""
                return #"{"type":"\#(name)","url":"\#(root)/\#(name)"\#(count)}"#
            }.joined(separator: ",")
        }
        let names = Self.contents.keys.sorted()
        let output = faults.comesInPieces ? [names[piece]] : names
        let isLast = !faults.comesInPieces || piece == names.count - 1
        let link = isLast ? "" : #","link":[{"relation":"next","url":"/fhir/jobs/1/\#(piece + 1)"}]"#
        let errors = faults.errorFile == nil ? "" : #"{"type":"OperationOutcome","url":"\#(root)/errors"}"#
        let deleted = faults.deletedFile == nil ? "" : #"{"type":"Bundle","url":"\#(root)/deleted"}"#
        return .fhir(
            #"{"transactionTime":"2026-11-21T00:00:00Z","request":"x","requiresAccessToken":\#(faults.needsToken),"output":[\#(list(output))],"error":[\#(errors)],"deleted":[\#(deleted)]\#(link)}"#,
            type: "application/json")
    }

    private func file(_ type: String, _ request: Request, _ fake: FakeFHIRServer, wasMoved: Bool = false) -> Response {
        if faults.needsToken, let refusal = refused(request, type) { return refusal }
        if faults.redirectsFiles && !wasMoved { return .redirect("/moved/\(type)") }
        told.withLock { $0.files[type, default: 0] += 1 }
        let text = Self.contents[type] ?? ""
        if type == "Observation", told.withLock({ told in told.breaks += 1; return told.breaks <= faults.breaks }) {
            return Response(
                status: .ok, headers: [.contentType: "application/fhir+ndjson", .contentLength: "1000"],
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "{\"resourceType\":\"Obs"))
                    throw BrokenOff()
                })
        }
        if faults.packs, let packed = try? gzip(text) {
            return Response(
                status: .ok, headers: [.contentType: "application/fhir+ndjson", .contentEncoding: "gzip"],
                body: .init(byteBuffer: ByteBuffer(bytes: packed)))
        }
        return Self.ndjson(text)
    }

    private static func ndjson(_ text: String) -> Response {
        Response(status: .ok, headers: [.contentType: "application/fhir+ndjson"], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func gzip(_ text: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}

private struct BrokenOff: Error {}

extension HTTPField.Name {
    fileprivate static let preferHeader = HTTPField.Name("Prefer")!
}
