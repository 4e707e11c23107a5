public import Clinical
import Synchronization

/// The edition that answers now, and the way to put another in its place.
///
/// A reload prepares the new edition aside and swaps it in only if it loaded whole; until then, and after a failure, the
/// last good one goes on answering. Requests under way finish on the edition they began with.
public final class EditionHolder: Sendable {
    /// The edition of the moment, and how the last attempt to replace it failed, if it did.
    public struct State: Sendable {
        public let edition: Edition
        public let lastFailure: Failure?
    }

    /// An attempt that failed: when, and in how many words.
    public struct Failure: Sendable, CustomStringConvertible {
        public let when: AsOf
        public let error: EditionError

        /// Time and kind of the failure; the log has the diagnostics.
        public var description: String { "\(when): \(error.headline)" }
    }

    private let load: @Sendable () throws(EditionError) -> Edition
    private let clock: RequestClock
    private let held: Mutex<State>
    private let reloading = Mutex(false)

    /// Holds a first edition, and knows how to load the next.
    ///
    /// - Throws: what the loader found wrong; there is no holder without an edition.
    public convenience init(loader: EditionLoader) throws(EditionError) {
        try self.init(clock: loader.clock) { () throws(EditionError) in try loader.load() }
    }

    /// Holds what `load` gives, now and at each reload.
    public init(clock: RequestClock, load: @escaping @Sendable () throws(EditionError) -> Edition) throws(EditionError) {
        self.load = load
        self.clock = clock
        held = Mutex(State(edition: try load(), lastFailure: nil))
    }

    /// The edition that answers a request that begins now.
    public var current: Edition { held.withLock { $0.edition } }

    /// The edition, with the fate of the last reload.
    public var state: State { held.withLock { $0 } }

    /// Loads again what the loader names, and swaps it in if it is whole.
    ///
    /// - Returns: the new edition; nil where another reload is under way.
    /// - Throws: `EditionError`; the edition that answered before still does.
    @discardableResult
    public func reload() throws(EditionError) -> Edition? {
        guard
            reloading.withLock({ busy in
                defer { busy = true }
                return !busy
            })
        else { return nil }
        defer { reloading.withLock { $0 = false } }
        do {
            let edition = try load()
            held.withLock { $0 = State(edition: edition, lastFailure: nil) }
            return edition
        } catch {
            held.withLock { $0 = State(edition: $0.edition, lastFailure: Failure(when: clock.now(), error: error)) }
            throw error
        }
    }
}
