import Documents
import NIOHTTP1
import Trust

/// The access token of an export: fetched when it is first needed, and anew before it ends.
///
/// - Source: SMART App Launch 2.2, "Backend Services"; RFC 7523 §2.2.
actor BackendToken {
    private let credentials: BackendCredentials
    private let base: FHIRBase
    private let transport: HTTPTransport
    private let limits: BulkLimits
    /// Seconds since 1970.
    private let now: @Sendable () -> Int
    private var endpoint: (address: WebAddress, scope: String)?
    private var known: (token: String, until: Int)?

    init(_ credentials: BackendCredentials, base: FHIRBase, transport: HTTPTransport, limits: BulkLimits, now: @escaping @Sendable () -> Int) {
        self.credentials = credentials
        self.base = base
        self.transport = transport
        self.limits = limits
        self.now = now
    }

    /// A token that is good for a while yet.
    func token() async throws(BulkError) -> String {
        if let known, now() < known.until { return known.token }
        let fresh = try await fetch()
        known = fresh
        return fresh.token
    }

    /// The server refused the token: the next one is a new one.
    func refuse() { known = nil }

    private func fetch() async throws(BulkError) -> (token: String, until: Int) {
        let (address, scope) = try await discovered()
        let issued = now()
        let assertion: String
        do {
            assertion = try await credentials.signer.assertion(
                clientID: credentials.clientID, audience: address.description, id: Self.name(), issued: issued)
        } catch {
            throw BulkError("the private key cannot be used: \(error)")
        }
        let form = [
            ("grant_type", "client_credentials"), ("scope", scope),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion),
        ]
        let body = form.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        let headers = [(name: "content-type", value: "application/x-www-form-urlencoded"), (name: "accept", value: "application/json")]
        let reply: BulkReply
        do {
            reply = try await transport.send(
                .POST, address, headers: headers, body: Array(body.utf8), bodyLimit: 1 << 20, timeout: limits.timeout)
        } catch {
            throw BulkError("no access token came: \(error)")
        }
        guard reply.status == 200 else { throw BulkError("the token endpoint refused this client: it answered \(reply.status)\(Self.reason(reply))") }
        guard let root = (try? JSONDocument(parsing: reply.body))?.root, let token = root["access_token"]?.string, !token.isEmpty,
            token.utf8.count <= 16 << 10, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw BulkError("the token endpoint answered without a token that can be used") }
        let seconds = min(max(root["expires_in"]?.int ?? 300, 1), 86_400)
        // Early enough that it does not end on its way; a short one is used for half of its life.
        return (token, issued + max(seconds - 30, seconds / 2))
    }

    /// A code of RFC 6749 §5.2, where the answer names one.
    private static func reason(_ reply: BulkReply) -> String {
        let code = (try? JSONDocument(parsing: reply.body))?.root["error"]?.string
        let known = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"]
        return code.flatMap { known.contains($0) ? " (\($0))" : nil } ?? ""
    }

    /// Where tokens are given, and for what.
    private func discovered() async throws(BulkError) -> (address: WebAddress, scope: String) {
        if let endpoint { return endpoint }
        guard let address = WebAddress("\(base)/.well-known/smart-configuration") else {
            throw BulkError("the FHIR server's address cannot be used")
        }
        let reply: BulkReply
        do {
            reply = try await transport.send(
                .GET, address, headers: [(name: "accept", value: "application/json")], bodyLimit: 1 << 20, timeout: limits.timeout)
        } catch {
            throw BulkError("the server's SMART configuration did not come: \(error)")
        }
        guard reply.status == 200, let root = (try? JSONDocument(parsing: reply.body))?.root,
            let endpoint = root["token_endpoint"]?.string.flatMap({ WebAddress($0) }), transport.reach.mayTry(endpoint)
        else { throw BulkError("the server's SMART configuration names no token endpoint that may be reached") }
        if let accepted = root["token_endpoint_auth_signing_alg_values_supported"]?.elements.compactMap({ $0.string }), !accepted.isEmpty,
            !accepted.contains(credentials.signer.algorithm.rawValue)
        {
            throw BulkError("the server takes no assertions signed by \(credentials.signer.algorithm.rawValue)")
        }
        let isVersion2 = root["capabilities"]?.elements.contains { $0.equals("permission-v2") } ?? false
        let found = (endpoint, credentials.scope ?? (isVersion2 ? "system/*.rs" : "system/*.read"))
        self.endpoint = found
        return found
    }

    /// A name that no other assertion bears.
    private static func name() -> String {
        (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    }

    /// - Source: RFC 3986 §2.3.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            let isPlain = (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || "-._~".utf8.contains(byte)
            return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
