public import Engine

/// A clinician is reviewing orders, as CDS Hooks 1.0 has it: order-sign by its old name.
///
/// - Source: CDS Hooks 1.0, order-review; superseded by order-sign.
public struct OrderReview: Hook {
    private static let orders = ContextField("orders", .bundle, isRequired: true, isPrefetchToken: false)

    public let name = "order-review"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, orders]
    public let subject = HookSubject.drafts(orders.name)
    public let occasions: [Occasion] = [.orderSign]
    public let title = "Vigil: medication safety of orders under review (CDS Hooks 1.0)"
    public let description = """
        Checks the orders under review against one another and against the patient's medicines, allergies, problems and \
        results, and says what could not be checked.
        """
    public let usage = "Only for EHRs that do not know order-sign; never enable it beside that."

    public init() {}
}
