extension Keys {
    static let operation = SettingGroup("What it tells", [logLevel.key])

    static let logLevel = Setting(
        "log.level", .choice("level"), default: LogLevel.info, flag: "--log-level", "How much is logged.")
}

/// How much is logged.
public enum LogLevel: String, Sendable, Hashable, CaseIterable {
    case debug, info, notice, warning, error
}
