import Documents
import Testing

@testable import Trust

@Suite("Key sets")
struct KeySetTests {
    @Test("Keys that cannot be used are passed over")
    func passedOver() throws {
        let good = try Signer.es384("good")
        func spoilt(_ spoil: (inout JSONValue) -> Void) -> JSONValue {
            var key = good.jwk
            key["kid"] = "bad"
            spoil(&key)
            return key
        }
        let keys: [JSONValue] = [
            ["kty": "oct", "kid": "bad", "k": "c2VjcmV0"],
            ["kty": "OKP", "kid": "bad", "crv": "Ed25519", "x": "AAAA"],
            ["kty": "RSA", "kid": "bad", "n": "AQAB", "e": "AQAB"],
            ["kty": "RSA", "kid": "bad", "n": "", "e": ""],
            spoilt { $0["use"] = "enc" }, spoilt { $0["key_ops"] = ["sign"] }, spoilt { $0["alg"] = "ES256" },
            spoilt { $0["alg"] = "HS384" }, spoilt { $0["alg"] = "RS384" }, spoilt { $0["crv"] = "P-256" },
            spoilt { $0["crv"] = "P-521" },
            spoilt { $0["x"] = $0["y"] }, spoilt { $0["x"] = "not base64!" }, spoilt { $0["y"] = nil },
            spoilt { $0["kid"] = nil },
            spoilt { $0["kid"] = 5 }, spoilt { $0["d"] = "c2VjcmV0" }, "text", [], nil,
        ]
        let set = try KeySet(parsing: (["keys": .array(keys + [good.jwk])] as JSONValue).bytes)
        #expect(set.keys.map(\.id) == ["good"])
        #expect(set.keys.first?.algorithms == [.es384])
    }

    @Test("An RSA key without `alg` serves both algorithms of RSA, with `alg` that one")
    func rsa() throws {
        #expect(try KeySet(parsing: jwks(Signer.rsa().jwk)).keys.first?.algorithms == [.rs384, .rs256])
        #expect(try KeySet(parsing: jwks(Signer.rsa(alg: "RS256").jwk)).keys.first?.algorithms == [.rs256])
    }

    @Test("178: a signature holds by the algorithm of the key alone")
    func verifies() async throws {
        let signer = try Signer.rsa()
        let token = try await signer.token(header: [:], claims: []).utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let text = Array(token[0]) + [UInt8(ascii: ".")] + token[1]
        let signature = try #require(Base64URL.decoded(token[2]))
        let key = try #require(KeySet(parsing: jwks(signer.jwk)).keys.first)
        #expect(await key.verifies(signature, over: text, by: .rs384))
        #expect(await !key.verifies(signature, over: text, by: .rs256))
        #expect(await !key.verifies(signature, over: text, by: .es384))
        var restricted = key
        let canBeRestricted = restricted.restrict(to: .rs256)
        #expect(canBeRestricted)
        #expect(await !restricted.verifies(signature, over: text, by: .rs384))
    }

    @Test("What is no key set")
    func notSets() throws {
        #expect(throws: KeySetError.noKeys) { try KeySet(parsing: Array("{}".utf8)) }
        #expect(throws: KeySetError.noneUsable) { try KeySet(parsing: Array(#"{"keys":[{}]}"#.utf8)) }
        let many = JSONValue.array(Array(repeating: [:], count: 101))
        #expect(throws: KeySetError.tooMany) { try KeySet(parsing: (["keys": many] as JSONValue).bytes) }
    }

    @Test("Base64url there and back, for every length")
    func base64URL() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
            #expect(Base64URL.decoded(Base64URL.encoded(bytes).utf8) == bytes)
        }
        for text in ["A", "AB", "AAB", "AA==", "A A", "AA\n", "+/AA", "ÄA"] where text != "AAA" {
            #expect(Base64URL.decoded(text.utf8) == nil, "\(text)")
        }
    }
}
