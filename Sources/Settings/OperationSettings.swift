/// How the service is run: its log, and what it looks after by itself.
public struct OperationSettings: Sendable, Hashable {
    public var logLevel = LogLevel.info
    public var logFormat = LogFormat.auto
    /// Whether files of rules and knowledge are watched.
    public var watchesFiles = true
    public var watchInterval = Duration.seconds(2)
    /// How long decisions and feedback are kept; nil for ever.
    public var journalRetention: Duration?
    /// How often retention is done and the end of the chain is logged.
    public var journalInterval = Duration.seconds(3_600)
    /// How long requests under way may take to end.
    public var shutdownLimit = Duration.seconds(30)

    public init() {}

    init(_ reader: inout SettingsReader) {
        logLevel = reader.value(Keys.logLevel)
        logFormat = reader.value(Keys.logFormat)
        watchesFiles = reader.value(Keys.watchesFiles)
        watchInterval = reader.value(Keys.watchInterval)
        journalRetention = reader.value(Keys.journalRetention)
        journalInterval = reader.value(Keys.journalInterval)
        shutdownLimit = reader.value(Keys.shutdownLimit)
    }
}
