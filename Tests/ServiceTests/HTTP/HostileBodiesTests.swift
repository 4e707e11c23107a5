import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

/// Bodies that are meant to break a reader, each followed by a good one.
@Suite("Hostile bodies")
struct HostileBodiesTests {
    @Test("The service refuses them and lives")
    func survives() async throws {
        try await World().application.test(.router) { client in
            for (name, body) in Self.bodies {
                let answer = try await client.post(body)
                #expect((400..<500).contains(answer.status.code), "\(name): \(answer.status)")
                #expect(try answer.isOutcome(), "\(name)")
                let good = try await client.post(Request.orderSign())
                #expect(good.status == .ok, "after \(name)")
            }
        }
    }

    @Test("Fifty megabytes over a socket: 413, and the next connection is served")
    func huge() async throws {
        let world = try World()
        let body = [UInt8](repeating: UInt8(ascii: " "), count: 50_000_000)
        try await world.application.test(.live) { client in
            let answer = try await client.post(body)
            #expect(answer.status == .contentTooLarge)
            let good = try await client.post(Request.orderSign())
            #expect(good.status == .ok)
        }
    }

    @Test("Fifty megabytes of unknown length: 413 without keeping them")
    func unknownLength() async throws {
        let body = JSONBody(limit: 100_000)
        let chunk = ByteBuffer(bytes: [UInt8](repeating: UInt8(ascii: " "), count: 10_000))
        let (stream, source) = RequestBody.makeStream()
        let sender = Task {
            for _ in 0..<5_000 {
                if Task.isCancelled { break }
                await source.yield(chunk)
            }
            source.finish()
        }
        let request = Hummingbird.Request(
            head: .init(method: .post, scheme: nil, authority: nil, path: Request.path, headerFields: Request.json), body: stream)
        await #expect(throws: HTTPProblem.self) { _ = try await body.bytes(of: request, in: nil) }
        sender.cancel()
    }

    private static let bodies: [(String, [UInt8])] = [
        ("ten thousand arrays", Array(repeating: UInt8(ascii: "["), count: 10_000)),
        ("ten thousand objects", Array(String(repeating: "{\"a\":", count: 10_000).utf8)),
        ("a million arrays", Array(repeating: UInt8(ascii: "["), count: 1_000_000)),
        ("invalid UTF-8", Array("{\"hook\": \"".utf8) + [0xFF, 0xFE, 0xC0, 0x80] + Array("\"}".utf8)),
        ("a lone surrogate", Array("{\"hook\": \"\\ud800\"}".utf8)),
        ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
        ("NUL bytes", [UInt8](repeating: 0, count: 1_000)),
        ("a number without end", Array(repeating: UInt8(ascii: "9"), count: 1_000_000)),
        ("half a request", Array(Request.orderSign().utf8.dropLast(40))),
        ("two requests", Array((Request.orderSign() + Request.orderSign()).utf8)),
        ("wrong types", Array("{\"hook\":[],\"hookInstance\":{},\"context\":7,\"prefetch\":\"x\"}".utf8)),
    ]
}
