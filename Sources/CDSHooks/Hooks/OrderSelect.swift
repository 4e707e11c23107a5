public import Engine

/// A clinician has chosen something to order; details such as the dose may still be missing.
///
/// Advice is about what was just chosen; the other drafts of the session are its background.
///
/// - Source: CDS Hooks library, order-select 1.0.
public struct OrderSelect: Hook {
    public let name = "order-select"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, .selections, .draftOrders]
    public let subject = HookSubject.drafts(ContextField.draftOrders.name)
    public let selectionsField: String? = ContextField.selections.name
    public let occasions: [Occasion] = [.orderSelect]
    public let title = "Vigil: medication safety while ordering"
    public let description = """
        Checks what has just been chosen against the patient's medicines, allergies, problems and results, \
        and says what could not be checked.
        """
    public let usage = """
        Enable it together with vigil-order-sign: it is asked as soon as a medicine is chosen, before dose and route are \
        known, so some checks wait until signing.
        """

    public init() {}
}
