public import Settings

/// What the HTTP service is told at its start; who may call it and what is fetched is `Access`, which may change while it runs.
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
    /// - Throws: `ServiceConfigurationError.remoteAddress` for an address that other machines reach.
    public func validate() throws(ServiceConfigurationError) {
        guard listening.isLoopback else { throw .remoteAddress(listening.address) }
    }
}

/// Why the service does not start as configured.
public enum ServiceConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    case remoteAddress(String)

    public var description: String {
        switch self {
        case .remoteAddress(let host): "`\(host)` can be reached from other machines, and there is neither TLS nor authentication"
        }
    }
}
