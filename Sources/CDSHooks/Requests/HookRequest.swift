public import Clinical
public import Documents

/// A call of a service, read and found to be what its hook promises.
///
/// Whether enough of the record came is another question, asked when it is answered: what is missing may be fetched before.
///
/// - Source: CDS Hooks 2.0.1, "Calling a CDS Service".
public struct HookRequest: Sendable {
    public let service: CDSService
    /// The UUID of this firing of the hook, lower case, without `urn:uuid:`.
    public let hookInstance: String
    /// `nil` where the hook has no user.
    public let user: ResourceReference?
    public let patientID: String
    public let encounterID: String?
    /// The Bundle of draft orders; `nil` where the hook has none.
    public let drafts: JSONNode?
    /// The drafts just chosen; empty where the hook does not tell.
    public let selections: [ResourceReference]
    /// The orders on record that are dispatched; empty where the hook is not about any.
    public let dispatched: [ResourceReference]
    /// What is being recorded; `nil` where the hook is not about that.
    public let recorded: JSONNode?
    /// What came for each template of the service, in its order.
    public internal(set) var prefetch: [PrefetchAnswer]
    /// Medications that others refer to, fetched one by one.
    public internal(set) var referenced: [JSONNode] = []
    /// What was fetched since the call came, all of it taken up already.
    public internal(set) var fetched = FetchedRounds()
    /// Where more can be asked for; `nil` where the call grants no access.
    public let access: ServerAccess?
    public let repeats: RepeatControl
    /// What was said of the record when it was brought over from another format; `nil` where it came as FHIR.
    public let conversion: ConversionStatement?

    /// Reads a call of `service`.
    ///
    /// Members that CDS Hooks does not define, and extensions, are passed over.
    ///
    /// - Throws: ``HookProblem`` 400 with every fault of the envelope.
    public init(_ body: JSONNode, for service: CDSService) throws(HookProblem) {
        var envelope = EnvelopeReader(body)
        let context = envelope.context(of: service.hook)
        let instance = envelope.hookInstance()
        let access = envelope.access()
        let supplied = envelope.prefetch()
        guard envelope.issues.isEmpty else { throw HookProblem(status: 400, envelope.issues) }

        self.service = service
        self.access = access
        hookInstance = instance
        user = context.user
        patientID = context.patientID ?? ""
        encounterID = context.encounterID
        drafts = context.drafts
        selections = context.selections
        dispatched = context.dispatched
        recorded = context.recorded
        let extensions = body["extension"]
        repeats = RepeatControl(extensions)
        conversion = ConversionStatement(extensions)
        prefetch = PrefetchAnswer.answers(to: service.prefetch, in: supplied)
    }

    /// A call about one patient that brought nothing: all of the record is to be fetched.
    public init(of service: CDSService, patientID: String, access: ServerAccess) {
        self.service = service
        self.access = access
        self.patientID = patientID
        hookInstance = ""
        user = nil
        encounterID = nil
        drafts = nil
        selections = []
        dispatched = []
        recorded = nil
        repeats = .none
        conversion = nil
        prefetch = PrefetchAnswer.answers(to: service.prefetch, in: [])
    }
}
