public import Engine

/// A clinician is about to sign orders: the last chance to say something, with every detail known.
///
/// - Source: CDS Hooks library, order-sign 1.0; re-signing may bring orders that are no longer drafts.
public struct OrderSign: Hook {
    public let name = "order-sign"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, .draftOrders]
    public let subject = HookSubject.drafts(ContextField.draftOrders.name)
    public let occasions: [Occasion] = [.orderSign]
    public let title = "Vigil: medication safety before signing"
    public let description = """
        Checks the orders about to be signed against one another and against the patient's medicines, allergies, \
        problems and results, and says what could not be checked.
        """
    public let usage = "Enable it first: of all services it is the one that sees orders complete."

    public init() {}
}
