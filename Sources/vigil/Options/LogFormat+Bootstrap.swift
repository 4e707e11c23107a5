import Logging
import Settings
import Telemetry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension LogFormat {
    /// Makes it the format of every logger of the process; the log goes to standard error.
    func bootstrap() {
        if self == .json || self == .auto && isatty(STDERR_FILENO) == 0 {
            LoggingSystem.bootstrap { JSONLogHandler(label: $0) }
        } else {
            LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        }
    }
}
