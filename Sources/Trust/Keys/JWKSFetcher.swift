/// What brings the JWK Set that a client publishes.
///
/// An implementation asks for https, follows no redirect, waits a few seconds at most and reads no more than
/// `KeySetCache.sizeLimit` bytes. It is only ever given URLs of the configuration, never one from a token.
public protocol JWKSFetcher: Sendable {
    /// The bytes that stand under `url`.
    ///
    /// - Throws: `JWKSFetchError` where they did not come.
    func keySet(at url: String) async throws(JWKSFetchError) -> [UInt8]
}

/// Why a JWK Set did not come, in words for the log.
public struct JWKSFetchError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
