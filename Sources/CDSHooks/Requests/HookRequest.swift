public import Clinical
public import Documents

/// A call of a service, read and found to be what its hook promises.
///
/// The access token that may come with a call is neither read nor kept.
///
/// - Source: CDS Hooks 2.0.1, "Calling a CDS Service".
public struct HookRequest: Sendable {
    /// The UUID of this firing of the hook, lower case, without `urn:uuid:`.
    public let hookInstance: String
    public let user: ResourceReference
    public let patientID: String
    public let encounterID: String?
    /// The Bundle of draft orders; `nil` where the hook has none.
    public let drafts: JSONNode?
    /// The drafts just chosen; empty where the hook does not tell.
    public let selections: [ResourceReference]
    /// What came for each template of the service, in its order.
    public let prefetch: [PrefetchAnswer]

    /// Reads a call of `service`.
    ///
    /// Members that CDS Hooks does not define, and extensions, are passed over.
    ///
    /// - Throws: ``HookProblem`` 400 with every fault of the envelope; 412 where nothing of the record came.
    public init(_ body: JSONNode, for service: CDSService) throws(HookProblem) {
        var envelope = EnvelopeReader(body)
        let context = envelope.context(of: service.hook)
        let instance = envelope.hookInstance()
        envelope.checkServer()
        let supplied = envelope.prefetch()
        guard envelope.issues.isEmpty else { throw HookProblem(status: 400, envelope.issues) }

        hookInstance = instance
        user = context.user ?? ResourceReference(type: "", id: "")
        patientID = context.patientID ?? ""
        encounterID = context.encounterID
        drafts = context.drafts
        selections = context.selections
        prefetch = PrefetchAnswer.answers(to: service.prefetch, in: supplied)
        try PrefetchAnswer.requireAny(of: prefetch)
    }
}
