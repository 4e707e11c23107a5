import Synchronization

/// How far a sweep has come; asked from outside while it runs.
public final class SweepProgress: Sendable {
    public enum Stage: String, Sendable {
        case grouping
        case evaluating
        case reporting
        case done
    }

    /// One look at it.
    public struct Reading: Sendable {
        public var stage = Stage.grouping
        /// Unpacked bytes grouped so far.
        public var bytesRead = 0
        /// Bytes of the files read so far, as they are stored, and in all; 0 where the latter is not known.
        public var storedRead = 0
        public var storedSize = 0
        public var parts = 0
        public var partsDone = 0
        /// Parts that an earlier run had done.
        public var partsKept = 0
        public var patients = 0
        /// Patients whose results were taken from an earlier sweep.
        public var patientsKept = 0
        /// Why no results could be taken from the earlier sweep that was named: what is other there.
        public var sinceUnused: String?
        public var rejects = 0

        public init() {}
    }

    private let state = Mutex(Reading())

    public init() {}

    public var reading: Reading { state.withLock { $0 } }

    func update(_ change: (inout Reading) -> Void) { state.withLock { change(&$0) } }

    /// Notes that a block has been grouped.
    func add(bytesRead count: Int, storedRead: Int) {
        update {
            $0.bytesRead += count
            $0.storedRead = max($0.storedRead, storedRead)
        }
    }
}
