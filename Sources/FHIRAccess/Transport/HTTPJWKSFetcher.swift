public import Trust

/// Fetches the key sets that clients publish.
///
/// By https only, unless loopback is within reach; no redirect is followed.
public struct HTTPJWKSFetcher: JWKSFetcher {
    private let transport: HTTPTransport
    private let timeout: Duration

    public init(transport: HTTPTransport, timeout: Duration = .seconds(3)) {
        self.transport = transport
        self.timeout = timeout
    }

    public func keySet(at url: String) async throws(JWKSFetchError) -> [UInt8] {
        guard let address = WebAddress(url) else { throw JWKSFetchError("the URL of the key set cannot be read") }
        let accept = (name: "accept", value: "application/jwk-set+json, application/json")
        let reply: HTTPReply
        do {
            reply = try await within(timeout) { [transport, timeout] () async throws(FetchFailure) -> HTTPReply in
                try await transport.get(address, headers: [accept], bodyLimit: KeySetCache.sizeLimit, timeout: timeout)
            }
        } catch {
            throw JWKSFetchError("the key set did not come: \(error)")
        }
        guard reply.status == 200 else { throw JWKSFetchError("the key set did not come: \(FetchFailure.status(reply.status))") }
        return reply.body
    }
}
