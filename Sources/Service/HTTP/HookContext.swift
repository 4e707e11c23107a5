import Hummingbird
import Synchronization

/// What belongs to one request beside its message: what Hummingbird keeps, and what the log may say of the answer.
struct HookContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Filled in by the route, read by the journal.
    let trace = RequestTrace()

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// What a request's line in the log says of its answer, beside the status: which service, how many cards.
final class RequestTrace: Sendable {
    private let state = Mutex<(service: String?, cards: Int?)>((service: nil, cards: nil))

    /// The service, once it is known to exist.
    var service: String? {
        get { state.withLock { $0.service } }
        set { state.withLock { $0.service = newValue } }
    }

    /// The number of cards, where the answer has any to count.
    var cards: Int? {
        get { state.withLock { $0.cards } }
        set { state.withLock { $0.cards = newValue } }
    }
}
