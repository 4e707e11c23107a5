import Documents
import Hummingbird
import NIOCore
import Testing
import Trust

@testable import FHIRAccess
@testable import Loopback

/// Where requests and tokens may go, and where not.
///
/// - Source: rows 68, 69, 174 and 188 of our requirements.
@Suite("Boundaries", .serialized)
struct BoundariesTests {
    private func fetch(
        _ base: String, allowed: [String], reach: NetworkReach = .loopback, token: String? = "secret-token",
        query: String = "Patient/1"
    ) async -> FetchFailure? {
        let transport = HTTPTransport(reach: reach)
        let outcomes = await FHIRFetcher(transport: transport).fetch(
            queries: ["key": query], base: base, token: token,
            policy: FetchPolicy(
                allowedBases: allowed.compactMap { FHIRBase($0) }, limits: FetchLimits(timeout: .seconds(60))), deadline: .now + .seconds(60))
        await transport.shutdown()
        return outcomes["key"]?.failure
    }

    @Test("188: a server that is not the client's is not asked")
    func foreignBase() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            #expect(await fetch(fake.base, allowed: []) == .baseNotAllowed)
            #expect(await fetch(fake.base, allowed: ["https://ehr.example.org/fhir", fake.base + "2"]) == .baseNotAllowed)
            #expect(await fetch("http://127.0.0.1:\(fake.port)/fhir/../admin", allowed: [fake.base]) == .baseNotAllowed)
            #expect(await fetch("http://evil@127.0.0.1:\(fake.port)/fhir", allowed: [fake.base]) == .baseNotAllowed)
            #expect(await fetch("no URL", allowed: [fake.base]) == .baseNotAllowed)
            #expect(fake.calls.isEmpty)
            #expect(await fetch(fake.base + "/", allowed: [fake.base]) == nil)
            #expect(fake.calls.count == 1)
        }
    }

    @Test("Loopback and private addresses are refused unless configured, also behind a name")
    func addresses() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
                let base = "http://\(host):\(fake.port)/fhir"
                #expect(await fetch(base, allowed: [base], reach: []) == .addressRefused)
                #expect(await fetch(base, allowed: [base], reach: .privateNetworks) == .addressRefused)
            }
            for base in [
                "https://10.0.0.1/fhir", "https://169.254.169.254/fhir", "https://[fd00::1]/fhir", "http://ehr.example.org/fhir",
            ] {
                #expect(await fetch(base, allowed: [base], reach: .loopback) == .addressRefused)
            }
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("What a name leads to is checked on the connection, before anything is sent")
    func peer() async throws {
        // The check of the spelling is left out, so that only what the name leads to can tell.
        try await FakeFHIRServer.serving(["/jwks": { _, _ in .fhir("{}") }]) { fake in
            let transport = HTTPTransport(reach: [])
            let address = try #require(WebAddress("http://localhost:\(fake.port)/jwks"))
            await #expect(throws: FetchFailure.addressRefused) {
                try await transport.transfer(address, headers: [], bodyLimit: 1000, timeout: .seconds(60))
            }
            // And again, on a pool that has seen one refused.
            await #expect(throws: FetchFailure.addressRefused) {
                try await transport.transfer(address, headers: [], bodyLimit: 1000, timeout: .seconds(60))
            }
            try await Task.sleep(for: .milliseconds(50))
            await transport.shutdown()
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("69: redirects: twice within the server, never to another, and the token goes nowhere else")
    func redirects() async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { other in
            let otherBase = "http://localhost:\(other.port)/fhir"
            try await FakeFHIRServer.serving([
                "/fhir/Patient/1": { _, _ in .redirect("/fhir/moved/1") },
                "/fhir/moved/1": { _, fake in .redirect("\(fake.base)/moved/2", status: .permanentRedirect) },
                "/fhir/moved/2": { _, _ in .patient() },
                "/fhir/Patient/2": { _, _ in .redirect("/fhir/moved/a") },
                "/fhir/moved/a": { _, _ in .redirect("b") }, "/fhir/moved/b": { _, _ in .redirect("c") },
                "/fhir/Patient/3": { _, _ in .redirect("\(otherBase)/Patient/1") },
                "/fhir/Patient/4": { _, _ in .redirect("//localhost:\(other.port)/fhir/Patient/1") },
                "/fhir/Patient/5": { _, _ in .redirect("/login") },
                "/fhir/Patient/6": { _, _ in Response(status: .found) },
                "/fhir/Patient/7": { _, _ in .redirect("file:///etc/passwd") },
            ]) { fake in
                let expected: [String: FetchFailure?] = [
                    "1": nil, "2": .tooManyRedirects, "3": .redirectedAway, "4": .redirectedAway, "5": .redirectedAway,
                    "6": .redirectedAway,
                    "7": .redirectedAway,
                ]
                for (id, failure) in expected {
                    #expect(await fetch(fake.base, allowed: [fake.base, otherBase], query: "Patient/\(id)") == failure, "\(id)")
                }
                #expect(!fake.calls.contains { $0.path == "/login" || $0.path == "/fhir/moved/c" })
                #expect(fake.calls.allSatisfy { $0.authorization == "Bearer secret-token" })
            }
            #expect(other.calls.isEmpty)
        }
    }

    @Test("A token that could break out of its header is not sent", arguments: ["", "a b", "a\r\nX: y", "a\u{0}", "ä"])
    func tokens(token: String) async throws {
        try await FakeFHIRServer.serving(["/fhir/Patient/1": { _, _ in .patient() }]) { fake in
            #expect(await fetch(fake.base, allowed: [fake.base], token: token) == .tokenUnusable)
            #expect(fake.calls.isEmpty)
        }
    }

    @Test("70: no reason holds an address, a token or a patient")
    func reasons() async throws {
        let failures: [FetchFailure] = [
            .baseNotAllowed, .addressRefused, .tokenUnusable, .queryUnusable, .noTimeLeft, .timedOut, .cancelled, .connection,
            .tooLarge,
            .status(500), .redirectedAway, .tooManyRedirects, .contentType, .notJSON, .operationOutcome, .wrongResource,
            .pagingAway,
            .pagingLoop, .tooManyPages,
        ]
        #expect(Set(failures.map(\.label)).count == failures.count)
        #expect(Set(failures.map(\.description)).count == failures.count)
        #expect(!failures.contains { "\($0)".contains("http") })
    }

    // MARK: - Key sets

    @Test("174: key sets: https or configured loopback, no redirect, bounded")
    func keySets() async throws {
        try await FakeFHIRServer.serving([
            "/jwks": { _, _ in .fhir(#"{"keys":[]}"#, type: "text/plain") }, "/moved": { _, _ in .redirect("/jwks") },
            "/large": { _, _ in .fhir(String(repeating: " ", count: KeySetCache.sizeLimit + 1)) },
            "/slow": { _, _ in
                try await Task.sleep(for: .seconds(300))
                return .fhir("")
            },
        ]) { fake in
            let transport = HTTPTransport(reach: .loopback)
            let fetcher = HTTPJWKSFetcher(transport: transport, timeout: .seconds(5))
            let root = "http://127.0.0.1:\(fake.port)"
            let bytes = try await fetcher.keySet(at: root + "/jwks")
            #expect(bytes == Array(#"{"keys":[]}"#.utf8))
            for path in ["/moved", "/large", "/slow", "/none"] {
                await #expect(throws: JWKSFetchError.self, "\(path)") { try await fetcher.keySet(at: root + path) }
            }
            await transport.shutdown()
            let strict = HTTPTransport()
            for url in [root + "/jwks", "http://ehr.example.org/jwks", "https://127.0.0.1/jwks", "nonsense"] {
                await #expect(throws: JWKSFetchError.self, "\(url)") {
                    try await HTTPJWKSFetcher(transport: strict).keySet(at: url)
                }
            }
            await strict.shutdown()
        }
    }
}
