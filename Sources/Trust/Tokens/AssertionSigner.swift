import Documents
import JWTKit

/// Signs the assertions by which this program shows the token endpoint of a FHIR server who it is.
///
/// - Source: SMART App Launch 2.2, "Client Authentication: Asymmetric"; RFC 7523 §2.2.
public struct AssertionSigner: Sendable {
    private enum Key: Sendable {
        case es384(ES384PrivateKey)
        case rsa(Insecure.RSA.PrivateKey)
    }

    /// ES384 or RS384, by the kind of the key.
    public let algorithm: SigningAlgorithm
    private let key: Key
    private let keyID: String?

    /// - Parameters:
    ///   - pem: a private key of P-384, or of RSA with 2048 bits or more.
    ///   - keyID: the `kid` under which its public half is registered.
    /// - Throws: `AssertionKeyError` where it is neither.
    public init(pem: String, keyID: String?) throws(AssertionKeyError) {
        if let key = try? ES384PrivateKey(pem: pem) {
            (self.key, algorithm) = (.es384(key), .es384)
        } else if let key = try? Insecure.RSA.PrivateKey(pem: pem) {
            (self.key, algorithm) = (.rsa(key), .rs384)
        } else {
            throw AssertionKeyError(description: "it is no private key of P-384, nor of RSA with 2048 bits or more, in PEM")
        }
        self.keyID = keyID
    }

    /// An assertion that is good for five minutes at most.
    ///
    /// - Parameters:
    ///   - audience: the URL of the token endpoint.
    ///   - id: a name that no other assertion bears.
    ///   - issued: seconds since 1970.
    public func assertion(
        clientID: String, audience: String, id: String, issued: Int, lifetime: Int = 300
    ) async throws(AssertionKeyError) -> String {
        var header: [(String, JSONValue)] = [("alg", .string(algorithm.rawValue)), ("typ", "JWT")]
        if let keyID { header.append(("kid", .string(keyID))) }
        let claims: [(String, JSONValue)] = [
            ("iss", .string(clientID)), ("sub", .string(clientID)), ("aud", .string(audience)), ("jti", .string(id)),
            ("iat", .int(issued)), ("exp", .int(issued + min(max(lifetime, 1), 300))),
        ]
        let text = Base64URL.encoded(JSONValue.object(header).bytes) + "." + Base64URL.encoded(JSONValue.object(claims).bytes)
        return text + "." + Base64URL.encoded(try await signature(of: Array(text.utf8)))
    }

    private func signature(of text: [UInt8]) async throws(AssertionKeyError) -> [UInt8] {
        let keys = JWTKeyCollection()
        switch key {
        case .es384(let key): await keys.add(ecdsa: key)
        case .rsa(let key): await keys.add(rsa: key, digestAlgorithm: .sha384)
        }
        do {
            return try await keys.getKey().sign(text)
        } catch {
            throw AssertionKeyError(description: "the assertion could not be signed with it")
        }
    }
}

/// Why a private key cannot be used; nothing of the key.
public struct AssertionKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}
