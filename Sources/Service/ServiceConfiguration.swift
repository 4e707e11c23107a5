/// What the HTTP service is told at its start; everything else it reads from rules and knowledge.
public struct ServiceConfiguration: Sendable, Hashable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 lets the system choose one.
    public var port: Int
    /// The longest request body that is read; a longer one is answered with 413.
    public var bodyLimit: Int
    /// Origins of web pages that may call from a browser, such as `https://sandbox.cds-hooks.org`; `*` for any, empty for none.
    public var allowedOrigins: [String]
    /// True where a listener other than this machine was asked for on purpose.
    public var allowsRemote: Bool

    public init(
        host: String = "127.0.0.1", port: Int = 8080, bodyLimit: Int = 16 << 20, allowedOrigins: [String] = [],
        allowsRemote: Bool = false
    ) {
        self.host = host
        self.port = port
        self.bodyLimit = bodyLimit
        self.allowedOrigins = allowedOrigins
        self.allowsRemote = allowsRemote
    }

    /// The address as it stands in a URL, brackets around IPv6.
    public var baseURL: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Refuses what would expose patient data by accident.
    ///
    /// - Throws: `ServiceConfigurationError.remoteAddress` for an address that other machines reach, unless that was allowed.
    public func validate() throws(ServiceConfigurationError) {
        guard (0...65_535).contains(port) else { throw .port(port) }
        guard isLoopback || allowsRemote else { throw .remoteAddress(host) }
    }

    /// Whether only this machine reaches the address: 127.0.0.0/8, ::1 or `localhost`.
    private var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Why the service does not start as configured.
public enum ServiceConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    case remoteAddress(String)
    case port(Int)

    public var description: String {
        switch self {
        case .remoteAddress(let host):
            """
            `\(host)` can be reached from other machines, and Vigil has neither authentication nor TLS yet.
            Listen on 127.0.0.1 behind a proxy that has both, or say --allow-remote if you know who can connect.
            """
        case .port(let port): "there is no port \(port); ports go from 0 to 65535"
        }
    }
}
