import HTTPTypes
public import Hummingbird
public import Logging
import Settings

/// The HTTP application: its routes over the edition of the moment, and the services that run beside it.
public struct CDSApplication: Sendable {
    public let configuration: ServiceConfiguration
    public let editions: EditionHolder
    public let clock: RequestClock
    public let logger: Logger
    /// Nothing where decisions are not kept; feedback is then refused.
    public let recorder: DecisionRecorder?

    public init(
        configuration: ServiceConfiguration, editions: EditionHolder, clock: RequestClock, logger: Logger,
        recorder: DecisionRecorder? = nil
    ) {
        self.recorder = recorder
        self.configuration = configuration
        self.editions = editions
        self.clock = clock
        self.logger = logger
    }

    /// What answers requests; tests call it without a socket.
    func responder() -> RouterResponder<HookContext> {
        let router = Router(context: HookContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestJournal())
        router.add(middleware: CrossOrigin(allowed: configuration.listening.origins))
        let hooks = HookRoutes(editions: editions, clock: clock, body: JSONBody(limit: configuration.limits.body), recorder: recorder)
        RouteTable(routes: StateRoutes(editions: editions, clock: clock, recorder: recorder).routes + hooks.routes).add(to: router)
        return router.buildResponder()
    }

    /// The application, ready to run: it stops on SIGTERM and SIGINT once the requests under way are answered, and reloads its
    /// edition on SIGHUP.
    ///
    /// - Parameter onServerRunning: called with the port, once requests are accepted.
    public func application(onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }) -> some ApplicationProtocol {
        Application(
            responder: responder(),
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.listening.address, port: configuration.listening.port), serverName: "Vigil"),
            services: [EditionReloader(editions: editions, logger: logger)],
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? 0) },
            logger: logger)
    }

    /// Runs until it is told to stop.
    ///
    /// - Throws: `ServiceConfigurationError` where it must not start so, and what the socket has to say against the address.
    public func run(onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        try configuration.validate()
        try await application(onServerRunning: onServerRunning).runService()
    }
}
