import CDSHooks
import FHIRAccess
import Settings
import Trust

/// Who makes a request, as far as that is known, and how it is answered therefore.
struct Caller: Sendable {
    /// The name by which logs and metrics call it; nothing where nobody is asked.
    let name: String?
    let dialect: Dialect
    /// Which FHIR servers may be asked on its behalf; nothing where none.
    let fetching: FetchPolicy?
    /// The time from the arrival of a call to its answer, where something is fetched.
    let budget: Duration

    /// Anybody, on a service that asks nobody.
    static let anybody = Caller(name: nil, dialect: .standard, fetching: nil, budget: .zero)

    /// A client whose token was verified.
    init(_ client: AuthenticatedClient, in state: ClientAccess.State) {
        let settings = state.settings(of: client)
        let bases = settings?.fhirBases ?? []
        self.init(
            name: client.name, dialect: settings?.dialect ?? .standard,
            fetching: state.fetching.isOn && !bases.isEmpty ? FetchPolicy(allowedBases: bases, limits: state.fetching.limits) : nil,
            budget: state.fetching.budget)
    }

    private init(name: String?, dialect: Dialect, fetching: FetchPolicy?, budget: Duration) {
        self.name = name
        self.dialect = dialect
        self.fetching = fetching
        self.budget = budget
    }
}
