import Documents
import Testing

@testable import Trust

/// Tokens that were not signed by the client, or were changed afterwards.
@Suite("Forged and broken tokens")
struct ForgeryTests {
    @Test("175: `none` with an empty signature")
    func none() async throws {
        let world = try World()
        let header: JSONValue = ["alg": "none", "typ": "JWT", "kid": "k1"]
        let text = Base64URL.encoded(header.bytes) + "." + Base64URL.encoded(world.claims.bytes)
        #expect(try await world.outcome(of: "Bearer \(text).").reason == .malformed(.notThreeParts))
        #expect(try await world.outcome(of: "Bearer \(text).AAAA").reason == .algorithm("none"))
    }

    @Test("176: the public key as a secret of HMAC")
    func hmacConfusion() async throws {
        let world = try World(.rsa())
        let modulus = try #require(world.signer.jwk["n"]?.string)
        for secret in [Array(modulus.utf8), try #require(Base64URL.decoded(modulus.utf8)), jwks(world.signer.jwk)] {
            let forger = Signer.hs384("k1", secret: secret)
            for algorithm in ["HS384", "RS384"] {
                let header: JSONValue = ["alg": .string(algorithm), "typ": "JWT", "kid": "k1"]
                let token = try await forger.token(header: header, claims: world.claims.bytes)
                let reason = try await world.outcome(of: "Bearer " + token).reason
                #expect(reason == (algorithm == "HS384" ? .algorithm("HS384") : .signature))
            }
        }
    }

    @Test("178: a key never verifies by another algorithm than its own")
    func algorithmOfTheKey() async throws {
        // The key states RS256; the token is signed with it, rightly, by RS384.
        var world = try World(.rsa("k1", "RS384", alg: "RS384"))
        world.policy.algorithms = [.rs384, .rs256]
        var key = world.signer.jwk
        key["alg"] = "RS256"
        world.policy.keys = .inline(try KeySet(parsing: jwks(key)))
        #expect(try await world.outcome().reason == .unknownKey)
    }

    @Test("174: keys that the token brings along")
    func embeddedKeys() async throws {
        let world = try World()
        let forger = try Signer.es384("k1")
        for member in ["jwk", "x5u", "x5c"] {
            var header = world.header
            header[member] = member == "jwk" ? forger.jwk : member == "x5u" ? "https://attacker.example.org/cert" : ["MIIB"]
            let token = try await forger.token(header: header, claims: world.claims.bytes)
            #expect(try await world.outcome(of: "Bearer " + token).reason == .signature)
        }
    }

    @Test("Another key of the same kid")
    func otherKey() async throws {
        let world = try World()
        let token = try await Signer.es384("k1").token(header: world.header, claims: world.claims.bytes)
        #expect(try await world.outcome(of: "Bearer " + token).reason == .signature)
    }

    @Test("A signature that is cut, stretched, or all zeros")
    func brokenSignatures() async throws {
        let world = try World()
        let parts = try await world.token().split(separator: ".").map(String.init)
        let signature = try #require(Base64URL.decoded(parts[2].utf8))
        for broken in [
            Array(signature.dropLast()), signature + [0], Array(repeating: 0, count: 96), [1], Array(signature.reversed()),
        ] {
            let token = parts[0] + "." + parts[1] + "." + Base64URL.encoded(broken)
            #expect(try await world.outcome(of: "Bearer " + token).reason == .signature)
        }
    }

    @Test("Claims changed after signing")
    func changedClaims() async throws {
        let world = try World()
        let parts = try await world.token().split(separator: ".").map(String.init)
        var claims = world.claims
        claims["tenant"] = "other"
        let token = parts[0] + "." + Base64URL.encoded(claims.bytes) + "." + parts[2]
        #expect(try await world.outcome(of: "Bearer " + token).reason == .signature)
    }

    @Test(
        "A claim or header member that occurs twice",
        arguments: [#"{"iss":"a","iss":"b"}"#, #"{"iss":"a","\u0069ss":"b"}"#])
    func duplicates(claims: String) async throws {
        let world = try World()
        let token = try await world.signer.token(header: world.header, claims: Array(claims.utf8))
        #expect(try await world.outcome(of: "Bearer " + token).reason == .malformed(.notAnObject))
    }

    @Test("Claims that are no object", arguments: ["[]", "null", "\"x\"", "", "{", "{\"iss\":\"a\"}x", "\u{FEFF}{}"])
    func noObjects(claims: String) async throws {
        let world = try World()
        let token = try await world.signer.token(header: world.header, claims: Array(claims.utf8))
        #expect(try await world.outcome(of: "Bearer " + token).reason == .malformed(.notAnObject))
    }

    @Test(
        "Headers that hold no token",
        arguments: [nil, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token abc", "Bearer\tabc"])
    func noToken(header: String?) async throws {
        #expect(try await World().outcome(of: header).reason == .noToken)
    }

    @Test("Texts that are no JWT", arguments: ["a", "a.b", "a.b.c.d", "a.b.c.d.e", "..", ".b.c", "a..c", "a.b."])
    func noJWT(text: String) async throws {
        let reason = try #require(try await World().outcome(of: "Bearer " + text).reason)
        guard case .malformed = reason else { return #expect(Bool(false), "\(reason)") }
    }

    @Test("Garbage for base64url, and base64url with padding, blanks or stray bits")
    func garbage() async throws {
        let world = try World()
        let parts = try await world.token().split(separator: ".").map(String.init)
        for text in [
            "!!!!.\(parts[1]).\(parts[2])", "\(parts[0])=.\(parts[1]).\(parts[2])", "\(parts[0]). \(parts[1]).\(parts[2])",
            "\(parts[0]).\(parts[1]).\(parts[2])A", "\(parts[0])+/.\(parts[1]).\(parts[2])",
        ] {
            #expect(try await world.outcome(of: "Bearer " + text).reason == .malformed(.notBase64URL))
        }
    }

    @Test("Two tokens in one header")
    func twoTokens() async throws {
        let world = try World()
        let token = try await world.token()
        #expect(try await world.outcome(of: "Bearer \(token), Bearer \(token)").reason != nil)
    }

    @Test("A token of 8 KiB is read, a longer one is not")
    func huge() async throws {
        let world = try World()
        #expect(try await world.outcome { $1["pad"] = .string(String(repeating: "x", count: 5000)) }.isAccepted)
        #expect(try await world.outcome { $1["pad"] = .string(String(repeating: "x", count: 9000)) }.reason == .tooLong)
        #expect(try await world.outcome(of: "Bearer " + String(repeating: "A", count: 1 << 20)).reason == .tooLong)
    }

    @Test("Any bytes: an answer, and no trap")
    func anyBytes() async throws {
        let world = try World()
        let token = Array(try await world.token().utf8)
        var generator = Seeded(state: 20_260_301)
        for _ in 0..<2_000 {
            var bytes = token
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            guard bytes != token else { continue }
            #expect(try await !world.outcome(of: "Bearer " + String(decoding: bytes, as: UTF8.self)).isAccepted)
        }
    }
}

/// SplitMix64: the same numbers in every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
