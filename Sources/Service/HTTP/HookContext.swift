import Hummingbird
import NIOCore
import Synchronization

/// What belongs to one request beside its message: what Hummingbird keeps, and what the log may say of the answer.
struct HookContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Filled in by the route, read by the journal.
    let trace = RequestTrace()
    /// Who calls; set before a route that is not open.
    var caller = Caller.anybody
    /// What the request takes of the service; nothing on an open route.
    var place: RequestLoad.Place?
    /// Where the connection comes from; nil where it is no connection, as in tests.
    let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }
}

/// What a request's line in the log says of its answer, beside the status: which service, how many cards.
final class RequestTrace: Sendable {
    private struct Told {
        var service: String?
        var hook: String?
        var cards: Int?
        var notes: [String: String] = [:]
    }

    private let state = Mutex(Told())

    /// The service, once it is known to exist.
    var service: String? { state.withLock { $0.service } }

    /// The hook that the service answers.
    var hook: String? { state.withLock { $0.hook } }

    /// The service that the path names exists, and answers this hook.
    func found(service: String, hook: String) {
        state.withLock { ($0.service, $0.hook) = (service, hook) }
    }

    /// What else the log may say, by name: who called, why somebody was not let in, how much was fetched.
    var notes: [String: String] { state.withLock { $0.notes } }

    func note(_ name: String, _ text: String) {
        state.withLock { $0.notes[name] = text }
    }

    /// The number of cards, where the answer has any to count.
    var cards: Int? {
        get { state.withLock { $0.cards } }
        set { state.withLock { $0.cards = newValue } }
    }
}
