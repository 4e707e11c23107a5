/// A clinician is about to sign orders: the last chance to say something, with every detail known.
///
/// - Source: CDS Hooks library, order-sign 1.0; re-signing may bring orders that are no longer drafts.
public struct OrderSign: Hook {
    public let name = "order-sign"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, .draftOrders]
    public let draftsField: String? = ContextField.draftOrders.name
    public let title = "Vigil: medication safety before signing"
    public let description = """
        Checks the orders about to be signed against one another and against the patient's medicines, allergies, \
        problems and results, and says what could not be checked.
        """

    public init() {}
}
