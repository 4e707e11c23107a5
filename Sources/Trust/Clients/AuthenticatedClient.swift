/// A caller whose token was verified.
public struct AuthenticatedClient: Sendable {
    public let policy: ClientPolicy
    /// The `tenant` of the token: on the client's list where it has one, else as it was sent.
    public let tenant: String?
    /// The `sub` of the token, as it was sent.
    public let subject: String?
    /// The `jti` of the token, fit for a log.
    public let tokenID: String

    /// The client's name in logs and metrics.
    public var name: String { policy.name }
    /// The FHIR servers from which records may be fetched on its behalf.
    public var fhirBases: [String] { policy.fhirBases }
}
