import Settings
import Synchronization

/// What all requests under way take together: their number, in all and of each client, and the bytes of their bodies.
///
/// Bytes count as they arrive: a client that announces much and sends little takes little.
final class RequestLoad: Sendable {
    private struct Taken {
        var requests = 0
        var fetching = 0
        var bytes = 0
        var byClient: [String: Int] = [:]
    }

    private let limits: RequestLimits
    private let taken = Mutex(Taken())

    init(limits: RequestLimits) {
        self.limits = limits
    }

    /// How many requests are under way, and the bytes of their bodies.
    var current: (requests: Int, bytes: Int) { taken.withLock { ($0.requests, $0.bytes) } }

    /// A place for one more request; nothing where there is none.
    func enter() -> Place? {
        let isFree = taken.withLock { taken in
            guard taken.requests < limits.requests else { return false }
            taken.requests += 1
            return true
        }
        return isFree ? Place(load: self) : nil
    }

    /// What one request takes beside its place.
    private struct Held {
        var bytes = 0
        var client: String?
        var isFetching = false
    }

    /// What one request takes; given back as a whole.
    final class Place: Sendable {
        private let load: RequestLoad
        private let held = Mutex(Held())

        fileprivate init(load: RequestLoad) {
            self.load = load
        }

        /// Counts the request as one of a client's; false where that client has too many under way.
        func take(partOf client: String) -> Bool {
            guard load.take(client) else { return false }
            held.withLock { $0.client = client }
            return true
        }

        /// Counts bytes that arrived; false, and nothing is taken, where all requests together have too many.
        func take(bytes: Int) -> Bool {
            guard load.take(bytes) else { return false }
            held.withLock { $0.bytes += bytes }
            return true
        }

        /// Counts the request as one for which something is fetched; false where there are too many of them.
        func takeFetching() -> Bool {
            guard load.takeFetching() else { return false }
            held.withLock { $0.isFetching = true }
            return true
        }

        /// Gives back all of it.
        func leave() {
            let last = held.withLock { held in
                defer { held = Held() }
                return held
            }
            load.giveBack(last)
        }
    }

    private func take(_ client: String) -> Bool {
        taken.withLock { taken in
            guard taken.byClient[client, default: 0] < limits.requestsPerClient else { return false }
            taken.byClient[client, default: 0] += 1
            return true
        }
    }

    private func take(_ bytes: Int) -> Bool {
        taken.withLock { taken in
            guard bytes <= limits.memory - taken.bytes else { return false }
            taken.bytes += bytes
            return true
        }
    }

    private func takeFetching() -> Bool {
        taken.withLock { taken in
            guard taken.fetching < limits.fetching else { return false }
            taken.fetching += 1
            return true
        }
    }

    private func giveBack(_ held: Held) {
        taken.withLock { taken in
            taken.requests -= 1
            taken.bytes -= held.bytes
            if held.isFetching { taken.fetching -= 1 }
            guard let client = held.client, let count = taken.byClient[client] else { return }
            taken.byClient[client] = count > 1 ? count - 1 : nil
        }
    }
}
