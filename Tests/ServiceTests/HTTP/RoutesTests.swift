import CDSHooks
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Service

@Suite("Routes")
struct RoutesTests {
    @Test("Discovery lists the services, and twice the same bytes")
    func discovery() async throws {
        try await World().application.test(.router) { client in
            let first = try await client.get("/cds-services")
            #expect(first.status == .ok)
            #expect(first.headers[.contentType] == "application/json")
            let hooks = try first.json()["services"]?.elements.compactMap { $0["hook"]?.string }
            #expect(Set(hooks ?? []).isSuperset(of: ["order-select", "order-sign", "patient-view"]))
            let second = try await client.get("/cds-services")
            #expect(second.body == first.body)
        }
    }

    @Test("A hook call is answered with cards")
    func call() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.post(Request.orderSign())
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.text.contains("raises the risk of bleeding"))
            let again = try await client.post(Request.orderSign())
            #expect(again.body == answer.body)
        }
    }

    @Test("The answer over HTTP is the edition's, byte for byte")
    func sameBytes() async throws {
        let world = try World()
        let body = Request.orderSign()
        let expected = world.editions.current.answer(
            service: "vigil-order-sign", body: Array(body.utf8), asOf: World.clock.now())
        try await world.application.test(.router) { client in
            let answer = try await client.post(body)
            #expect(Array(answer.body.readableBytesView) == expected.body)
        }
    }

    @Test("Life, readiness and the door sign")
    func state() async throws {
        try await World().application.test(.router) { client in
            let live = try await client.get("/health/live")
            #expect(live.status == .ok)
            let ready = try await client.get("/health/ready")
            let state = try ready.json()
            #expect(state["status"]?.string == "ready")
            #expect(state["rules"]?["count"]?.int == 1)
            #expect(state["knowledge"]?["version"]?.string == "2025.11.1")
            #expect(state["knowledge"]?["ageInMonths"]?.int == 1)
            let sign = try await client.get("/")
            #expect(sign.text.contains("/cds-services"))
            let head = try await client.execute(uri: "/health/ready", method: .head)
            #expect(head.status == .ok)
        }
    }

    @Test("Each request is named, by the caller's id where it is a plain one")
    func requestID() async throws {
        try await World().application.test(.router) { client in
            let named = try await client.get("/health/live", headers: [.requestID: "abc-123"])
            #expect(named.headers[.requestID] == "abc-123")
            let unnamed = try await client.get("/health/live")
            #expect(unnamed.headers[.requestID]?.isEmpty == false)
            for id in ["two words", "a\"b", String(repeating: "x", count: 81)] {
                let odd = try await client.get("/health/live", headers: [.requestID: id])
                #expect(odd.headers[.requestID] != id)
            }
        }
    }

    @Test("Over a real socket, and the connection is used again")
    func socket() async throws {
        let world = try World()
        try await world.application.test(.live) { client in
            for _ in 0..<3 {
                let answer = try await client.post(Request.orderSign())
                #expect(answer.status == .ok)
                #expect(answer.headers[.server] == "Vigil")
                #expect(try answer.cards() == 1)
            }
            let missing = try await client.get("/nothing")
            #expect(missing.status == .notFound)
        }
    }
}
