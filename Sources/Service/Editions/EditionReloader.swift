import Logging
import ServiceLifecycle
import UnixSignals

/// Reloads the edition on SIGHUP, for as long as the service runs.
struct EditionReloader: Service {
    let editions: EditionHolder
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown()
        for await _ in signals { await reload() }
    }

    /// One attempt; compiling takes a moment, so it runs beside the threads that answer.
    private func reload() async {
        let editions = editions
        let logger = logger
        await Task.detached(priority: .utility) { Self.attempt(editions, logger) }.value
    }

    private static func attempt(_ editions: EditionHolder, _ logger: Logger) {
        do throws(EditionError) {
            guard let edition = try editions.reload() else { return }
            logger.notice("reloaded", metadata: ["edition": .string(edition.summary)])
        } catch {
            logger.error(
                "not reloaded; the edition loaded before goes on answering",
                metadata: ["why": .string(error.headline), "edition": .string(editions.current.summary)])
            logger.error("\(error.description)")
        }
    }
}
