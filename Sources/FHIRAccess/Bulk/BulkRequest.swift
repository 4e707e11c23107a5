public import Trust

/// What is asked of a FHIR server's `$export`.
///
/// - Source: FHIR Bulk Data Access 2.0, "Bulk Data Kick-off Request".
public struct BulkRequest: Sendable {
    /// Whose data.
    public enum Level: Sendable, Hashable {
        case system
        case patients
        case group(String)
    }

    public let base: FHIRBase
    public let level: Level
    /// Types of resource; all that the server has where it is empty.
    public let types: [String]
    /// An instant as FHIR writes it: only what has changed since.
    public let since: String?
    /// Nothing for a server that asks nobody.
    public let credentials: BackendCredentials?
    /// Servers beside that of `base` to which the token may go: where files lie that need it.
    public let fileServers: [FHIRBase]

    public init(
        base: FHIRBase, level: Level = .patients, types: [String] = [], since: String? = nil, credentials: BackendCredentials? = nil,
        fileServers: [FHIRBase] = []
    ) {
        self.base = base
        self.level = level
        self.types = types
        self.since = since
        self.credentials = credentials
        self.fileServers = fileServers
    }

    /// Where the export is asked for; nothing where a part of it cannot stand in a URL.
    var address: WebAddress? {
        let path: String
        switch level {
        case .system: path = ""
        case .patients: path = "/Patient"
        case .group(let id):
            guard !id.isEmpty, id.utf8.count <= 512, id.utf8.allSatisfy(Self.isOfID) else { return nil }
            path = "/Group/\(id)"
        }
        guard types.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) } }) else { return nil }
        var query: [String] = types.isEmpty ? [] : ["_type=\(types.joined(separator: ","))"]
        if let since {
            guard since.utf8.allSatisfy({ Self.isOfID($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "+") }) else { return nil }
            query.append("_since=\(since.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B"))")
        }
        return WebAddress("\(base)\(path)/$export" + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))"))
    }

    /// Names the request, to tell whether what was begun belongs to it.
    var words: String { "\(address.map(\.description) ?? "") \(credentials?.clientID ?? "")" }

    /// Whether the token may go to an address.
    func trusts(_ address: WebAddress) -> Bool {
        ([base] + fileServers).contains { $0.address.isSameOrigin(as: address) }
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_")
    }
}

/// How this program shows a FHIR server who it is.
///
/// - Source: SMART App Launch 2.2, "Backend Services".
public struct BackendCredentials: Sendable {
    public let clientID: String
    public let signer: AssertionSigner
    /// Nothing for what the server's configuration lets one ask: `system/*.rs`, or `system/*.read` of version 1.
    public let scope: String?

    public init(clientID: String, signer: AssertionSigner, scope: String? = nil) {
        self.clientID = clientID
        self.signer = signer
        self.scope = scope
    }
}

/// How long an export may take, and how much it may bring.
public struct BulkLimits: Sendable {
    /// Of one request that is not a file.
    public var timeout: Duration = .seconds(60)
    /// Of one file.
    public var fileTimeout: Duration = .seconds(3600)
    /// Of all of it, waiting included.
    public var total: Duration = .seconds(86_400)
    /// Unpacked bytes of one file, and of all.
    public var fileSize = 64 << 30
    public var totalSize = 512 << 30
    public var files = 100_000
    /// Of a manifest or another answer that is not a file.
    public var answerSize = 64 << 20
    /// How often one request is tried where the server is busy or the connection breaks.
    public var attempts = 8
    public var redirects = 3
    /// Between two questions whether it is ready, unless the server says how long; and the longest that it may say.
    public var shortestWait: Duration = .seconds(1)
    public var longestWait: Duration = .seconds(60)
    public var longestRetryAfter: Duration = .seconds(900)

    public init() {}
}

/// Why an export did not come, in a sentence without addresses, tokens or patients.
public struct BulkError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
    /// What was asked for is there no more; beginning anew may help.
    let isGone: Bool

    public init(_ description: String) { self.init(description, isGone: false) }

    init(_ description: String, isGone: Bool) {
        self.description = description
        self.isGone = isGone
    }
}
