import Clinical
import Documents
import Testing

@testable import Trust

/// Tokens that are wrong in one thing each; the caller is told the same of all.
///
/// - Source: CDS Hooks 2.0.1, "Trusting CDS Clients"; RFC 8725; rows 163 to 187 of our requirements.
@Suite("Refused tokens")
struct RefusedTests {
    /// One way to spoil a token, and the reason for the log.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let reason: TrustFailure.Reason
        let spoil: @Sendable (inout JSONValue, inout JSONValue) -> Void

        init(
            _ name: String, _ reason: TrustFailure.Reason, _ spoil: @escaping @Sendable (inout JSONValue, inout JSONValue) -> Void
        ) {
            self.name = name
            self.reason = reason
            self.spoil = spoil
        }

        var testDescription: String { name }

        static func header(_ name: String, _ value: JSONValue?, _ reason: TrustFailure.Reason) -> Row {
            Row(
                "header \(name): \(value?.string ?? value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "missing")", reason
            ) {
                header, _ in header[name] = value
            }
        }

        static func claim(_ name: String, _ value: JSONValue?, _ reason: TrustFailure.Reason) -> Row {
            Row("claim \(name): \(value.map { String(decoding: $0.bytes.prefix(60), as: UTF8.self) } ?? "missing")", reason) {
                $1[name] = value
            }
        }
    }

    private static func at(_ seconds: Int64) -> JSONValue { .number(String(World.seconds + seconds)) }

    static let rows: [Row] = [
        // 163, 175, 176: the algorithm.
        .header("alg", nil, .malformed(.header("alg"))),
        .header("alg", 384, .malformed(.header("alg"))),
        .header("alg", "none", .algorithm("none")),
        .header("alg", "None", .algorithm("None")),
        .header("alg", "HS256", .algorithm("HS256")),
        .header("alg", "HS384", .algorithm("HS384")),
        .header("alg", "ES512", .algorithm("ES512")),
        .header("alg", "PS384", .algorithm("PS384")),
        .header("alg", "es384", .algorithm("es384")),
        .header("alg", "ES256", .algorithm("ES256")),
        .header("alg", "RS384", .unknownKey),
        // 164: the key.
        .header("kid", nil, .malformed(.header("kid"))),
        .header("kid", "", .malformed(.header("kid"))),
        .header("kid", 1, .malformed(.header("kid"))),
        .header("kid", "k2", .unknownKey),
        .header("kid", .string(String(repeating: "k", count: 600)), .malformed(.header("kid"))),
        // 165: the type.
        .header("typ", nil, .malformed(.header("typ"))),
        .header("typ", "at+jwt", .malformed(.header("typ"))),
        // 166, 173: `jku`, and extensions that must be understood.
        .header("jku", "https://attacker.example.org/jwks", .foreignKeySet),
        .header("jku", ["https://ehr.example.org"], .malformed(.header("jku"))),
        .header("crit", ["b64"], .malformed(.header("crit"))),
        // 167: the issuer.
        .claim("iss", nil, .claim("iss")),
        .claim("iss", 5, .claim("iss")),
        .claim("iss", "https://attacker.example.org", .unknownIssuer),
        .claim("iss", "https://ehr.example.org/fhir/", .unknownIssuer),
        .claim("iss", "HTTPS://ehr.example.org/fhir", .unknownIssuer),
        // 168: the audience.
        .claim("aud", nil, .claim("aud")),
        .claim("aud", [], .claim("aud")),
        .claim("aud", ["https://cds.example.org/cds-services/vigil-order-sign", 1], .claim("aud")),
        .claim("aud", "https://cds.example.org", .audience),
        .claim("aud", "https://cds.example.org/cds-services", .audience),
        .claim("aud", "https://cds.example.org/cds-services/vigil-patient-view", .audience),
        .claim("aud", "https://cds.example.org/cds-services/vigil-order-sign/feedback", .audience),
        .claim("aud", "https://cds.example.org/cds-services/vigil-order-sign/", .audience),
        .claim("aud", "http://cds.example.org/cds-services/vigil-order-sign", .audience),
        .claim("aud", "/cds-services/vigil-order-sign", .audience),
        // 169: expiry, and the skew of 60 s.
        .claim("exp", nil, .claim("exp")),
        .claim("exp", "1772366700", .claim("exp")),
        .claim("exp", .null, .claim("exp")),
        .claim("exp", -1, .claim("exp")),
        .claim("exp", .number("1e99"), .claim("exp")),
        .claim("exp", at(-3600), .expired),
        .claim("exp", at(-60), .expired),
        // BP: lifetimes of an hour at most.
        .claim("exp", at(3601), .lifetime),
        // 170, 187: when it was issued, and from when it is valid.
        .claim("iat", nil, .claim("iat")),
        .claim("iat", true, .claim("iat")),
        .claim("iat", at(61), .issuedInFuture),
        .claim("nbf", at(61), .notYetValid),
        .claim("nbf", "soon", .claim("nbf")),
        // 171: the nonce.
        .claim("jti", nil, .claim("jti")),
        .claim("jti", "", .claim("jti")),
        .claim("jti", 17, .claim("jti")),
        .claim("jti", .string(String(repeating: "j", count: 1025)), .claim("jti")),
        // 172: the tenant, where it is no text.
        .claim("tenant", 1, .claim("tenant")),
    ]

    @Test("One thing wrong", arguments: rows)
    func refused(row: Row) async throws {
        let outcome = try await World().outcome(row.spoil)
        #expect(outcome.reason == row.reason)
        guard case .failure(let failure) = outcome else { return }
        #expect(failure.answer == .unauthorized)
    }

    @Test(
        "At the edge of the skew of 60 s",
        arguments: [
            ("exp", -60_000, false), ("exp", -59_999, true), ("nbf", 60_000, true), ("nbf", 60_001, false), ("iat", 60_000, true),
            ("iat", 60_001, false),
        ])
    func skew(claim: String, milliseconds: Int64, accepted: Bool) async throws {
        // The clock moves instead of the claim, so that fractions of a second count too.
        let now = World.now.adding(milliseconds: -milliseconds)
        let outcome = try await World().outcome(now: now) { _, claims in
            claims["iat"] = .number(String(World.seconds - (claim == "exp" ? 600 : 0)))
            claims["exp"] = .number(String(World.seconds + (claim == "exp" ? 0 : 600)))
            if claim != "exp" { claims[claim] = .number(String(World.seconds)) }
            if claim == "nbf" { claims["iat"] = .number(String(World.seconds - 600)) }
        }
        #expect(outcome.isAccepted == accepted)
    }

    @Test("A lifetime at the limit, and a longer one where it is agreed")
    func lifetime() async throws {
        var world = try World()
        #expect(try await world.outcome { $1["exp"] = World.at(3600) }.isAccepted)
        world.policy.maximumLifetime = .seconds(7200)
        world.replays = ReplayMemory(capacity: 10)
        #expect(try await world.outcome { $1["exp"] = World.at(7200) }.isAccepted)
        #expect(try await world.outcome { $1["exp"] = World.at(7201) }.reason == .lifetime)
    }

    @Test("172: a tenant or subject that is not on the list, or not there")
    func lists() async throws {
        var world = try World()
        world.policy.tenants = ["a"]
        #expect(try await world.outcome { $1["tenant"] = "b" }.reason == .tenant)
        #expect(try await world.outcome { $1["jti"] = "2" }.reason == .tenant)
        world.policy.tenants = nil
        world.policy.subjects = ["a"]
        #expect(
            try await world.outcome {
                $1["jti"] = "3"
                $1["sub"] = "b"
            }.reason == .subject)
        #expect(try await world.outcome { $1["jti"] = "4" }.reason == .subject)
    }

    @Test("403: a known client that is not entitled to the service or lacks the role")
    func entitlement() async throws {
        var world = try World()
        world.policy.services = .only(["vigil-patient-view"])
        guard case .failure(let failure) = try await world.outcome() else { return #expect(Bool(false)) }
        #expect(failure.reason == .notEntitled)
        #expect(failure.answer == .forbidden)
        world.policy.services = .all
        world.policy.roles = [.auditor]
        #expect(try await world.outcome { $1["jti"] = "2" }.reason == .notEntitled)
        world.endpoint = Endpoint(path: "/journal", roles: [.auditor])
        #expect(try await world.outcome { $1["jti"] = "3" }.isAccepted)
    }

    @Test("182: what is logged is short, on one line, and never the token")
    func logs() async throws {
        let world = try World()
        let token = try await world.token { $1["iss"] = .string("evil\n\u{202E}" + String(repeating: "x", count: 500)) }
        guard case .failure(let failure) = try await world.outcome(of: "Bearer " + token) else { return #expect(Bool(false)) }
        let issuer = try #require(failure.issuer)
        #expect(issuer.hasPrefix("evil\u{FFFD}\u{FFFD}xxx"))
        #expect(issuer.unicodeScalars.count == 128)
        #expect(failure.tokenID == "token-1")
        let text = "\(failure) \(failure.reason)"
        #expect(!token.split(separator: ".").contains { text.contains($0) })
    }
}
