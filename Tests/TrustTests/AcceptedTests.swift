import Clinical
import Documents
import Testing

@testable import Trust

/// Tokens that are right, in each form that is allowed.
///
/// - Source: CDS Hooks 2.0.1, "Trusting CDS Clients"; rows 163 to 187 of our requirements.
@Suite("Accepted tokens")
struct AcceptedTests {
    @Test("164, 177: ES384 with an opaque kid")
    func es384() async throws {
        let world = try World(.es384("dGhl+a2V5/MQ=="))
        let client = try await world.outcome().get()
        #expect(client.name == "Example EHR")
        #expect(client.tokenID == "token-1")
    }

    @Test("177: RS384, with and without `alg` in the key", arguments: [nil, "RS384"])
    func rs384(alg: String?) async throws {
        #expect(try await World(.rsa(alg: alg)).outcome().isAccepted)
    }

    @Test("178: ES256 and RS256 where the client is allowed them, and not otherwise")
    func others() async throws {
        for signer in [try Signer.es256(), try Signer.rsa("k1", "RS256")] {
            var world = try World()
            world.signer = signer
            world.policy.keys = .inline(try KeySet(parsing: jwks(signer.jwk, Signer.es384("k2").jwk)))
            #expect(try await world.outcome().reason == .algorithm(signer.algorithm))
            world.policy.algorithms.insert(try #require(SigningAlgorithm(rawValue: signer.algorithm)))
            #expect(try await world.outcome().isAccepted)
        }
    }

    @Test(
        "168: the audience of each endpoint",
        arguments: [Endpoint.discovery, .service("vigil-patient-view"), .feedback("vigil-patient-view")])
    func endpoints(endpoint: Endpoint) async throws {
        var world = try World()
        world.endpoint = endpoint
        #expect(try await world.outcome().isAccepted)
    }

    @Test("168: the audience among others in an array")
    func arrayAudience() async throws {
        let world = try World()
        let aud = World.base + world.endpoint.path
        #expect(try await world.outcome { $1["aud"] = ["https://other.example.org", .string(aud)] }.isAccepted)
    }

    @Test("168: an audience agreed with this client alone")
    func extraAudience() async throws {
        var world = try World()
        world.policy.extraAudiences = ["https://typed.example.org/by-hand"]
        #expect(try await world.outcome { $1["aud"] = "https://typed.example.org/by-hand" }.isAccepted)
    }

    @Test("187: `nbf` five minutes back, as Epic sends it")
    func epic() async throws {
        var world = try World(.rsa())
        world.policy.subjects = ["client-id"]
        let outcome = try await world.outcome {
            $1["nbf"] = World.at(-300)
            $1["exp"] = World.at(900)
            $1["sub"] = "client-id"
        }
        #expect(try outcome.get().subject == "client-id")
    }

    @Test("172: a tenant on the list, and any where there is no list")
    func tenant() async throws {
        var world = try World()
        #expect(try await world.outcome { $1["tenant"] = "a" }.get().tenant == "a")
        world.policy.tenants = ["a", "b"]
        world.replays = ReplayMemory(capacity: 10)
        #expect(try await world.outcome { $1["tenant"] = "b" }.get().tenant == "b")
    }

    @Test("166: `jku` that is configured beside inline keys; nothing is fetched")
    func jkuBesideInlineKeys() async throws {
        var world = try World()
        world.policy.keys = .inline(try KeySet(parsing: jwks(world.signer.jwk)), urls: ["https://ehr.example.org/jwks"])
        #expect(try await world.outcome { header, _ in header["jku"] = "https://ehr.example.org/jwks" }.isAccepted)
    }

    @Test("Unknown members of header and claims are passed over, fractions of seconds are allowed")
    func unknownMembers() async throws {
        let outcome = try await World().outcome { header, claims in
            header["x5t"] = "abc"
            claims["purpose"] = ["any": [1, 2.5, nil]]
            claims["exp"] = .number("1772366700.25")
        }
        #expect(outcome.isAccepted)
    }

    @Test("The scheme in any case, with any blanks behind it", arguments: ["Bearer ", "bearer ", "BEARER   "])
    func scheme(scheme: String) async throws {
        let world = try World()
        #expect(try await world.outcome(of: scheme + world.token()).isAccepted)
    }

    @Test("Two keys of one name: the one of the token's algorithm is used")
    func sameName() async throws {
        var world = try World(.rsa())
        let other = try Signer.es384("k1")
        world.policy.keys = .inline(try KeySet(parsing: jwks(other.jwk, world.signer.jwk)))
        #expect(try await world.outcome().isAccepted)
    }

    @Test("Two clients with one `kid` keep their own keys")
    func sameKeyIDs() async throws {
        var world = try World()
        let other = try World()
        var second = other.policy
        second.issuer = "https://second.example.org"
        world.others = [second]
        #expect(try await world.outcome().isAccepted)
        #expect(try await world.outcome { $1["iss"] = "https://second.example.org" }.reason == .signature)
    }
}
