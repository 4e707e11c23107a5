public import Settings
public import Tracing

/// How the service is run: what it looks after by itself while it answers.
public struct OperatingOptions: Sendable {
    /// How often it is looked whether another edition is to be loaded; nil for never.
    public var watchInterval: Duration?
    /// Whether that is so when files of rules and knowledge have changed and each day, or only when an override has ended.
    public var watchesFiles = true
    /// How long decisions and feedback are kept; nil for ever.
    public var retention: Duration?
    /// How often the end of the journal's chain is written to the log, and retention is done; nil for never.
    public var journalInterval: Duration?
    /// How long requests under way may take to end once the service was told to stop.
    public var shutdownLimit = Duration.seconds(30)
    /// Where spans go; nil for the tracer of `InstrumentationSystem`, which does nothing unless one was installed.
    public var tracer: (any Tracer)?

    /// Nothing is looked after: for tests and measurements.
    public init(tracer: (any Tracer)? = nil) {
        self.tracer = tracer
    }

    /// What settings say of it.
    public init(_ settings: Settings) {
        let operation = settings.operation
        watchInterval = operation.watchInterval
        watchesFiles = operation.watchesFiles
        retention = operation.journalRetention
        journalInterval = operation.journalInterval
        shutdownLimit = operation.shutdownLimit
    }

    /// Where spans go; nil where nobody wants any.
    var effectiveTracer: (any Tracer)? {
        tracer ?? (InstrumentationSystem.tracer is NoOpTracer ? nil : InstrumentationSystem.tracer)
    }
}
