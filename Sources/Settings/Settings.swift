public import Clinical

/// The whole configuration of the service, read and found to fit together.
public struct Settings: Sendable {
    public var listening: ListeningSettings
    /// Rule files and folders.
    public var rules: [String]
    /// The folder of the site, and which unit of it.
    public var site: String?
    public var unit: String?
    /// A bundle in the place of these, and the public keys of which one must have signed it.
    public var bundle: String?
    public var bundleKeys: [String]
    /// The knowledge file.
    public var knowledge: String
    /// Files of public keys, of which one must have signed the knowledge file.
    public var knowledgeKeys: [String]
    public var zone: ZoneOffset?
    public var journal: JournalSettings
    public var limits: RequestLimits
    public var trust: TrustSettings
    public var fetching: FetchSettings
    /// Who may call; nobody is asked for a token where there is none.
    public var clients: [ClientSettings]
    public var operation: OperationSettings

    /// Reads a configuration.
    ///
    /// - Throws: `SettingsError` with everything that is wrong, in the order of the file.
    public init(_ input: SettingsInput) throws(SettingsError) {
        var reader = SettingsReader(input)
        self.init(&reader)
        guard reader.diagnostics.isEmpty else {
            throw SettingsError(diagnostics: reader.orderedDiagnostics, sources: reader.sources)
        }
    }

    init(_ reader: inout SettingsReader) {
        listening = ListeningSettings(&reader)
        rules = reader.value(Keys.rules)
        site = reader.value(Keys.site)
        unit = reader.value(Keys.unit)
        bundle = reader.value(Keys.bundle)
        bundleKeys = reader.value(Keys.bundleKeys)
        knowledge = reader.value(Keys.knowledge)
        knowledgeKeys = reader.value(Keys.knowledgeKeys)
        zone = reader.value(Keys.zone)
        journal = JournalSettings(&reader)
        limits = RequestLimits(&reader)
        trust = TrustSettings(&reader)
        fetching = FetchSettings(&reader)
        operation = OperationSettings(&reader)
        clients = ClientsReader.clients(&reader)
        if rules.isEmpty { reader.complain(.missing, of: Keys.rules, "`rules` names no file and no folder") }
        if unit != nil, site == nil { reader.complain(.missing, of: Keys.unit, "`unit` names a unit, and `site` no site that has it") }
        if bundle != nil, bundleKeys.isEmpty {
            reader.complain(
                .missing, of: Keys.bundleKeys, "`bundle.file` names a bundle, and `bundle.keys` nobody whose signature counts",
                help: ["name the public key that was made with the one that signs: `vigil keys new`"])
        }
        if bundle != nil, site != nil {
            reader.complain(.contradiction, of: Keys.site, "a bundle holds the overrides of its site; `site` cannot stand beside it")
        }
        checkExposure(&reader)
    }

    /// Patient data must not travel in the clear, nor be given to whoever asks.
    private func checkExposure(_ reader: inout SettingsReader) {
        if !listening.isLoopback {
            let address = "`\(listening.address)` can be reached from other machines"
            if listening.tls == nil, !listening.isBehindProxy {
                reader.complain(
                    .contradiction, of: Keys.address, "\(address), and there is no TLS",
                    help: [
                        "set `tls.certificate` and `tls.key`", "or, where a proxy ends TLS and alone can connect, `listen.behind_proxy: yes`",
                    ])
            }
            if clients.isEmpty, reader.clients.isEmpty {
                reader.complain(
                    .contradiction, of: Keys.address, "\(address), and no client is configured: anybody could call",
                    help: ["list under `clients` who may call, and by which key their tokens are signed"])
            }
        }
        if !clients.isEmpty, listening.publicURLs.isEmpty, !listening.hasKnownURL {
            reader.complain(
                .missing, of: Keys.publicURLs,
                "`listen.public_urls` must say under which URL callers know the service: the audience of a token is checked against it")
        }
    }
}
