import Crypto
import CryptoExtras
import Documents
import JWTKit

@testable import Trust

/// A client's private key, made anew for each run of the tests.
struct Signer: Sendable {
    let id: String
    let algorithm: String
    /// The public half, as a member of a JWK Set.
    let jwk: JSONValue
    private let sign: @Sendable ([UInt8]) async throws -> [UInt8]

    static func es384(_ id: String = "k1", alg: String? = nil) throws -> Signer {
        let key = P384.Signing.PrivateKey()
        let signing = try ES384PrivateKey(backing: key)
        return Signer(id: id, algorithm: "ES384", jwk: ecKey(id, "P-384", key.publicKey.x963Representation, alg)) { text in
            try await JWTKeyCollection().add(ecdsa: signing).getKey().sign(text)
        }
    }

    static func es256(_ id: String = "k1") throws -> Signer {
        let key = P256.Signing.PrivateKey()
        let signing = try ES256PrivateKey(backing: key)
        return Signer(id: id, algorithm: "ES256", jwk: ecKey(id, "P-256", key.publicKey.x963Representation, nil)) { text in
            try await JWTKeyCollection().add(ecdsa: signing).getKey().sign(text)
        }
    }

    /// An RSA key that signs by `algorithm`, RS256 or RS384.
    static func rsa(_ id: String = "k1", _ algorithm: String = "RS384", alg: String? = nil) throws -> Signer {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signing = try Insecure.RSA.PrivateKey(backing: key)
        let numbers = try key.publicKey.getKeyPrimitives()
        var jwk: JSONValue = [
            "kty": "RSA", "kid": .string(id), "n": .string(Base64URL.encoded(numbers.modulus)),
            "e": .string(Base64URL.encoded(numbers.publicExponent)),
        ]
        jwk["alg"] = alg.map(JSONValue.string)
        let digest: DigestAlgorithm = algorithm == "RS256" ? .sha256 : .sha384
        return Signer(id: id, algorithm: algorithm, jwk: jwk) { text in
            try await JWTKeyCollection().add(rsa: signing, digestAlgorithm: digest).getKey().sign(text)
        }
    }

    /// HMAC with any bytes as its secret: what an attacker makes of a public key.
    static func hs384(_ id: String, secret: [UInt8]) -> Signer {
        Signer(id: id, algorithm: "HS384", jwk: .null) { text in
            Array(HMAC<SHA384>.authenticationCode(for: text, using: SymmetricKey(data: secret)))
        }
    }

    /// A header and claims, signed; both may be any JSON, and `edit` changes the text of the claims before they are signed.
    func token(header: JSONValue, claims: [UInt8]) async throws -> String {
        let text = Base64URL.encoded(header.bytes) + "." + Base64URL.encoded(claims)
        return text + "." + Base64URL.encoded(try await sign(Array(text.utf8)))
    }

    private static func ecKey(_ id: String, _ curve: String, _ point: some Sequence<UInt8>, _ alg: String?) -> JSONValue {
        let coordinates = Array(point).dropFirst()
        let half = coordinates.count / 2
        var jwk: JSONValue = [
            "kty": "EC", "use": "sig", "crv": .string(curve), "kid": .string(id),
            "x": .string(Base64URL.encoded(coordinates.prefix(half))), "y": .string(Base64URL.encoded(coordinates.suffix(half))),
        ]
        jwk["alg"] = alg.map(JSONValue.string)
        return jwk
    }
}

/// A JWK Set of these keys.
func jwks(_ keys: JSONValue...) -> [UInt8] {
    (["keys": .array(keys)] as JSONValue).bytes
}
