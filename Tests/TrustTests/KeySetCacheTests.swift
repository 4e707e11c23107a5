import Clinical
import Documents
import Synchronization
import Testing

@testable import Trust

/// Published keys: fetched, kept, rotated, and bounded.
@Suite("166, 174, 180: published key sets")
struct KeySetCacheTests {
    static let url = "https://ehr.example.org/jwks"

    /// A server of key sets that counts how often it is asked.
    final class Publisher: JWKSFetcher {
        let state: Mutex<(answer: Result<[UInt8], JWKSFetchError>, count: Int)>
        let delay: Duration

        init(_ answer: Result<[UInt8], JWKSFetchError>, delay: Duration = .zero) {
            state = Mutex((answer, 0))
            self.delay = delay
        }

        var count: Int { state.withLock { $0.count } }
        func publish(_ answer: Result<[UInt8], JWKSFetchError>) { state.withLock { $0.answer = answer } }

        func keySet(at url: String) async throws(JWKSFetchError) -> [UInt8] {
            #expect(url == KeySetCacheTests.url)
            let answer = state.withLock { state in
                state.count += 1
                return state.answer
            }
            try? await Task.sleep(for: delay)
            return try answer.get()
        }
    }

    /// A world whose client publishes its key.
    private func world(_ publisher: Publisher, _ signer: Signer) throws -> World {
        var world = try World(signer)
        world.policy.keys = .published(url: Self.url)
        world.keySets = KeySetCache(fetcher: publisher)
        return world
    }

    private func minutes(_ count: Int64) -> Instant { World.now.adding(milliseconds: count * 60_000) }

    /// A token issued and used so many minutes from now.
    private func outcome(_ world: World, at minute: Int64, _ id: String = #function) async throws -> TrustFailure.Reason? {
        try await world.outcome(now: minutes(minute)) {
            $1["iat"] = World.at(minute * 60)
            $1["exp"] = World.at(minute * 60 + 300)
            $1["jti"] = .string("\(id)-\(minute)")
            $0["jku"] = .string(Self.url)
        }.reason
    }

    @Test("Fetched once, kept, and fetched again when old")
    func kept() async throws {
        let signer = try Signer.es384()
        let publisher = Publisher(.success(jwks(signer.jwk)))
        let world = try world(publisher, signer)
        #expect(try await outcome(world, at: 0) == nil)
        #expect(try await outcome(world, at: 14) == nil)
        #expect(publisher.count == 1)
        #expect(try await outcome(world, at: 16) == nil)
        #expect(publisher.count == 2)
    }

    @Test("A key that is new: one fetch, and none again within the minute")
    func rotated() async throws {
        let (old, new) = (try Signer.es384("old"), try Signer.es384("new"))
        let publisher = Publisher(.success(jwks(old.jwk)))
        var world = try world(publisher, old)
        #expect(try await outcome(world, at: 0) == nil)
        publisher.publish(.success(jwks(old.jwk, new.jwk)))
        world.signer = new
        #expect(try await outcome(world, at: 2) == nil)
        #expect(publisher.count == 2)
        world.signer = try Signer.es384("never published")
        for attempt in 0..<5 { #expect(try await outcome(world, at: 2, "\(attempt)") == .unknownKey) }
        #expect(publisher.count == 2)
        #expect(try await outcome(world, at: 3) == .unknownKey)
        #expect(publisher.count == 3)
    }

    @Test("A key that was withdrawn is refused after the next fetch")
    func withdrawn() async throws {
        let (old, new) = (try Signer.es384("old"), try Signer.es384("new"))
        let publisher = Publisher(.success(jwks(old.jwk)))
        let world = try world(publisher, old)
        #expect(try await outcome(world, at: 0) == nil)
        publisher.publish(.success(jwks(new.jwk)))
        #expect(try await outcome(world, at: 20) == .unknownKey)
    }

    @Test("While fetches fail, the last good set serves, for twelve hours")
    func lastGood() async throws {
        let signer = try Signer.es384()
        let publisher = Publisher(.success(jwks(signer.jwk)))
        let world = try world(publisher, signer)
        #expect(try await outcome(world, at: 0) == nil)
        publisher.publish(.failure(JWKSFetchError("down")))
        #expect(try await outcome(world, at: 60) == nil)
        #expect(try await outcome(world, at: 719) == nil)
        #expect(await world.keySets.lastError(for: Self.url)?.description == "down")
        #expect(try await outcome(world, at: 721) == .keysUnavailable)
        publisher.publish(.success(jwks(signer.jwk)))
        #expect(try await outcome(world, at: 723) == nil)
    }

    @Test("Sets that are too large, broken or empty are not believed")
    func unusable() async throws {
        let signer = try Signer.es384()
        let padded = jwks(signer.jwk) + Array(repeating: 0x20, count: KeySetCache.sizeLimit)
        for bytes in [padded, [], Array("<html>".utf8), Array(#"{"keys":[]}"#.utf8), Array(#"{"keys":{}}"#.utf8)] {
            let world = try world(Publisher(.success(bytes)), signer)
            #expect(try await outcome(world, at: 0) == .keysUnavailable)
        }
    }

    @Test("Many calls at once wait for one fetch")
    func oneFetch() async throws {
        let signer = try Signer.es384()
        let publisher = Publisher(.success(jwks(signer.jwk)), delay: .milliseconds(50))
        let world = try world(publisher, signer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for call in 0..<50 {
                group.addTask {
                    let reason = try await outcome(world, at: 0, "call-\(call)")
                    #expect(reason == nil)
                }
            }
            try await group.waitForAll()
        }
        #expect(publisher.count == 1)
    }

    @Test("Calls that overlap, the later instant first, do not fetch again")
    func overlapping() async throws {
        let signer = try Signer.es384()
        let publisher = Publisher(.success(jwks(signer.jwk)))
        let cache = KeySetCache(fetcher: publisher)
        _ = await cache.keySet(at: Self.url, havingKey: "k1", now: World.now)
        _ = await cache.keySet(at: Self.url, havingKey: "k1", now: World.now.adding(milliseconds: -5))
        #expect(publisher.count == 1)
        _ = await cache.keySet(at: Self.url, havingKey: "other", now: World.now)
        _ = await cache.keySet(at: Self.url, havingKey: "another", now: World.now.adding(milliseconds: -5))
        #expect(publisher.count == 2)
    }

    @Test("A foreign `jku` is not fetched, nor is anything for an unknown issuer")
    func foreign() async throws {
        let signer = try Signer.es384()
        let publisher = Publisher(.success(jwks(signer.jwk)))
        let world = try world(publisher, signer)
        #expect(
            try await world.outcome { header, _ in header["jku"] = "https://attacker.example.org/jwks" }.reason == .foreignKeySet)
        #expect(try await world.outcome { $1["iss"] = "https://attacker.example.org" }.reason == .unknownIssuer)
        #expect(publisher.count == 0)
    }
}
