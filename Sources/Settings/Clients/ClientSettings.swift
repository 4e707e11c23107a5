public import CDSHooks
public import FHIRAccess
public import Trust

/// One client as configured: how it proves who it is, what it may do, and how it is spoken to.
public struct ClientSettings: Sendable {
    public var policy: ClientPolicy
    public var dialect: Dialect
    /// The client's FHIR servers.
    public var fhirBases: [FHIRBase]

    /// The name by which logs and metrics call it.
    public var name: String { policy.name }

    public init(policy: ClientPolicy, dialect: Dialect = .standard) {
        self.policy = policy
        self.dialect = dialect
        fhirBases = policy.fhirBases.compactMap { FHIRBase($0) }
    }
}
