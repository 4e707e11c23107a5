import Clinical
import Documents

/// What a card must know of the call beside the finding.
struct CardContext {
    let service: CDSService
    let hookInstance: String
    let patientID: String
    let encounterID: String?
    let user: ResourceReference?
    let selections: [ResourceReference]
    let asOf: AsOf
    let edition: PublishedEdition
    let dialect: Dialect
    /// True where the client asked for repeated alerts to be told apart.
    let tellsRepeats: Bool
    /// What is being recorded; empty where the hook is not about that.
    let recorded: Set<ResourceReference>
    /// The draft orders by reference, in words.
    let orderNames: [ResourceReference: String]
    /// The resource as it was sent.
    let resource: (ResourceReference) -> JSONNode?

    init(request: HookRequest, record: HookRecord, asOf: AsOf, edition: PublishedEdition, dialect: Dialect) {
        service = request.service
        hookInstance = request.hookInstance
        patientID = request.patientID
        encounterID = request.encounterID
        user = request.user
        selections = request.selections
        self.asOf = asOf
        self.edition = edition
        self.dialect = dialect
        tellsRepeats = request.repeats != .none
        recorded = record.recorded
        orderNames = Self.names(in: record.snapshot)
        resource = record.resource
    }

    private static func names(in snapshot: Snapshot) -> [ResourceReference: String] {
        let medicines = snapshot.orders.map { ($0.reference, $0.code.label ?? "a medicine without a name") }
        let services = snapshot.serviceRequests.filter(\.isDraft)
            .map { ($0.reference, $0.code.label ?? "a service without a name") }
        return Dictionary(medicines + services, uniquingKeysWith: { first, _ in first })
    }
}
