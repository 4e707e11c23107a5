public import Clinical
import Documents

/// Decides whether a caller is the CDS Client it says it is, and entitled to what it asks for.
///
/// The order of the checks: form and size; algorithm; issuer; `jku`; key by `kid`; signature by the algorithm the key
/// dictates; `aud`; `exp`, `nbf` and `iat`; `jti`; `sub` and `tenant`; and last what the client may do. Nothing of a token is
/// believed before its signature holds, and nothing it says is ever fetched.
///
/// A value without a clock. When the configuration changes, make another one over the same caches.
///
/// - Source: CDS Hooks 2.0.1, "Trusting CDS Clients"; RFC 7519; RFC 8725.
public struct TokenVerifier: Sendable {
    public let directory: ClientDirectory
    /// The URLs under which this service is reached, without a slash at the end: what stands before `/cds-services` in `aud`.
    public let publicBaseURLs: [String]
    private let keySets: KeySetCache
    private let replays: ReplayMemory
    private let skew: Duration

    /// - Parameters:
    ///   - publicBaseURLs: configured, never taken from a `Host` header: that is the caller's to write.
    ///   - skew: how far the clocks of client and service may stand apart.
    public init(
        directory: ClientDirectory, publicBaseURLs: [String], keySets: KeySetCache, replays: ReplayMemory,
        skew: Duration = .seconds(60)
    ) {
        self.directory = directory
        self.publicBaseURLs = publicBaseURLs.map { url in String(url.reversed().drop { $0 == "/" }.reversed()) }
        self.keySets = keySets
        self.replays = replays
        self.skew = min(max(skew, .zero), .seconds(300))
    }

    /// Verifies the value of an `Authorization` header for a call of `endpoint`.
    ///
    /// Waits only where a published key set has to be fetched.
    ///
    /// - Parameter authorizationHeader: the header's only value; several joined by commas are no token.
    public func verify(
        authorizationHeader: String?, endpoint: Endpoint, now: Instant
    ) async -> Result<AuthenticatedClient, TrustFailure> {
        guard let authorizationHeader else { return .failure(TrustFailure(.noToken)) }
        let token: BearerToken
        do { token = try BearerToken(authorization: authorizationHeader) } catch { return .failure(TrustFailure(error)) }
        do {
            let client = try client(of: token)
            try await checkSignature(of: token, of: client, now: now)
            let claims = try TokenClaims(token.claims)
            try check(claims, of: client, for: endpoint, now: now)
            return .success(
                AuthenticatedClient(
                    policy: client, tenant: claims.tenant, subject: claims.subject, tokenID: TrustFailure.loggable(claims.id)))
        } catch {
            return .failure(TrustFailure(error, claims: token.claims))
        }
    }

    // MARK: - Who signs

    private func client(of token: BearerToken) throws(TrustFailure.Reason) -> ClientPolicy {
        guard let issuer = token.claims["iss"]?.string else { throw .claim("iss") }
        guard let client = directory.client(issuedBy: issuer) else { throw .unknownIssuer }
        guard client.algorithms.contains(token.header.algorithm) else { throw .algorithm(token.header.algorithm.rawValue) }
        if let url = token.header.keySetURL, !client.keys.allows(keySetURL: url) { throw .foreignKeySet }
        return client
    }

    private func checkSignature(
        of token: BearerToken, of client: ClientPolicy, now: Instant
    ) async throws(TrustFailure.Reason) {
        let header = token.header
        guard let set = await keySet(of: client, havingKey: header.keyID, now: now) else { throw .keysUnavailable }
        let keys = set.keys(named: header.keyID, for: header.algorithm)
        if keys.isEmpty { throw .unknownKey }
        for key in keys where await key.verifies(token.signature, over: token.signedText, by: header.algorithm) { return }
        throw .signature
    }

    private func keySet(of client: ClientPolicy, havingKey id: String, now: Instant) async -> KeySet? {
        switch client.keys {
        case .inline(let keys, _): keys
        case .published(let url): await keySets.keySet(at: url, havingKey: id, now: now)
        }
    }

    // MARK: - What it says

    private func check(
        _ claims: TokenClaims, of client: ClientPolicy, for endpoint: Endpoint, now: Instant
    ) throws(TrustFailure.Reason) {
        guard claims.audiences.contains(where: { accepts(audience: $0, of: client, for: endpoint) }) else { throw .audience }
        try checkTimes(of: claims, client, now)
        let expiry = claims.expiry.adding(skew)
        switch replays.admit(issuer: client.issuer, tokenID: claims.id, until: expiry, now: now) {
        case .first: break
        case .replayed: throw .replayed
        case .full: throw .replayMemoryFull
        }
        if let subjects = client.subjects, !(claims.subject.map(subjects.contains) ?? false) { throw .subject }
        if let tenants = client.tenants, !(claims.tenant.map(tenants.contains) ?? false) { throw .tenant }
        guard isEntitled(client, to: endpoint) else { throw .notEntitled }
    }

    // MARK: - Smaller steps

    /// Whether `audience` is the endpoint under one of our public URLs, or one that this client may send in its place.
    private func accepts(audience: String, of client: ClientPolicy, for endpoint: Endpoint) -> Bool {
        client.extraAudiences.contains(audience) || publicBaseURLs.contains { audience == $0 + endpoint.path }
    }

    /// `exp` ahead, `nbf` and `iat` behind, each give or take the skew; and a life no longer than agreed.
    private func checkTimes(
        of claims: TokenClaims, _ client: ClientPolicy, _ now: Instant
    ) throws(TrustFailure.Reason) {
        guard now < claims.expiry.adding(skew) else { throw .expired }
        if let notBefore = claims.notBefore, notBefore > now.adding(skew) { throw .notYetValid }
        guard claims.issued <= now.adding(skew) else { throw .issuedInFuture }
        guard claims.expiry <= claims.issued.adding(client.maximumLifetime) else { throw .lifetime }
    }

    private func isEntitled(_ client: ClientPolicy, to endpoint: Endpoint) -> Bool {
        guard !client.roles.isDisjoint(with: endpoint.roles) else { return false }
        return endpoint.service.map(client.services.contains) ?? true
    }
}

extension Instant {
    /// The instant so much later, to the millisecond.
    func adding(_ span: Duration) -> Instant {
        let (seconds, attoseconds) = span.components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? self : adding(milliseconds: milliseconds).adding(milliseconds: attoseconds / 1_000_000_000_000_000)
    }
}
