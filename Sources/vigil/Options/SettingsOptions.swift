import ArgumentParser
import Settings

/// The configuration of the service: its file, and the flags that count before it.
///
/// A flag that was not given says nothing; what then counts stands in the catalogue of settings.
struct SettingsOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("The configuration file; vigil.yaml where there is one, and VIGIL_CONFIG before that.", valueName: "file"))
    var file: String?

    @Option(name: .customLong("set"), help: ArgumentHelp("Any setting, as --help-config lists them; may be repeated.", valueName: "key=value"))
    var pairs: [String] = []

    @Option(name: .customLong("rules"), help: ArgumentHelp("A rule file, or a folder searched for *.yaml; may be repeated.", valueName: "path"))
    var rules: [String] = []

    @Option(help: ArgumentHelp("The folder of the site: its overrides, sets and rules of its own.", valueName: "folder"))
    var site: String?

    @Option(help: ArgumentHelp("The unit of the site, a folder below its `unit/`, whose overrides count too.", valueName: "name"))
    var unit: String?

    @Option(help: ArgumentHelp("A bundle of `vigil publish`, in the place of rules and site.", valueName: "file"))
    var bundle: String?

    @Option(name: .customLong("bundle-key"), help: ArgumentHelp("A public key whose signature of bundles counts; may be repeated.", valueName: "file"))
    var bundleKeys: [String] = []

    @Option(help: ArgumentHelp("The knowledge file.", valueName: "file"))
    var knowledge: String?

    @Option(help: ArgumentHelp("The zone that decides which calendar day it is, such as +02:00.", valueName: "offset"))
    var zone: String?

    @Option(help: "The address to listen on.")
    var host: String?

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port: String?

    @Flag(help: "Listen without TLS for a proxy that ends TLS and alone can connect.")
    var behindProxy = false

    @Option(help: ArgumentHelp("The certificate and those between it and its authority, in PEM.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The private key of the certificate, in PEM.", valueName: "file"))
    var tlsKey: String?

    @Option(
        name: .customLong("allow-origin"),
        help: ArgumentHelp("An origin whose web pages may call from a browser; `*` for any; may be repeated.", valueName: "origin"))
    var origins: [String] = []

    @Option(help: ArgumentHelp("The longest request body that is read, such as 4 MiB.", valueName: "bytes"))
    var bodyLimit: String?

    @Option(help: ArgumentHelp("The journal of decisions and feedback.", valueName: "file"))
    var journal: String?

    @Flag(help: "Keep no journal; feedback is then refused.")
    var noJournal = false

    @Option(
        help: ArgumentHelp(
            "A file of 32 bytes with which comments of users, and bodies if they are kept, are encrypted; without it they are not kept.",
            valueName: "file"))
    var journalKey: String?

    @Flag(help: "Keep the bodies of requests too, encrypted; needs --journal-key.")
    var keepBodies = false

    @Option(help: ArgumentHelp("What is logged: debug, info, notice, warning or error.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("How the log is written: json or text; auto is text on a terminal and else JSON.", valueName: "format"))
    var logFormat: String?

    /// Where the configuration is said.
    var source: SettingsSource { SettingsSource(file: file, flags: flags) }

    /// The flags by the settings they stand for.
    private var flags: [SettingsInput.Flag] {
        let single: [(name: String, path: String, text: String?)] = [
            ("--site", "site", site), ("--unit", "unit", unit), ("--bundle", "bundle.file", bundle), ("--knowledge", "knowledge", knowledge), ("--zone", "zone", zone), ("--host", "listen.address", host),
            ("--port", "listen.port", port), ("--behind-proxy", "listen.behind_proxy", behindProxy ? "yes" : nil),
            ("--tls-certificate", "tls.certificate", tlsCertificate), ("--tls-key", "tls.key", tlsKey),
            ("--body-limit", "limits.body", bodyLimit), ("--journal", "journal.file", journal),
            ("--no-journal", "journal.enabled", noJournal ? "no" : nil), ("--journal-key", "journal.key_file", journalKey),
            ("--keep-bodies", "journal.bodies", keepBodies ? "yes" : nil), ("--log-level", "log.level", logLevel),
            ("--log-format", "log.format", logFormat),
        ]
        let several = rules.map { ("--rules", "rules", $0) } + bundleKeys.map { ("--bundle-key", "bundle.keys", $0) } + origins.map { ("--allow-origin", "origins", $0) }
        let named = (single.compactMap { flag in flag.text.map { (flag.name, flag.path, $0) } } + several).map { name, path, text in
            SettingsInput.Flag(path: path, name: name, text: text)
        }
        return pairs.map(Self.pair) + named
    }

    /// `key=value`; without the sign, a key without a value, which the reader complains about.
    private static func pair(_ text: String) -> SettingsInput.Flag {
        let path = text.prefix { $0 != "=" }
        return SettingsInput.Flag(path: String(path), name: "--set \(path)", text: String(text.dropFirst(path.count + 1)))
    }
}
