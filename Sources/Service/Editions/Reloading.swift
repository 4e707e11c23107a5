import Clinical
import Documents
import Logging
import ServiceLifecycle
import UnixSignals

/// One way to load another edition, whoever asks for it: counted, logged, and beside the threads that answer.
struct Reloading: Sendable {
    let editions: EditionHolder
    let metrics: ServiceMetrics
    let logger: Logger

    /// What came of an attempt.
    enum Result: Sendable {
        case reloaded(Edition)
        case refused(EditionError)
        case busy

        var outcome: ReloadOutcome {
            switch self {
            case .reloaded: .reloaded
            case .refused: .refused
            case .busy: .busy
            }
        }
    }

    /// One attempt. Checking rules takes a moment, so it does not run on the thread that asks.
    ///
    /// - Parameter cause: what asked for it, for the log.
    func attempt(cause: String) async -> Result {
        let editions = editions
        let result = await Task.detached(priority: .utility) { Self.attempt(editions) }.value
        metrics.reloaded(result.outcome)
        log(result, cause: cause)
        return result
    }

    private static func attempt(_ editions: EditionHolder) -> Result {
        do throws(EditionError) {
            return try editions.reload().map(Result.reloaded) ?? .busy
        } catch {
            return .refused(error)
        }
    }

    private func log(_ result: Result, cause: String) {
        switch result {
        case .reloaded(let edition):
            logger.notice("reloaded", metadata: ["cause": .string(cause), "edition": .string(edition.summary)])
        case .refused(let error):
            logger.error(
                "not reloaded; the edition loaded before goes on answering",
                metadata: ["cause": .string(cause), "why": .string(error.headline), "edition": .string(editions.current.summary)])
            logger.error("\(error.description)")
        case .busy:
            logger.info("a reload is under way already", metadata: ["cause": .string(cause)])
        }
    }
}

/// Reloads on SIGHUP, for as long as the service runs.
struct SignalReloader: Service {
    let reloading: Reloading

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown()
        for await _ in signals { _ = await reloading.attempt(cause: "SIGHUP") }
    }
}
