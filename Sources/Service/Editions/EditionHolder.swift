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
        /// When the last attempt was made, whether it succeeded or not.
        public let attempted: AsOf
        /// The files as they were when it was made.
        let stamps: [FileStamp]
    }

    /// An attempt that failed: when, and in how many words.
    public struct Failure: Sendable, CustomStringConvertible {
        public let when: AsOf
        public let error: EditionError

        /// Time and kind of the failure; the log has the diagnostics.
        public var description: String { "\(when): \(error.headline)" }
    }

    /// The files that an edition is made of, as they are now; empty where it is made of none.
    let stamps: @Sendable () -> [FileStamp]
    private let load: @Sendable () throws(EditionError) -> Edition
    private let clock: RequestClock
    private let held: Mutex<State>
    private let reloading = Mutex(false)

    /// Holds a first edition, and knows how to load the next.
    ///
    /// - Throws: what the loader found wrong; there is no holder without an edition.
    public convenience init(loader: EditionLoader) throws(EditionError) {
        try self.init(clock: loader.clock, stamps: { loader.stamps() }) { () throws(EditionError) in try loader.load() }
    }

    /// Holds what `load` gives, now and at each reload.
    public convenience init(
        clock: RequestClock, load: @escaping @Sendable () throws(EditionError) -> Edition
    ) throws(EditionError) {
        try self.init(clock: clock, stamps: { [] }, load: load)
    }

    init(
        clock: RequestClock, stamps: @escaping @Sendable () -> [FileStamp],
        load: @escaping @Sendable () throws(EditionError) -> Edition
    ) throws(EditionError) {
        self.load = load
        self.stamps = stamps
        self.clock = clock
        let found = stamps()
        held = Mutex(State(edition: try load(), lastFailure: nil, attempted: clock.now(), stamps: found))
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
        // Looked at before they are read: what changes in between is seen as a change afterwards.
        let (found, now) = (stamps(), clock.now())
        do {
            let edition = try load()
            held.withLock { $0 = State(edition: edition, lastFailure: nil, attempted: now, stamps: found) }
            return edition
        } catch {
            held.withLock {
                $0 = State(edition: $0.edition, lastFailure: Failure(when: now, error: error), attempted: now, stamps: found)
            }
            throw error
        }
    }
}
