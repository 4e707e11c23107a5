public import Clinical

/// Which entries are meant: by sequence, by time, or both.
public struct JournalRange: Sendable, Hashable {
    /// From and to these sequences, both inclusive.
    public var sequences: ClosedRange<Int>?
    /// Recorded at or after this.
    public var from: Instant?
    /// Recorded before this.
    public var until: Instant?

    public init(sequences: ClosedRange<Int>? = nil, from: Instant? = nil, until: Instant? = nil) {
        self.sequences = sequences
        self.from = from
        self.until = until
    }

    public static let all = JournalRange()
}
