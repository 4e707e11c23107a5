public import Engine

/// Orders that were signed before are being given to someone to carry out.
///
/// They come by reference; they are looked for among the prescriptions that came in advance, and what is not found there
/// is named as not checked. No user takes part.
///
/// - Source: CDS Hooks library, order-dispatch 1.1.
public struct OrderDispatch: Hook {
    private static let dispatchedOrders = ContextField("dispatchedOrders", .references, isRequired: true, isPrefetchToken: true)

    public let name = "order-dispatch"
    public let context: [ContextField] = [
        .patientId, dispatchedOrders,
        ContextField("performer", .reference, isRequired: true, isPrefetchToken: true),
        ContextField("fulfillmentTasks", .unread, isRequired: false, isPrefetchToken: false),
    ]
    public let subject = HookSubject.dispatched(dispatchedOrders.name)
    public let occasions: [Occasion] = [.orderSign]
    public let wordForOrdered = "being dispatched"
    public let title = "Vigil: medication safety at dispatch"
    public let description = """
        Checks the prescriptions being dispatched, as they stand on record, against the patient's medicines, allergies, \
        problems and results of that moment, and says what could not be checked.
        """
    public let usage = """
        Enable it where days can lie between signing and dispatch. It needs the key `medications`: the orders come by \
        reference only.
        """

    public init() {}
}
