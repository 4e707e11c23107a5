import ArgumentParser
import AuditLog
import CDSHooks
import Clinical
import Documents
import Logging
import RuleLanguage
import Service
import Settings

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

            It is configured by a file, vigil.yaml, by variables of the environment and by flags; --help-config lists every \
            setting. Where other machines reach it, it starts only with TLS (or a proxy that has it) and with clients whose tokens \
            are verified.

            SIGHUP loads rules, knowledge, clients and certificates again, a change of the files and POST /admin/reload rules and \
            knowledge: what is broken is reported, and the last good state goes on. SIGTERM and SIGINT stop it once the requests \
            under way are answered.

            The log goes to standard error, a line for each request: route, status, microseconds, number of cards and request \
            id, nothing of a patient. /metrics, /status and /openapi.json tell the rest.

            Each decision and all feedback go into a journal, an SQLite file: append-only, chained by hashes, patients as \
            pseudonyms. `vigil journal verify` checks it.

            EXAMPLES:
              vigil serve
              vigil serve --port 9000 --rules Rules --rules our-rules --zone +02:00
              vigil serve --allow-origin https://sandbox.cds-hooks.org
              vigil serve --config /etc/vigil/vigil.yaml --set limits.requests=64
              vigil serve --bundle release.bundle --bundle-key release.pub
              vigil serve --as-of 2026-11-21
            """)

    @OptionGroup var options: SettingsOptions

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "Decide as if it were this date or this instant, such as 2026-11-21 or 2026-11-21T09:30:00+01:00.", valueName: "when"),
        transform: { text in
            guard let asOf = AsOf(text) else {
                throw ValidationError("`\(text)` is neither a date (2026-11-21) nor an instant with its zone (2026-11-21T09:30:00Z)")
            }
            return asOf
        })
    var asOf: AsOf?

    @Flag(help: "List every setting of the configuration, and stop.")
    var helpConfig = false

    func run() async throws {
        if helpConfig { return Output.text(SettingsHelp.text) }
        let source = options.source
        let settings = try checked { try source.settings() }
        let logger = makeLogger(settings.operation)
        let clock = clock(settings)
        let editions = try EditionHolder(
            loader: EditionLoader(
                rules: EditionRules(settings), knowledge: settings.knowledge, keys: settings.knowledgeKeys, clock: clock))
        let edition = editions.current
        if !edition.complaints.diagnostics.isEmpty { Output.note(edition.complaints.rendered(as: .text)) }
        let recorder = try Journal.open(settings.journal).map(DecisionRecorder.init)
        let application = CDSApplication(
            configuration: ServiceConfiguration(settings), editions: editions, clock: clock, logger: logger, recorder: recorder,
            access: try checked { try ClientAccess(settings) },
            certificate: try checked { try settings.listening.tls.map { try ServerCertificate($0) } },
            operating: OperatingOptions(settings), settings: { try source.settings() })
        try await application.run { port in
            var listening = settings.listening
            listening.port = port
            Output.line(greeting(edition, settings, at: listening.baseURL))
        }
        try await recorder?.journal.close()
    }

    /// What a configuration gives; one that cannot be used ends the command with everything that is wrong.
    private func checked<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch {
            throw CommandError(description: "\(error)")
        }
    }

    /// The system's clock in the zone configured, or the instant asked for.
    private func clock(_ settings: Settings) -> RequestClock {
        guard let asOf else { return .system(settings.zone ?? .utc) }
        return .fixed(settings.zone.map { AsOf(instant: asOf.instant, zone: $0) } ?? asOf)
    }

    private func makeLogger(_ settings: OperationSettings) -> Logger {
        settings.logFormat.bootstrap()
        var logger = Logger(label: "vigil")
        logger.logLevel = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
        return logger
    }

    /// What was loaded, and a line to try it with.
    private func greeting(_ edition: Edition, _ settings: Settings, at url: String) -> String {
        """
        Vigil \(Edition.program) listens on \(url)
          rules      \(edition.ruleWords) from \(edition.bundle.map { "bundle \($0.prefix(12))" } ?? RuleLayers(settings).description) (\(edition.id.rules.prefix(12)))
          knowledge  \(edition.knowledgeSummary)
          journal    \(summary(of: settings.journal))
          clients    \(settings.clients.isEmpty ? "anybody on this machine" : settings.clients.map(\.name).joined(separator: ", "))
          as of      \(asOf.map(\.description) ?? "the system's clock, zone \(settings.zone?.description ?? "Z")")
        \(invitation(edition, settings, at: url))
        """
    }

    private func summary(of journal: JournalSettings) -> String {
        journal.isKept ? journal.file + (journal.keepsBodies ? ", with request bodies" : "") : "none"
    }

    /// A call that works as it stands; where that takes a certificate or a token, who may call, and where.
    private func invitation(_ edition: Edition, _ settings: Settings, at url: String) -> String {
        let listening = settings.listening
        if settings.clients.isEmpty, listening.tls == nil, listening.publicURLs.isEmpty { return "Try it:\n  \(trial(edition, at: url))" }
        let base = listening.publicURLs.first ?? url
        let token = settings.clients.isEmpty ? "" : ", with a token of a client named above"
        return "Callers find it at:\n  \(base.hasSuffix("/") ? String(base.dropLast()) : base)/cds-services\(token)"
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

extension EditionRules {
    /// The bundle as configured, else packs, site and unit.
    init(_ settings: Settings) {
        self = settings.bundle.map { EditionRules.bundle($0, keys: settings.bundleKeys) } ?? .layers(RuleLayers(settings))
    }
}

extension RuleLayers {
    /// Packs, site and unit as configured.
    init(_ settings: Settings) {
        self.init(packs: settings.rules, site: settings.site, unit: settings.unit)
    }
}

extension Journal {
    /// The journal as configured, opened and its latest part verified; nothing where none is to be kept.
    fileprivate static func open(_ settings: JournalSettings) throws -> Journal? {
        guard settings.isKept else { return nil }
        let current = try settings.keyFile.map { try EncryptionKey(file: $0) } ?? settings.key.flatMap { EncryptionKey(hexadecimal: $0.revealed) }
        let former = try settings.formerKeyFiles.map { try EncryptionKey(file: $0) }
        let keys = current.map { EncryptionKeys($0, former: former) }
        return try Journal.open(settings.file, options: JournalOptions(keepsBodies: settings.keepsBodies, encryption: keys))
    }
}
