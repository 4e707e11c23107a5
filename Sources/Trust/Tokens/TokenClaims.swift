import Clinical
import Documents

/// The claims of a token whose signature holds.
///
/// - Source: CDS Hooks 2.0.1, "JWT payload"; RFC 7519 §4.1.
struct TokenClaims {
    let audiences: [String]
    let expiry: Instant
    let issued: Instant
    let notBefore: Instant?
    let id: String
    let tenant: String?
    let subject: String?

    /// Reads the claims; each that is required must be there, and none may be of another kind than it should.
    init(_ claims: JSONNode) throws(TrustFailure.Reason) {
        audiences = try Self.audiences(claims["aud"])
        guard let expiry = try Self.instant(claims["exp"], named: "exp") else { throw .claim("exp") }
        guard let issued = try Self.instant(claims["iat"], named: "iat") else { throw .claim("iat") }
        guard let id = try Self.text(claims["jti"], named: "jti") else { throw .claim("jti") }
        self.expiry = expiry
        self.issued = issued
        self.id = id
        notBefore = try Self.instant(claims["nbf"], named: "nbf")
        tenant = try Self.text(claims["tenant"], named: "tenant")
        subject = try Self.text(claims["sub"], named: "sub")
    }

    /// One text or a list of them; RFC 7519 §4.1.3.
    private static func audiences(_ claim: JSONNode?) throws(TrustFailure.Reason) -> [String] {
        guard let claim else { throw .claim("aud") }
        if let one = claim.string { return [one] }
        let several = claim.elements.compactMap(\.string)
        guard claim.kind == .array, !several.isEmpty, several.count == claim.count else { throw .claim("aud") }
        return several
    }

    private static func text(_ claim: JSONNode?, named name: String) throws(TrustFailure.Reason) -> String? {
        guard let claim else { return nil }
        guard let text = claim.string, !text.isEmpty, text.utf8.count <= 1024 else { throw .claim(name) }
        return text
    }

    /// Seconds since 1970, fractions allowed; RFC 7519 §2, "NumericDate".
    private static func instant(_ claim: JSONNode?, named name: String) throws(TrustFailure.Reason) -> Instant? {
        guard let claim else { return nil }
        guard let digits = claim.number, let seconds = Double(String(decoding: digits, as: UTF8.self)),
            seconds >= 0, seconds < 253_402_300_800
        else { throw .claim(name) }
        return Instant(milliseconds: Int64((seconds * 1000).rounded(.down)))
    }
}
