/// What is agreed with one CDS Client: how it signs, what it may call, and which FHIR servers it may name.
///
/// - Source: CDS Hooks 2.0.1, "Trusting CDS Clients"; RFC 8725 for the narrowing of algorithms and audiences.
public struct ClientPolicy: Sendable {
    /// The name by which logs and metrics call it.
    public var name: String
    /// Its `iss`, compared byte by byte; each customer of an EHR vendor is an issuer of its own.
    public var issuer: String
    /// The algorithms it may sign with.
    public var algorithms: Set<SigningAlgorithm>
    /// Where its public keys come from.
    public var keys: KeySource
    /// Audiences accepted beside the URL of the endpoint, for clients whose `aud` is typed by hand.
    public var extraAudiences: Set<String>
    /// The values of `sub` it may send; `nil` where `sub` is not looked at. Epic's is the client id of the registration.
    public var subjects: Set<String>?
    /// The values of `tenant` it may send, of which it must then send one; `nil` where tenants are not looked at.
    public var tenants: Set<String>?
    /// The FHIR servers from which records may be fetched on its behalf; none where it is empty.
    public var fhirBases: [String]
    /// The services it may call and send feedback for.
    public var services: ServiceSelection
    public var roles: Set<ClientRole>
    /// The longest time from `iat` to `exp`.
    public var maximumLifetime: Duration

    public init(
        name: String, issuer: String, keys: KeySource, algorithms: Set<SigningAlgorithm> = [.es384, .rs384],
        extraAudiences: Set<String> = [], subjects: Set<String>? = nil, tenants: Set<String>? = nil,
        fhirBases: [String] = [], services: ServiceSelection = .all, roles: Set<ClientRole> = [.ehr],
        maximumLifetime: Duration = .seconds(3600)
    ) {
        self.name = name
        self.issuer = issuer
        self.keys = keys
        self.algorithms = algorithms
        self.extraAudiences = extraAudiences
        self.subjects = subjects
        self.tenants = tenants
        self.fhirBases = fhirBases
        self.services = services
        self.roles = roles
        self.maximumLifetime = maximumLifetime
    }
}

/// Where the public keys of a client come from.
public enum KeySource: Sendable {
    /// Keys exchanged out of band. `urls` are the values of `jku` it may send all the same; none of them is fetched.
    case inline(KeySet, urls: Set<String> = [])
    /// Keys published under an https URL, the only one that is ever fetched; a `jku` in a token must equal it.
    case published(url: String)

    /// Whether a token may say that its key stands under `url`.
    func allows(keySetURL url: String) -> Bool {
        switch self {
        case .inline(_, let urls): urls.contains(url)
        case .published(let published): published == url
        }
    }
}

/// Which services a client may call.
public enum ServiceSelection: Sendable, Hashable {
    case all
    case only(Set<String>)

    func contains(_ service: String) -> Bool {
        switch self {
        case .all: true
        case .only(let services): services.contains(service)
        }
    }
}
