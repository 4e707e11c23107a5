import ArgumentParser
import FHIRAccess
import Foundation
import Sweep
import Trust

/// What the sweep asks of a FHIR server with `--from`.
struct ExportOptions: ParsableArguments {
    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("Fetch the population from this FHIR server by Bulk Data export, in place of INPUT.", valueName: "url"))
    var base: String?

    @Option(help: ArgumentHelp("Only the patients of this Group; all patients unless given.", valueName: "id"))
    var group: String?

    @Flag(help: "Ask for everything the server has, not for patients alone.")
    var system = false

    @Option(
        name: .customLong("type"),
        help: ArgumentHelp("Only resources of this type; may be given several times. Without it, all that the server has.", valueName: "type"))
    var types: [String] = []

    @Option(
        help: ArgumentHelp(
            "Ask only for what has changed since the export of the sweep in this folder, and put it onto that one.", valueName: "folder"))
    var onto: String?

    @Option(name: .customLong("client-id"), help: ArgumentHelp("The id under which this client is registered (SMART Backend Services).", valueName: "id"))
    var clientID: String?

    @Option(name: .customLong("private-key"), help: ArgumentHelp("A private key in PEM, of P-384 or RSA: it signs the client's assertions.", valueName: "file"))
    var privateKey: String?

    @Option(name: .customLong("key-id"), help: ArgumentHelp("The `kid` of its public half.", valueName: "kid"))
    var keyID: String?

    @Option(help: ArgumentHelp("What is asked for; `system/*.rs` or `system/*.read` unless given, as the server has it.", valueName: "scope"))
    var scope: String?

    @Option(
        name: .customLong("files-at"),
        help: ArgumentHelp("Another server to which the token may go, where files lie that need it. May be given several times.", valueName: "url"))
    var fileServers: [String] = []

    @Option(name: .customLong("authorities"), help: ArgumentHelp("Authorities in PEM to trust beside the system's.", valueName: "file"))
    var authorities: String?

    @Flag(name: .customLong("allow-private"), help: "The server may stand in a private network.")
    var allowsPrivate = false

    @Flag(name: .customLong("allow-loopback"), help: "The server may be this machine, by http too.")
    var allowsLoopback = false

    @Option(name: .customLong("export-hours"), help: ArgumentHelp("How long the export may take, waiting included.", valueName: "hours"))
    var hours = 24

    func validate() throws {
        guard base != nil else {
            guard group == nil, !system, types.isEmpty, onto == nil, clientID == nil, privateKey == nil, fileServers.isEmpty else {
                throw ValidationError("--group, --system, --type, --onto, --client-id, --private-key and --files-at go with --from")
            }
            return
        }
        if group != nil && system { throw ValidationError("--group and --system do not go together") }
        if (clientID == nil) != (privateKey == nil) { throw ValidationError("--client-id and --private-key go together") }
        guard (1...720).contains(hours) else { throw ValidationError("--export-hours takes a number from 1 to 720") }
    }

    /// An export that has come: what there is to sweep, and what is missing.
    struct Download {
        let data: String
        let issues: [String: Int]
        /// Why any of it may be missing, also where an earlier export, onto which this one was put, lacked it.
        let shortfall: String?
    }

    /// Downloads the export into a folder.
    func download(into folder: String, tell: @escaping @Sendable (BulkProgress) -> Void) async throws -> Download {
        var limits = BulkLimits()
        limits.total = .seconds(hours * 3600)
        var reach: NetworkReach = []
        if allowsPrivate { reach.insert(.privateNetworks) }
        if allowsLoopback { reach.insert(.loopback) }
        let trusted = try authorities.map { try CertificateAuthorities(pemFile: $0) } ?? .systemOnly
        let transport = BulkExport.transport(reach: reach, authorities: trusted, limits: limits)
        let earlier = onto.map { $0 + "/.export" }
        let export = BulkExport(
            try request(since: try earlier.map(since)), transport: transport, limits: limits,
            now: { Int(Date().timeIntervalSince1970) }, tell: tell)
        let download = try await export.run(into: folder)
        await transport.shutdown()
        let shortfall = download.shortfall ?? earlier.flatMap(Self.shortfall)
        try shortfall?.write(toFile: folder + Self.shortfallFile, atomically: true, encoding: .utf8)
        guard let earlier else { return Download(data: download.data, issues: download.issues, shortfall: shortfall) }
        let merged = folder + "/merged"
        try ExportMerge(earlier: Self.data(in: earlier), changed: download.data, deleted: download.deleted).write(into: merged)
        return Download(data: merged, issues: download.issues, shortfall: shortfall)
    }

    private static let shortfallFile = "/shortfall"

    /// What the export in a folder lacked, if it was not all there.
    private static func shortfall(in folder: String) -> String? {
        (try? String(contentsOfFile: folder + shortfallFile, encoding: .utf8)).map { "an earlier export: \($0)" }
    }

    private func request(since: String?) throws -> BulkRequest {
        func server(_ url: String) throws -> FHIRBase {
            guard let base = FHIRBase(url) else { throw CommandError(description: "that is no address of a FHIR server; expected https://…") }
            return base
        }
        var credentials: BackendCredentials?
        if let clientID, let privateKey {
            guard let pem = try? String(contentsOfFile: privateKey, encoding: .utf8) else {
                throw CommandError(description: "`\(privateKey)` cannot be read")
            }
            do {
                credentials = BackendCredentials(clientID: clientID, signer: try AssertionSigner(pem: pem, keyID: keyID), scope: scope)
            } catch {
                throw CommandError(description: "`\(privateKey)`: \(error)")
            }
        }
        return BulkRequest(
            base: try server(base ?? ""), level: group.map { .group($0) } ?? (system ? .system : .patients), types: types, since: since,
            credentials: credentials, fileServers: try fileServers.map(server))
    }

    private func since(_ earlier: String) throws -> String {
        guard let instant = BulkDownload.transactionTime(in: earlier) else {
            throw CommandError(description: "--onto: that folder holds no export that is all there and says of when it is")
        }
        return instant
    }

    /// The whole population of an earlier export: merged, where it was one of changes itself.
    private static func data(in folder: String) -> String {
        FileManager.default.fileExists(atPath: folder + "/merged") ? folder + "/merged" : folder + "/output"
    }
}
