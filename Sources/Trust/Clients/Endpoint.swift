/// One of the service's addresses, as a token must name it and a client must be entitled to it.
///
/// - Source: CDS Hooks 2.0.1, "JWT payload": `aud` is the URL of the endpoint that is called.
public struct Endpoint: Sendable, Hashable {
    /// The path below the public base URL, beginning with `/`.
    public let path: String
    /// The service that is called; `nil` where the endpoint belongs to none.
    public let service: String?
    /// The roles of which a caller needs one.
    public let roles: Set<ClientRole>

    public init(path: String, service: String? = nil, roles: Set<ClientRole>) {
        self.path = path
        self.service = service
        self.roles = roles
    }

    /// `GET /cds-services`, open to every client that is known.
    public static let discovery = Endpoint(path: "/cds-services", roles: Set(ClientRole.allCases))

    /// `POST /cds-services/{id}`.
    public static func service(_ id: String) -> Endpoint {
        Endpoint(path: "/cds-services/\(id)", service: id, roles: [.ehr])
    }

    /// `POST /cds-services/{id}/feedback`.
    public static func feedback(_ id: String) -> Endpoint {
        Endpoint(path: "/cds-services/\(id)/feedback", service: id, roles: [.ehr])
    }
}
