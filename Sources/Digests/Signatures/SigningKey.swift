internal import Crypto

/// The secret half of an Ed25519 key: signs. It has no description, so that it does not end up in a log.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new key, of the system's randomness.
    public init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads a secret key: PEM as `openssl genpkey -algorithm ed25519` writes it (PKCS #8, RFC 8410 §7), or 64 hexadecimal digits.
    public init(text: String) throws(KeyError) {
        let bytes = try KeyText.bytes(in: text, of: .signing)
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { throw .unusable }
        self.key = key
    }

    /// The half that others may know.
    public var verificationKey: VerificationKey {
        VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
    }

    /// The secret as PEM, for a file that only its owner may read.
    public var secretPEM: String { KeyText.pem(Array(key.rawRepresentation), of: .signing) }

    /// Signs what has this digest.
    public func signature(of digest: Digest, as kind: SignedKind) throws(KeyError) -> Signature {
        guard let signed = try? key.signature(for: kind.message(digest)) else { throw .unusable }
        return Signature(key: verificationKey.id, bytes: Array(signed))
    }
}
