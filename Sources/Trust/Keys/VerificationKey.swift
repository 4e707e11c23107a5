import JWTKit

/// A public key that verifies signatures, and the algorithms it may be used with.
///
/// The key's own kind fixes the algorithm: a point on P-384 is only ever used for ES384, and no key of either kind is a
/// secret of HMAC.
///
/// - Source: RFC 8725 §3.1.
public struct VerificationKey: Sendable {
    private enum Material: Sendable {
        case p256(ES256PublicKey)
        case p384(ES384PublicKey)
        case rsa(Insecure.RSA.PublicKey)
    }

    /// The key's name, an opaque text.
    public let id: String
    /// ES256 or ES384 by its curve; for RSA the one its `alg` states, else RS384 and RS256.
    public private(set) var algorithms: Set<SigningAlgorithm>
    private let material: Material

    /// A key of P-384 or P-256; `nil` where the curve is another or the point is not on it.
    init?(id: String, curve: String, x: String, y: String) {
        self.id = id
        switch curve {
        case "P-384":
            guard let key = try? ES384PublicKey(parameters: (x, y)) else { return nil }
            (material, algorithms) = (.p384(key), [.es384])
        case "P-256":
            guard let key = try? ES256PublicKey(parameters: (x, y)) else { return nil }
            (material, algorithms) = (.p256(key), [.es256])
        default: return nil
        }
    }

    /// A key of RSA; `nil` where it is shorter than 2048 bits or not a key.
    init?(id: String, modulus: String, exponent: String) {
        guard let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent) else { return nil }
        self.id = id
        material = .rsa(key)
        algorithms = [.rs384, .rs256]
    }

    /// Leaves only the algorithm that the key itself states; false where it could not be used with that one.
    mutating func restrict(to algorithm: SigningAlgorithm) -> Bool {
        guard algorithms.contains(algorithm) else { return false }
        algorithms = [algorithm]
        return true
    }

    /// Whether `signature` was made over `text` with the private half of this key.
    ///
    /// False also where the algorithm is not one of the key's, and for bytes that are no signature at all.
    func verifies(_ signature: [UInt8], over text: [UInt8], by algorithm: SigningAlgorithm) async -> Bool {
        guard algorithms.contains(algorithm), let verifier = await verifier(for: algorithm) else { return false }
        return (try? verifier.verify(signature, signs: text)) ?? false
    }

    private func verifier(for algorithm: SigningAlgorithm) async -> (any JWTAlgorithm)? {
        let keys = JWTKeyCollection()
        switch (material, algorithm) {
        case (.p256(let key), .es256): await keys.add(ecdsa: key)
        case (.p384(let key), .es384): await keys.add(ecdsa: key)
        case (.rsa(let key), .rs256): await keys.add(rsa: key, digestAlgorithm: .sha256)
        case (.rsa(let key), .rs384): await keys.add(rsa: key, digestAlgorithm: .sha384)
        default: return nil
        }
        return try? await keys.getKey()
    }
}
