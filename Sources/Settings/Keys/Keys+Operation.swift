extension Keys {
    static let operation = SettingGroup(
        "How it is run", [logLevel.key, logFormat.key, watchesFiles.key, watchInterval.key, journalRetention.key, journalInterval.key, shutdownLimit.key])

    static let logLevel = Setting(
        "log.level", .choice("level"), default: LogLevel.info, flag: "--log-level", "How much is logged.")
    static let logFormat = Setting(
        "log.format", .choice("format"), default: LogFormat.auto, flag: "--log-format",
        "How the log is written: a JSON object a line, or text; auto is text on a terminal and else JSON.")
    static let watchesFiles = Setting(
        "reload.watch", .flag, default: true, "Whether rules and knowledge are loaded again when their files change, and each day; in any case they are where an override has ended.")
    static let watchInterval = Setting(
        "reload.interval", .duration(.milliseconds(100)...(.seconds(3_600))), default: .seconds(2),
        "How often their files are looked at; a change is loaded once it has stayed the same from one look to the next.")
    static let journalRetention = Setting<Duration?>(
        "journal.retention", .duration(.seconds(86_400)...(.seconds(36_500 * 86_400))),
        "How long decisions and feedback are kept; for ever where nothing is said.")
    static let journalInterval = Setting(
        "journal.interval", .duration(.seconds(1)...(.seconds(86_400))), default: .seconds(3_600),
        "How often what is older is taken away, and the end of the journal's chain is written to the log.")
    static let shutdownLimit = Setting(
        "shutdown.limit", .duration(.seconds(1)...(.seconds(3_600))), default: .seconds(30),
        "How long requests under way may take to end once it was told to stop.")
}

/// How much is logged.
public enum LogLevel: String, Sendable, Hashable, CaseIterable {
    case debug, info, notice, warning, error
}

/// How the log is written.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
    case auto, json, text
}
