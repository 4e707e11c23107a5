import Documents

/// Why a caller was not let in: facts for the log, and one answer for the caller that tells none of them.
///
/// It never holds the token. What it quotes of one is cut short and free of control characters, so that a log line stays one.
///
/// - Source: CDS Hooks best practices: failure is 401 without a reason in the body; `iss`, `jti` and `tenant` may be logged.
public struct TrustFailure: Error, Sendable, Hashable {
    /// What the caller is told.
    public enum Answer: Sendable, Hashable {
        /// 401 with `WWW-Authenticate: Bearer`, the same for every reason.
        case unauthorized
        /// 403: known, and not entitled to this endpoint.
        case forbidden
        /// 503 with `Retry-After`: nothing is wrong with the token as far as can be told, but its keys could not be had, or its use
        /// not be remembered.
        case busy
    }

    public enum Reason: Error, Sendable, Hashable {
        case noToken
        case tooLong
        case malformed(Malformation)
        /// The algorithm is not one of ours, or not one of the client's.
        case algorithm(String)
        case unknownIssuer
        /// `jku` is not the configured one.
        case foreignKeySet
        case keysUnavailable
        case unknownKey
        case signature
        /// A claim that is missing, or not of the kind it should be.
        case claim(String)
        case audience
        case expired
        case notYetValid
        case issuedInFuture
        case lifetime
        case replayed
        case replayMemoryFull
        case subject
        case tenant
        case notEntitled
    }

    /// Where a token departs from the form of a JWT.
    public enum Malformation: Sendable, Hashable {
        case notThreeParts
        case notBase64URL
        case notAnObject
        /// A member of the header that is missing, of the wrong kind or not allowed.
        case header(String)
    }

    public let reason: Reason
    /// `iss` as the token states it, believed or not.
    public let issuer: String?
    /// `jti` as the token states it, believed or not.
    public let tokenID: String?
    /// `tenant` as the token states it, believed or not.
    public let tenant: String?

    init(_ reason: Reason, claims: JSONNode? = nil) {
        self.reason = reason
        issuer = claims?["iss"]?.string.map(Self.loggable)
        tokenID = claims?["jti"]?.string.map(Self.loggable)
        tenant = claims?["tenant"]?.string.map(Self.loggable)
    }

    public var answer: Answer {
        switch reason {
        case .notEntitled: .forbidden
        case .replayMemoryFull, .keysUnavailable: .busy
        default: .unauthorized
        }
    }

    /// The first 128 characters, without what would break a line.
    static func loggable(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(128) {
            scalars.append(breaksLines(scalar) ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    private static func breaksLines(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension TrustFailure: CustomStringConvertible {
    /// One plain sentence for the log, without `iss`, `jti` and `tenant`.
    public var description: String { reason.description }
}

extension TrustFailure.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noToken: "no bearer token was sent"
        case .tooLong: "the authorization header is longer than \(BearerToken.sizeLimit) bytes"
        case .malformed(.notThreeParts): "the token does not have three parts"
        case .malformed(.notBase64URL): "a part of the token is not base64url"
        case .malformed(.notAnObject): "a part of the token is not one JSON object with unique members"
        case .malformed(.header(let member)): "`\(member)` in the header of the token is missing or not allowed"
        case .algorithm(let name): "the algorithm `\(name)` is not allowed"
        case .unknownIssuer: "no client has this issuer"
        case .foreignKeySet: "`jku` is not a URL configured for this client"
        case .keysUnavailable: "the client's key set could not be had"
        case .unknownKey: "the client has no key of this `kid` for this algorithm"
        case .signature: "the signature does not hold"
        case .claim(let name): "the claim `\(name)` is missing or of the wrong kind"
        case .audience: "`aud` does not name this endpoint"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        case .issuedInFuture: "the token was issued in the future"
        case .lifetime: "the token lives longer than allowed"
        case .replayed: "the token was used before"
        case .replayMemoryFull: "the memory of used tokens is full"
        case .subject: "`sub` is not on the client's list"
        case .tenant: "`tenant` is not on the client's list"
        case .notEntitled: "the client is not entitled to this endpoint"
        }
    }
}
