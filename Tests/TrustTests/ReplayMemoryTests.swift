import Clinical
import Documents
import Testing

@testable import Trust

@Suite("171: replay")
struct ReplayMemoryTests {
    @Test("A token is accepted once, for each issuer")
    func replayed() async throws {
        let world = try World()
        let token = "Bearer " + (try await world.token())
        let verifier = try world.verifier()
        #expect(await verifier.verify(authorizationHeader: token, endpoint: world.endpoint, now: World.now).isAccepted)
        let again = await verifier.verify(
            authorizationHeader: token, endpoint: world.endpoint, now: World.now.adding(milliseconds: 359_000))
        #expect(again.reason == .replayed)
        let admission = world.replays.admit(
            issuer: "other", tokenID: "token-1", until: World.now.adding(milliseconds: 600_000), now: World.now)
        #expect(admission == .first)
    }

    @Test("A token whose signature does not hold uses up nothing")
    func forgedFirst() async throws {
        let world = try World()
        let forged = try await Signer.es384("k1").token(header: world.header, claims: world.claims.bytes)
        #expect(try await world.outcome(of: "Bearer " + forged).reason == .signature)
        #expect(world.replays.count == 0)
        #expect(try await world.outcome().isAccepted)
    }

    @Test("One token sent a hundred times at once: accepted once")
    func parallel() async throws {
        let world = try World()
        let token = "Bearer " + (try await world.token())
        let verifier = try world.verifier()
        let accepted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    await verifier.verify(authorizationHeader: token, endpoint: world.endpoint, now: World.now).isAccepted
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(accepted == 1)
    }

    @Test("Full of live tokens: busy, nothing is forgotten; room again when they have expired")
    func full() async throws {
        var world = try World()
        world.replays = ReplayMemory(capacity: 2)
        for id in ["1", "2"] { #expect(try await world.outcome { $1["jti"] = .string(id) }.isAccepted) }
        guard case .failure(let failure) = try await world.outcome({ $1["jti"] = "3" }) else { return #expect(Bool(false)) }
        #expect(failure.answer == .busy)
        #expect(try await world.outcome { $1["jti"] = "1" }.reason == .replayed)
        let later = World.now.adding(milliseconds: 600_000)
        let outcome = try await world.outcome(now: later) {
            $1["jti"] = "4"
            $1["iat"] = World.at(600)
            $1["exp"] = World.at(900)
        }
        #expect(outcome.isAccepted)
        #expect(world.replays.count == 1)
    }

    @Test("After the clock was set back, what was forgotten is not accepted again")
    func clockSetBack() {
        let memory = ReplayMemory(capacity: 10)
        let start = Instant(milliseconds: 0)
        let expiry = start.adding(milliseconds: 120_000)
        #expect(memory.admit(issuer: "i", tokenID: "1", until: expiry, now: start) == .first)
        #expect(
            memory.admit(
                issuer: "i", tokenID: "2", until: start.adding(milliseconds: 900_000), now: start.adding(milliseconds: 600_000))
                == .first)
        #expect(memory.count == 1)
        #expect(memory.admit(issuer: "i", tokenID: "1", until: expiry, now: start) == .replayed)
    }
}
