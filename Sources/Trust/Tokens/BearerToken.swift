import Documents

/// A JSON Web Token taken apart; nothing of it is believed yet.
///
/// - Source: RFC 7515 §3.1 (compact serialization), RFC 7519 §3, RFC 6750 §2.1.
struct BearerToken {
    /// The longest token that is read; those seen of EHRs are below 2 KiB.
    static let sizeLimit = 8 << 10

    let header: TokenHeader
    let claims: JSONNode
    /// What the signature is made over: the first two parts as they were sent.
    let signedText: [UInt8]
    let signature: [UInt8]

    /// Reads the value of an `Authorization` header.
    ///
    /// Objects are read strictly: a member that occurs twice has no meaning two readers would agree on, so it is refused.
    init(authorization: String) throws(TrustFailure.Reason) {
        let parts = try Self.token(of: authorization).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty else { throw .malformed(.notThreeParts) }
        guard let header = Base64URL.decoded(parts[0]), let claims = Base64URL.decoded(parts[1]),
            let signature = Base64URL.decoded(parts[2])
        else { throw .malformed(.notBase64URL) }
        self.header = try TokenHeader(Self.object(header))
        self.claims = try Self.object(claims)
        self.signature = signature
        signedText = Array(parts[0]) + [UInt8(ascii: ".")] + parts[1]
    }

    private static func token(of authorization: String) throws(TrustFailure.Reason) -> Substring.UTF8View {
        guard authorization.utf8.count <= sizeLimit else { throw .tooLong }
        let scheme = authorization.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else { throw .noToken }
        let token = authorization.dropFirst(scheme.count).drop { $0 == " " }
        if token.isEmpty { throw .noToken }
        return token.utf8
    }

    private static func object(_ bytes: [UInt8]) throws(TrustFailure.Reason) -> JSONNode {
        guard let document = try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: 16, size: sizeLimit)),
            document.root.kind == .object
        else { throw .malformed(.notAnObject) }
        return document.root
    }
}

/// The header of a token, as far as we heed it.
///
/// Keys that a token brings along (`jwk`, `x5c`, `x5u`) are not looked at: a signer cannot vouch for himself.
///
/// - Source: RFC 7515 §4.1; RFC 8725 §3.10; CDS Hooks 2.0.1, "JWT header".
struct TokenHeader {
    let algorithm: SigningAlgorithm
    let keyID: String
    /// `jku`; compared with what is configured, never fetched.
    let keySetURL: String?

    init(_ header: JSONNode) throws(TrustFailure.Reason) {
        guard let stated = header["alg"]?.string else { throw .malformed(.header("alg")) }
        guard let algorithm = SigningAlgorithm(rawValue: stated) else { throw .algorithm(TrustFailure.loggable(stated)) }
        guard header["typ"]?.string?.lowercased() == "jwt" else { throw .malformed(.header("typ")) }
        guard let keyID = header["kid"]?.string, !keyID.isEmpty, keyID.utf8.count <= 512 else { throw .malformed(.header("kid")) }
        // An extension that must be understood; we understand none.
        if header["crit"] != nil { throw .malformed(.header("crit")) }
        if let url = header["jku"], url.kind != .string { throw .malformed(.header("jku")) }
        self.algorithm = algorithm
        self.keyID = keyID
        keySetURL = header["jku"]?.string
    }
}
