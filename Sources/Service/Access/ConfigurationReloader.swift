import Logging
import ServiceLifecycle
import Settings
import UnixSignals

/// Takes over changed clients and a renewed certificate while the service runs: on SIGHUP, and the certificate also when its files
/// change.
///
/// What is broken is logged, and what held before goes on.
struct ConfigurationReloader: Service {
    let access: ClientAccess
    let certificate: ServerCertificate?
    /// Reads the configuration again; nothing where there is none to read.
    let settings: (@Sendable () throws -> Settings)?
    /// What the service was started with.
    let configuration: ServiceConfiguration
    let logger: Logger

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await watchCertificate() }
            let signals = await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown()
            for await _ in signals { reload() }
            group.cancelAll()
        }
    }

    /// Reads configuration and certificate again.
    func reload() {
        reloadCertificate()
        guard let settings else { return }
        do {
            let new = try settings()
            // What is said of the address now is for the next start; what listens now must stay guarded.
            try configuration.validate(hasCertificate: certificate != nil, isGuarded: !new.clients.isEmpty)
            try access.adopt(new)
            logger.notice("configuration reloaded", metadata: ["clients": .stringConvertible(new.clients.count)])
            if needsRestart(new) {
                logger.warning("listening addresses and limits of the configuration have changed; they are taken over on a restart")
            }
        } catch let error as SettingsError {
            logger.error("configuration not reloaded; clients stay as they were", metadata: ["why": .string(error.headline)])
            logger.error("\(error.description)")
        } catch {
            logger.error("configuration not reloaded; clients stay as they were", metadata: ["why": .string("\(error)")])
        }
    }

    /// Whether what is said now differs in what is only read at the start.
    private func needsRestart(_ new: Settings) -> Bool {
        var running = configuration
        running.listening.publicURLs = new.listening.publicURLs
        return ServiceConfiguration(new) != running
    }

    /// Looks at the files of the certificate now and then.
    private func watchCertificate() async {
        guard let certificate else { return }
        while (try? await Task.sleep(for: certificate.interval)) != nil { reloadCertificate() }
    }

    private func reloadCertificate() {
        guard let certificate else { return }
        do throws(ServerCertificateError) {
            if try certificate.reload() { logger.notice("a renewed certificate is shown from now on") }
        } catch {
            logger.error("certificate not reloaded; the one loaded before is still shown", metadata: ["why": .string(error.description)])
        }
    }
}
