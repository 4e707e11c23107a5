import Clinical
import Documents
import JWTKit
import Testing

@testable import Trust

/// A service with one client, and a token of that client which is right in everything.
///
/// Each row of the tables spoils one thing of it.
struct World: Sendable {
    /// 2026-03-01T12:00:00Z.
    static let now = Instant(milliseconds: 1_772_366_400_000)
    static let seconds: Int64 = 1_772_366_400
    static let base = "https://cds.example.org"
    static let issuer = "https://ehr.example.org/fhir"

    var signer: Signer
    var policy: ClientPolicy
    var others: [ClientPolicy] = []
    var endpoint = Endpoint.service("vigil-order-sign")
    var keySets = KeySetCache(fetcher: NoKeys())
    var replays = ReplayMemory(capacity: 100)

    init(_ signer: Signer? = nil) throws {
        let signer = try signer ?? Signer.es384()
        self.signer = signer
        policy = ClientPolicy(
            name: "Example EHR", issuer: Self.issuer, keys: .inline(try KeySet(parsing: jwks(signer.jwk))))
    }

    var header: JSONValue { ["alg": .string(signer.algorithm), "typ": "JWT", "kid": .string(signer.id)] }

    var claims: JSONValue {
        [
            "iss": .string(Self.issuer), "aud": .string(Self.base + endpoint.path), "exp": Self.at(300), "iat": Self.at(0),
            "jti": "token-1",
        ]
    }

    /// The instant so many seconds from now, as a claim has it.
    static func at(_ seconds: Int64) -> JSONValue { .number(String(Self.seconds + seconds)) }

    func verifier() throws -> TokenVerifier {
        TokenVerifier(
            directory: try ClientDirectory([policy] + others), publicBaseURLs: [Self.base + "/"], keySets: keySets,
            replays: replays)
    }

    func token(_ spoil: (inout JSONValue, inout JSONValue) -> Void = { _, _ in }) async throws -> String {
        var (header, claims) = (header, claims)
        spoil(&header, &claims)
        return try await signer.token(header: header, claims: claims.bytes)
    }

    /// What becomes of the token, spoilt.
    func outcome(
        now: Instant = now, _ spoil: (inout JSONValue, inout JSONValue) -> Void = { _, _ in }
    ) async throws -> Result<AuthenticatedClient, TrustFailure> {
        try await verifier().verify(authorizationHeader: "Bearer " + token(spoil), endpoint: endpoint, now: now)
    }

    func outcome(of header: String?) async throws -> Result<AuthenticatedClient, TrustFailure> {
        try await verifier().verify(authorizationHeader: header, endpoint: endpoint, now: Self.now)
    }
}

extension Result where Success == AuthenticatedClient, Failure == TrustFailure {
    /// Why it failed; `nil` where it did not.
    var reason: TrustFailure.Reason? {
        switch self {
        case .success: nil
        case .failure(let failure): failure.reason
        }
    }

    var isAccepted: Bool { reason == nil }
}

/// For clients whose keys are inline: nothing is ever fetched.
struct NoKeys: JWKSFetcher {
    func keySet(at url: String) async throws(JWKSFetchError) -> [UInt8] {
        Issue.record("\(url) was fetched")
        throw JWKSFetchError("nothing is published")
    }
}
