/// Why something is not known, in words for a prescriber.
public struct UnknownReason: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of gap; names are stable and appear in logs and metrics.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The sender did not supply this part of the record.
        case notSupplied
        /// It was asked for, and the answer was an error.
        case failed
        /// Only some of it was supplied.
        case partial
        /// The record has no entry.
        case notRecorded
        /// There are entries, but none in the time that counts.
        case notInWindow
        /// There is an entry without a value.
        case noValue
        /// There is a number without a unit.
        case noUnit
        /// There is a unit that we do not know.
        case unitUnknown
        /// Both units are known, and nothing leads from one to the other.
        case unitNotConvertible
        /// The value cannot be right.
        case implausible
        /// A date or number is too coarse to decide.
        case imprecise
        /// The value is only a bound, such as `<5`.
        case comparator
        /// There are words without a code.
        case uncoded
        /// There is a code that the knowledge does not hold.
        case unmapped
        /// A reference leads nowhere.
        case unresolved
        /// An equation or a number is out of its range.
        case notComputable
        /// Entries contradict one another.
        case conflicting
    }

    public let kind: Kind
    /// Plain words that can stand in a card; never free text of the record.
    public let why: String

    public init(_ kind: Kind, _ why: String) {
        self.kind = kind
        self.why = why
    }

    public var description: String { why }
}
