import Testing

@testable import Trust

@Suite("Client directory")
struct ClientDirectoryTests {
    private func problem(_ change: (inout ClientPolicy) -> Void) throws -> ClientDirectoryError.Problem? {
        var policy = try World().policy
        change(&policy)
        do { _ = try ClientDirectory([policy]) } catch { return error.problem }
        return nil
    }

    @Test("What could never be believed is refused at once")
    func problems() throws {
        #expect(try problem { _ in } == nil)
        #expect(try problem { $0.issuer = "" } == .noIssuer)
        #expect(try problem { $0.algorithms = [] } == .noAlgorithm)
        #expect(try problem { $0.algorithms = [.rs256] } == .noUsableKey)
        #expect(try problem { $0.roles = [] } == .noRole)
        #expect(try problem { $0.maximumLifetime = .zero } == .lifetime)
        #expect(try problem { $0.maximumLifetime = .seconds(90_000) } == .lifetime)
        #expect(try problem { $0.keys = .published(url: "https://ehr.example.org/jwks") } == nil)
        for url in ["", "https://", "http://ehr.example.org/jwks", "ftp://x", "file:///etc/passwd", "https://a b"] {
            #expect(try problem { $0.keys = .published(url: url) } == .keySetURL(url))
        }
    }

    @Test("Two clients of one issuer cannot be told apart")
    func twice() throws {
        let policy = try World().policy
        #expect(throws: ClientDirectoryError(client: policy.name, problem: .issuerTwice(World.issuer))) {
            try ClientDirectory([policy, policy])
        }
    }
}
