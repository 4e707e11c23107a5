import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Settings
import Testing

@testable import Service

@Suite("Cross origin")
struct CrossOriginTests {
    private static let origin = "https://sandbox.example.org"

    private func world(_ allowed: [String]) throws -> World {
        var world = try World()
        world.configuration.listening.origins = allowed
        return world
    }

    @Test("Off by default: no header, and no preflight")
    func off() async throws {
        try await world([]).application.test(.router) { client in
            let answer = try await client.get("/cds-services", headers: [.origin: Self.origin])
            #expect(answer.headers[.accessControlAllowOrigin] == nil)
            let preflight = try await client.execute(
                uri: Request.path, method: .options, headers: [.origin: Self.origin, .accessControlRequestMethod: "POST"])
            #expect(preflight.status == .methodNotAllowed)
        }
    }

    @Test("A listed origin is granted, another is not; caches are told")
    func listed() async throws {
        try await world([Self.origin]).application.test(.router) { client in
            let granted = try await client.get("/cds-services", headers: [.origin: Self.origin])
            #expect(granted.headers[.accessControlAllowOrigin] == Self.origin)
            #expect(granted.headers[.vary] == "Origin")
            let refused = try await client.get("/cds-services", headers: [.origin: "https://elsewhere.example.org"])
            #expect(refused.headers[.accessControlAllowOrigin] == nil)
            #expect(refused.headers[.vary] == "Origin")
        }
    }

    @Test("The preflight of a hook call")
    func preflight() async throws {
        try await world([Self.origin]).application.test(.router) { client in
            let answer = try await client.execute(
                uri: Request.path, method: .options, headers: [.origin: Self.origin, .accessControlRequestMethod: "POST"])
            #expect(answer.status == .noContent)
            #expect(answer.headers[.accessControlAllowOrigin] == Self.origin)
            #expect(answer.headers[.accessControlAllowMethods]?.contains("POST") == true)
            #expect(answer.headers[.accessControlAllowHeaders]?.contains("Content-Type") == true)
        }
    }

    @Test("A page can read a refusal too")
    func refusal() async throws {
        try await world(["*"]).application.test(.router) { client in
            let answer = try await client.post(
                "x", headers: [.contentType: "text/plain", .origin: Self.origin])
            #expect(answer.status == .unsupportedMediaType)
            #expect(answer.headers[.accessControlAllowOrigin] == "*")
        }
    }
}
