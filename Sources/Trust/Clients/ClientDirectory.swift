/// The clients that are known, by their issuer.
///
/// An immutable value: a changed configuration makes another one.
public struct ClientDirectory: Sendable {
    private let byIssuer: [String: ClientPolicy]

    /// - Throws: `ClientDirectoryError` with the first client that cannot be told apart or could never be believed.
    public init(_ clients: [ClientPolicy]) throws(ClientDirectoryError) {
        var known: [String: ClientPolicy] = [:]
        for client in clients {
            if let problem = Self.problem(of: client) { throw ClientDirectoryError(client: client.name, problem: problem) }
            guard known.updateValue(client, forKey: client.issuer) == nil else {
                throw ClientDirectoryError(client: client.name, problem: .issuerTwice(client.issuer))
            }
        }
        byIssuer = known
    }

    /// The client whose tokens say `issuer`; compared byte by byte.
    public func client(issuedBy issuer: String) -> ClientPolicy? {
        byIssuer[issuer].flatMap { $0.issuer.utf8.elementsEqual(issuer.utf8) ? $0 : nil }
    }

    /// The clients, by issuer.
    public var clients: [ClientPolicy] { byIssuer.values.sorted { $0.issuer < $1.issuer } }

    /// The longest lifetime that any client's tokens may have.
    var longestLifetime: Duration { byIssuer.values.map(\.maximumLifetime).max() ?? .zero }

    private static func problem(of client: ClientPolicy) -> ClientDirectoryError.Problem? {
        if client.issuer.isEmpty { return .noIssuer }
        if client.algorithms.isEmpty { return .noAlgorithm }
        if client.roles.isEmpty { return .noRole }
        if client.maximumLifetime <= .zero || client.maximumLifetime > .seconds(86_400) { return .lifetime }
        switch client.keys {
        case .published(let url): return isPublishable(url) ? nil : .keySetURL(url)
        case .inline(let keys, _): return keys.hasKey(for: client.algorithms) ? nil : .noUsableKey
        }
    }

    /// https, or http of this machine; whether the latter is fetched is the fetcher's to decide.
    private static func isPublishable(_ url: String) -> Bool {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        return ["https://", "http://127.0.0.1", "http://localhost", "http://[::1]"].contains { url.hasPrefix($0) && url != $0 }
    }
}

/// Why a list of clients is not accepted.
public struct ClientDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Problem: Sendable, Hashable {
        case noIssuer
        case issuerTwice(String)
        case noAlgorithm
        case noRole
        case lifetime
        case keySetURL(String)
        case noUsableKey
    }

    /// The client's name.
    public let client: String
    public let problem: Problem

    public var description: String { "client `\(client)`: \(sentence)" }

    private var sentence: String {
        switch problem {
        case .noIssuer: "an issuer is required; it is the `iss` of the tokens"
        case .issuerTwice(let issuer): "another client has the issuer `\(issuer)` already"
        case .noAlgorithm: "at least one signing algorithm is required"
        case .noRole: "at least one role is required"
        case .lifetime: "the longest lifetime of a token must be above zero and at most a day"
        case .keySetURL(let url): "`\(url)` is no https URL"
        case .noUsableKey: "no key of the key set fits the algorithms allowed"
        }
    }
}
