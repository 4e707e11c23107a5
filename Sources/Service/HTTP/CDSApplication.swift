import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore
import ServiceLifecycle
public import Settings
import UnixSignals

/// The HTTP application: its routes over the edition of the moment, and the services that run beside it.
public struct CDSApplication: Sendable {
    public let configuration: ServiceConfiguration
    public let editions: EditionHolder
    public let clock: RequestClock
    public let logger: Logger
    /// Nothing where decisions are not kept; feedback is then refused.
    public let recorder: DecisionRecorder?
    /// How it is run.
    public let operating: OperatingOptions
    /// Who may call.
    public let access: ClientAccess
    /// Nothing where it listens without TLS.
    public let certificate: ServerCertificate?
    private let settings: (@Sendable () throws -> Settings)?
    private let load: RequestLoad
    /// What is counted and measured.
    public let metrics = ServiceMetrics()

    /// - Parameters:
    ///   - recorder: what keeps decisions and feedback.
    ///   - access: who may call; everybody where it is not given.
    ///   - certificate: what to show; needed where the configuration says TLS.
    ///   - operating: what it looks after by itself.
    ///   - settings: reads the configuration again, for SIGHUP.
    public init(
        configuration: ServiceConfiguration, editions: EditionHolder, clock: RequestClock, logger: Logger,
        recorder: DecisionRecorder? = nil, access: ClientAccess = ClientAccess(), certificate: ServerCertificate? = nil,
        operating: OperatingOptions = OperatingOptions(), settings: (@Sendable () throws -> Settings)? = nil
    ) {
        self.access = access
        self.certificate = certificate
        self.settings = settings
        load = RequestLoad(limits: configuration.limits)
        self.operating = operating
        self.recorder = recorder
        self.configuration = configuration
        self.editions = editions
        self.clock = clock
        self.logger = logger
    }

    /// What answers requests; tests call it without a socket.
    func responder() -> RouterResponder<HookContext> {
        let router = Router(context: HookContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders(isSecure: certificate != nil || configuration.listening.isBehindProxy))
        router.add(middleware: RequestTracing(tracer: operating.effectiveTracer))
        router.add(middleware: RequestJournal(metrics: metrics))
        router.add(middleware: CrossOrigin(allowed: configuration.listening.origins))
        let table = routeTable
        router.add(middleware: UnusualMethods(table: table))
        table.add(to: router, admission: Admission(access: access, load: load))
        return router.buildResponder()
    }

    /// Every path that is served.
    var routeTable: RouteTable {
        let state = StateRoutes(editions: editions, clock: clock, recorder: recorder)
        let hooks = HookRoutes(
            editions: editions, clock: clock, body: JSONBody(limit: configuration.limits.body), access: access, recorder: recorder,
            metrics: metrics, tracer: operating.effectiveTracer)
        let gaps = CareGapsRoutes(
            editions: editions, clock: clock, body: JSONBody(limit: configuration.limits.body), access: access, recorder: recorder,
            metrics: metrics)
        let metrics = MetricsRoutes(metrics: metrics, editions: editions, clock: clock, recorder: recorder)
        let admin = AdminRoutes(reloading: reloading)
        let served = state.routes + hooks.routes + gaps.routes + metrics.routes + admin.routes
        return RouteTable(routes: served + OpenAPIRoutes(served: served, editions: editions).routes)
    }

    private var reloading: Reloading { Reloading(editions: editions, metrics: metrics, logger: logger) }

    /// The application, ready to run: it stops on SIGTERM and SIGINT once the requests under way are answered, and reloads its
    /// edition on SIGHUP and, where that is wanted, when its files change.
    ///
    /// - Parameter onServerRunning: called with the port, once requests are accepted.
    public func application(onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }) -> some ApplicationProtocol {
        let listener = Listener(configuration: configuration, certificate: certificate)
        return Application(
            responder: responder(),
            server: listener.server,
            configuration: listener.application(logger: logger),
            services: attendants,
            onServerRunning: { channel in await onServerRunning(channel.localAddress?.port ?? 0) },
            logger: logger)
    }

    /// What runs beside the requests.
    private var attendants: [any Service] {
        var all: [any Service] = [
            SignalReloader(reloading: reloading),
            ConfigurationReloader(
                access: access, certificate: certificate, settings: settings, configuration: configuration, logger: logger),
        ]
        if let interval = operating.watchInterval {
            all.append(EditionWatcher(reloading: reloading, clock: clock, interval: interval, watchesFiles: operating.watchesFiles))
        }
        if let recorder, let interval = operating.journalInterval {
            all.append(
                JournalKeeper(
                    journal: recorder.journal, clock: clock, interval: interval, retention: operating.retention, logger: logger))
        }
        return all
    }

    /// Runs until it is told to stop, and then until the requests under way are answered, at most `operating.shutdownLimit`.
    ///
    /// - Throws: `ServiceConfigurationError` where it must not start so, `ListeningError` where the address cannot be had.
    public func run(onServerRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        try configuration.validate(hasCertificate: certificate != nil, isGuarded: access.isGuarded)
        var group = ServiceGroupConfiguration(
            services: [application(onServerRunning: onServerRunning)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = operating.shutdownLimit
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            let listening = configuration.listening
            throw ListeningError(error, address: listening.address, port: listening.port) ?? error
        }
    }
}
