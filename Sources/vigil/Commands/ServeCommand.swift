import ArgumentParser
import AuditLog
import CDSHooks
import Clinical
import Documents
import Logging
import Service

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `vigil serve`: answers CDS Hooks over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer CDS Hooks over HTTP.",
        discussion: """
            Loads rules and knowledge, then listens. It does not start on rules with errors or a damaged knowledge file.

            SIGHUP loads both again: the new edition answers only if it is whole, else the last good one goes on. SIGTERM and \
            SIGINT stop it once the requests under way are answered.

            The log goes to standard error, a line for each request: route, status, microseconds, number of cards and request \
            id, nothing of a patient. There is no authentication and no TLS yet, so it refuses to listen where other machines \
            could connect, unless --allow-remote is given.

            Each decision and all feedback go into a journal, an SQLite file: append-only, chained by hashes, patients as \
            pseudonyms. `vigil journal verify` checks it.

            EXAMPLES:
              vigil serve
              vigil serve --port 9000 --rules Rules --rules our-rules --zone +02:00
              vigil serve --allow-origin https://sandbox.cds-hooks.org
              vigil serve --as-of 2026-11-21
            """)

    @OptionGroup var rules: RuleOptions
    @OptionGroup var knowledge: KnowledgeOptions
    @OptionGroup var instant: InstantOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port = 8080

    @Flag(help: "Listen on an address that other machines reach, without authentication.")
    var allowRemote = false

    @Option(
        name: .customLong("allow-origin"),
        help: ArgumentHelp(
            "An origin whose web pages may call from a browser; `*` for any; may be given several times.", valueName: "origin"))
    var origins: [String] = []

    @Option(help: ArgumentHelp("The longest request body that is read.", valueName: "bytes"))
    var bodyLimit = 16 << 20

    @OptionGroup var journal: JournalOptions

    @Option(
        help: ArgumentHelp("What is logged: debug, info, notice, warning or error.", valueName: "level"),
        transform: choice(of: Logger.Level.self))
    var logLevel: Logger.Level = .info

    func validate() throws {
        guard bodyLimit > 0 else { throw ValidationError("--body-limit must be above 0") }
        do {
            try serviceConfiguration.validate()
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() async throws {
        let logger = makeLogger()
        let clock = instant.clock
        let editions = try EditionHolder(
            loader: EditionLoader(rules: rules.paths, knowledge: knowledge.file, clock: clock))
        let edition = editions.current
        if !edition.complaints.diagnostics.isEmpty { Output.note(edition.complaints.rendered(as: .text)) }
        let recorder = try journal.open().map(DecisionRecorder.init)
        let application = CDSApplication(
            configuration: serviceConfiguration, editions: editions, clock: clock, logger: logger, recorder: recorder)
        try await application.run { port in
            var configuration = application.configuration
            configuration.port = port
            Output.line(greeting(edition, at: configuration.baseURL))
        }
        try await recorder?.journal.close()
    }

    private var serviceConfiguration: ServiceConfiguration {
        ServiceConfiguration(
            host: host, port: port, bodyLimit: bodyLimit, allowedOrigins: origins, allowsRemote: allowRemote)
    }

    private func makeLogger() -> Logger {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "vigil")
        logger.logLevel = logLevel
        return logger
    }

    /// What was loaded, and a line to try it with.
    private func greeting(_ edition: Edition, at url: String) -> String {
        """
        Vigil \(Edition.program) listens on \(url)
          rules      \(edition.ruleCount) from \(rules.paths.joined(separator: ", ")) (\(edition.id.rules.prefix(12)))
          knowledge  \(edition.knowledgeSummary)
          journal    \(journal.summary)
          as of      \(instant.asOf.map(\.description) ?? "the system's clock, zone \(instant.zone?.description ?? "Z")")
        Try it:
          \(trial(edition, at: url))
        """
    }

    /// A call that works from where the command was started.
    private func trial(_ edition: Edition, at url: String) -> String {
        let example = "docs/examples/order-sign.json"
        guard access(example, R_OK) == 0, let service = edition.services(for: "order-sign").first else {
            return "curl -sS \(url)/cds-services"
        }
        return "curl -sS \(url)/cds-services/\(service) -H 'Content-Type: application/json' --data-binary @\(example)"
    }
}
