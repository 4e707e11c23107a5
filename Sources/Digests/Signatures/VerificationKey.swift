internal import Crypto

/// The public half of an Ed25519 key: tells whether a signature is of the one who holds the other half.
public struct VerificationKey: Sendable, Hashable {
    /// The 32 bytes of the key (RFC 8032 §5.1.5).
    public let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a public key: PEM as `openssl pkey -pubout` writes it (RFC 8410 §4), or 64 hexadecimal digits.
    public init(text: String) throws(KeyError) {
        bytes = try KeyText.bytes(in: text, of: .verification)
    }

    /// The first sixteen digits of the key's SHA-256: its name in signatures, messages and logs.
    public var id: String { String(Digest(of: bytes).description.prefix(16)) }

    /// The key as PEM.
    public var pem: String { KeyText.pem(bytes, of: .verification) }

    /// Whether `signature` is this key's, of these bytes, as this kind.
    public func isValid(_ signature: Signature, of digest: Digest, as kind: SignedKind) -> Bool {
        guard signature.key == id, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature.bytes, for: kind.message(digest))
    }
}

extension Sequence<VerificationKey> {
    /// The first of these keys that signed what has this digest; `nil` where none of them did.
    public func signer(of digest: Digest, as kind: SignedKind, in signatures: [Signature]) -> VerificationKey? {
        first { key in signatures.contains { key.isValid($0, of: digest, as: kind) } }
    }
}
