/// An algorithm by which a CDS Client may sign; symmetric ones and `none` are not among them.
///
/// - Source: RFC 7518 §3.1; CDS Hooks 2.0.1, "Signing Algorithm", recommends ES384 and RS384.
public enum SigningAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
}
