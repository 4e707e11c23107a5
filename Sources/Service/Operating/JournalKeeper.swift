import AuditLog
import Clinical
import Logging
import ServiceLifecycle

/// Looks after the journal while the service runs: takes away what is older than it may be, and writes to the log where the chain
/// ends, so that it can be proved later that nothing was cut off (`vigil journal verify --noted`).
struct JournalKeeper: Service {
    let journal: Journal
    let clock: RequestClock
    let interval: Duration
    /// Nil for keeping everything.
    let retention: Duration?
    let logger: Logger

    func run() async throws {
        repeat {
            await prune()
            await note()
        } while await pause()
        await note()
    }

    /// Retention as configured; the checkpoint says that it was this policy.
    private func prune() async {
        guard let days = retention.map({ $0.components.seconds / 86_400 }), days > 0 else { return }
        let now = clock.now().instant
        let limit = Instant(milliseconds: now.milliseconds - days * 86_400_000)
        do {
            let report = try await journal.prune(before: limit, signedBy: "policy: \(days) days", now: now)
            guard report.decisions + report.bodies + report.feedback > 0 else { return }
            logger.notice(
                "journal pruned",
                metadata: [
                    "decisions": .stringConvertible(report.decisions), "bodies": .stringConvertible(report.bodies),
                    "feedback": .stringConvertible(report.feedback), "days": .stringConvertible(Int(days)),
                ])
        } catch {
            logger.error("journal not pruned", metadata: ["problem": .string("\(error)")])
        }
    }

    private func note() async {
        do {
            let head = try await journal.head()
            logger.notice("journal head", metadata: ["head": .string(head.description)])
        } catch {
            logger.error("journal", metadata: ["problem": .string("\(error)")])
        }
    }

    /// Waits for the next round; false where the service is to stop.
    private func pause() async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            return true
        } catch {
            return false
        }
    }
}
