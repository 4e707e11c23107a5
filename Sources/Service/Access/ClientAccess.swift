import CDSHooks
public import Clinical
import FHIRAccess
public import Settings
import Synchronization
import Trust

/// Who may call, and what is done for them: the part of the configuration that may change while the service runs.
///
/// What is remembered of tokens and keys outlives a change, so a token that was used stays used.
public final class ClientAccess: Sendable {
    /// One state of it; a request ends on the state it began with.
    struct State: Sendable {
        /// Nothing where no client is configured: then nobody is asked for a token.
        let verifier: TokenVerifier?
        let fetching: FetchSettings
        private let byIssuer: [String: ClientSettings]

        fileprivate init(verifier: TokenVerifier?, clients: [ClientSettings], fetching: FetchSettings) {
            self.verifier = verifier
            self.fetching = fetching
            byIssuer = Dictionary(clients.map { ($0.policy.issuer, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// What is configured for a caller whose token was verified.
        func settings(of client: AuthenticatedClient) -> ClientSettings? { byIssuer[client.policy.issuer] }

        /// Whether records are fetched for anybody.
        var fetches: Bool { fetching.isOn && byIssuer.values.contains { !$0.fhirBases.isEmpty } }
    }

    /// The instant by which tokens are judged: the system's, also where decisions are made as of another.
    let clock: RequestClock
    /// The way to FHIR servers; nothing where nobody is configured for whom anything could be fetched.
    let fetcher: FHIRFetcher?
    private let keySets: KeySetCache?
    private let replays: ReplayMemory
    private let state: Mutex<State>

    /// Everybody, and nothing is fetched: for a service that only this machine reaches.
    public init() {
        clock = .system(.utc)
        fetcher = nil
        keySets = nil
        replays = ReplayMemory(capacity: 1)
        state = Mutex(State(verifier: nil, clients: [], fetching: FetchSettings()))
    }

    /// Access as configured.
    ///
    /// - Parameter clock: by which tokens are judged.
    /// - Throws: what keeps it from being used: clients that cannot be told apart, a file of authorities that holds none.
    public init(_ settings: Settings, clock: RequestClock = .system(.utc)) throws {
        let trust = settings.trust
        let authorities = try trust.authorities.map { try CertificateAuthorities(pemFile: $0) } ?? .systemOnly
        let transport = HTTPTransport(reach: trust.reach, authorities: authorities)
        let keySets = KeySetCache(fetcher: HTTPJWKSFetcher(transport: transport), timing: .init(timeToLive: trust.keySetAge))
        let replays = ReplayMemory(capacity: trust.replayCapacity)
        self.clock = clock
        self.keySets = keySets
        self.replays = replays
        fetcher = FHIRFetcher(transport: transport)
        state = Mutex(try Self.state(settings, keySets, replays))
    }

    /// What holds for a request that begins now.
    var current: State { state.withLock { $0 } }

    /// Whether callers must show who they are.
    public var isGuarded: Bool { current.verifier != nil }

    /// Takes over the clients of a new configuration.
    ///
    /// - Throws: `ClientDirectoryError`; what held before still does.
    public func adopt(_ settings: Settings) throws {
        guard let keySets else { return }
        let new = try Self.state(settings, keySets, replays)
        state.withLock { $0 = new }
    }

    private static func state(_ settings: Settings, _ keySets: KeySetCache, _ replays: ReplayMemory) throws -> State {
        let directory = try ClientDirectory(settings.clients.map(\.policy))
        let verifier = TokenVerifier(
            directory: directory, publicBaseURLs: settings.listening.audienceURLs, keySets: keySets, replays: replays,
            skew: settings.trust.skew)
        return State(verifier: settings.clients.isEmpty ? nil : verifier, clients: settings.clients, fetching: settings.fetching)
    }
}
