import CDSHooks
import Clinical
import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import Service

@Suite("Reload over HTTP")
struct AdminRoutesTests {
    /// Rules that can be exchanged.
    private final class Shelf: Sendable {
        let rule = Mutex(World.rule)

        func world() throws -> World {
            let knowledge = try World.knowledge()
            return World(
                editions: try EditionHolder(clock: World.clock) { () throws(EditionError) in
                    try World.edition([self.rule.withLock { $0 }], knowledge)
                })
        }

        func put(_ old: String, _ new: String) {
            rule.withLock { rule in
                let text = String(decoding: rule.bytes, as: UTF8.self).replacing(old, with: new)
                rule = Source(name: rule.name, bytes: Array(text.utf8))
            }
        }
    }

    @Test("Rules that are whole take over, broken ones are refused with their diagnostics, and the last good edition goes on")
    func reload() async throws {
        let shelf = Shelf()
        let world = try shelf.world()
        let first = world.editions.current.id.rules
        try await world.application.test(.live) { client in
            shelf.put("severity: major", "severity: moderate")
            let good = try await client.execute(uri: "/admin/reload", method: .post)
            #expect(good.status == .ok)
            let second = try good.json()["edition"]?["rules"]?.string
            #expect(second != first)
            #expect(world.editions.current.id.rules == second)

            shelf.put("drug: warfarin }", "drug: warfrin }")
            let bad = try await client.execute(uri: "/admin/reload", method: .post)
            #expect(bad.status == .unprocessableContent)
            let told = try bad.json()
            #expect(told["outcome"]?.string == "refused")
            #expect(told["diagnostics"]?.elements.contains { $0["code"]?.string == "V201" } == true)
            #expect(told["edition"]?["rules"]?.string == second)
            let answer = try await client.post(Request.orderSign())
            #expect(try answer.cards() == 1)
            let status = try await client.get("/status").json()
            #expect(status["lastReload"]?["outcome"]?.string == "refused")
            #expect(status["lastReload"]?["why"]?.string == "the rules have 1 error(s)")
            let ready = try await client.get("/health/ready")
            #expect(ready.status == .ok)
            #expect(try ready.json()["lastReloadFailed"]?.string != nil)
        }
    }

    @Test(
        "What a page or a proxy passes on is refused",
        arguments: ["Origin", "Sec-Fetch-Site", "Via", "Forwarded", "X-Forwarded-For", "X-Real-IP"])
    func passedOn(header: String) async throws {
        let world = try World()
        try await world.application.test(.live) { client in
            let name = try #require(HTTPField.Name(header))
            let answer = try await client.execute(uri: "/admin/reload", method: .post, headers: [name: "somebody"])
            #expect(answer.status == .forbidden)
            #expect(try answer.isOutcome())
        }
    }

    @Test("A caller whose address is not known is refused")
    func unknownPeer() async throws {
        try await World().application.test(.router) { client in
            let answer = try await client.execute(uri: "/admin/reload", method: .post)
            #expect(answer.status == .forbidden)
        }
    }

    @Test("Status tells edition, age, overdue reviews and the last reload")
    func status() async throws {
        let shelf = Shelf()
        shelf.put("review_by: 2099-12-31", "review_by: 2025-11-30")
        let world = try shelf.world()
        try await world.application.test(.router) { client in
            let answer = try await client.get("/status")
            let status = try answer.json()
            #expect(status["edition"]?["rules"]?.string == world.editions.current.id.rules)
            #expect(status["ageInSeconds"]?.int == 0)
            #expect(status["overdueReviews"]?.count == 1)
            #expect(status["overdueReviews"]?.elements.first { _ in true }?["message"]?.string?.contains("2025-11-30") == true)
            #expect(status["overrides"]?.count == 0)
            #expect(status["lastReload"]?["outcome"]?.string == "reloaded")
            #expect(status["journal"]?["state"]?.string == "none")
            #expect(try await client.get("/metrics").text.contains("vigil_edition_overdue_reviews 1"))
        }
    }
}
