public import Settings

/// What the HTTP service is told at its start; who may call it and what is fetched is `ClientAccess`, which may change while it runs.
public struct ServiceConfiguration: Sendable, Hashable {
    public var listening: ListeningSettings
    public var limits: RequestLimits

    public init(listening: ListeningSettings = ListeningSettings(), limits: RequestLimits = RequestLimits()) {
        self.listening = listening
        self.limits = limits
    }

    /// What settings say of it.
    public init(_ settings: Settings) {
        self.init(listening: settings.listening, limits: settings.limits)
    }

    /// On another port, for this machine: for tests and measurements.
    public init(port: Int) {
        self.init(listening: ListeningSettings(port: port))
    }

    /// Refuses what would expose patient data by accident, whoever made the configuration.
    ///
    /// - Throws: `ServiceConfigurationError` for TLS without a certificate, and for an address that other machines reach without
    ///   TLS, its own or a proxy's, or without clients that must show who they are.
    public func validate(hasCertificate: Bool, isGuarded: Bool) throws(ServiceConfigurationError) {
        guard hasCertificate || listening.tls == nil else { throw .noCertificate }
        if listening.isLoopback { return }
        guard hasCertificate || listening.isBehindProxy else { throw .notSecure(listening.address) }
        guard isGuarded else { throw .notGuarded(listening.address) }
    }
}

/// Why the service does not start as configured.
public enum ServiceConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    case noCertificate
    case notSecure(String)
    case notGuarded(String)

    public var description: String {
        switch self {
        case .noCertificate: "TLS is configured, and there is no certificate"
        case .notSecure(let address): "`\(address)` can be reached from other machines, and there is no TLS"
        case .notGuarded(let address): "`\(address)` can be reached from other machines, and anybody could call: no client is configured"
        }
    }
}
