/// The first place where the entries are not those that were written.
public struct ChainBreak: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// Entries from this sequence are not there, and later ones are.
        case missing
        /// There is an entry where none belongs.
        case unexpected
        /// The entry, its link or its place in the order is not what was written.
        case altered
        /// Entries from this sequence to the end, which was at the sequence given, are not there.
        case truncated(end: Int)
        /// The note of where the chain ends was changed.
        case endAltered
        /// What retention signed off was changed.
        case checkpointAltered
        /// The entry is not the one that was noted elsewhere.
        case notAsNoted
    }

    public let sequence: Int
    public let kind: Kind

    public init(_ kind: Kind, at sequence: Int) {
        self.sequence = sequence
        self.kind = kind
    }

    public var description: String {
        switch kind {
        case .missing: "entry \(sequence) is missing"
        case .unexpected: "entry \(sequence) does not belong here"
        case .altered: "entry \(sequence) was altered or moved"
        case .truncated(let end): "the entries from \(sequence) to \(end) were cut off"
        case .endAltered: "the end of the chain, at entry \(sequence), was altered"
        case .checkpointAltered: "the checkpoint at entry \(sequence) was altered"
        case .notAsNoted: "entry \(sequence) is not the one that was noted"
        }
    }
}
