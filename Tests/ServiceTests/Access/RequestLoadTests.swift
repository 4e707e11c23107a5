import Settings
import Testing

@testable import Service

@Suite("The load of requests")
struct RequestLoadTests {
    private func load(requests: Int = 2, perClient: Int = 2, memory: Int = 100) -> RequestLoad {
        var limits = RequestLimits()
        limits.requests = requests
        limits.requestsPerClient = perClient
        limits.memory = memory
        return RequestLoad(limits: limits)
    }

    @Test("So many requests at one time, and another once one has left")
    func requests() throws {
        let load = load()
        let first = try #require(load.enter()), second = load.enter()
        #expect(second != nil)
        #expect(load.enter() == nil)
        first.leave()
        #expect(load.current.requests == 1)
        #expect(load.enter() != nil)
    }

    @Test("So many of one client, beside which others come in")
    func clients() throws {
        let load = load(requests: 10, perClient: 1)
        let one = try #require(load.enter()), two = try #require(load.enter()), other = try #require(load.enter())
        #expect(one.take(partOf: "a"))
        #expect(!two.take(partOf: "a"))
        #expect(other.take(partOf: "b"))
        one.leave()
        #expect(two.take(partOf: "a"))
    }

    @Test("So many for which something is fetched")
    func fetching() throws {
        var limits = RequestLimits()
        limits.fetching = 1
        let load = RequestLoad(limits: limits)
        let one = try #require(load.enter()), two = try #require(load.enter())
        #expect(one.takeFetching())
        #expect(!two.takeFetching())
        one.leave()
        #expect(two.takeFetching())
    }

    @Test("The bytes of all bodies together, given back with their request")
    func bytes() throws {
        let load = load(requests: 10)
        let one = try #require(load.enter()), two = try #require(load.enter())
        #expect(one.take(bytes: 60))
        #expect(!two.take(bytes: 41))
        #expect(two.take(bytes: 40))
        #expect(load.current.bytes == 100)
        one.leave()
        #expect(load.current.bytes == 40)
        two.leave()
        #expect(load.current == (0, 0))
    }
}
