/// A place in the chain: an entry's sequence and link.
///
/// Noted elsewhere, it proves later that the journal up to there is still the one it was.
public struct ChainHead: Sendable, Hashable, CustomStringConvertible {
    /// 0 before the first entry.
    public let sequence: Int
    /// 64 hexadecimal digits.
    public let chain: String

    public init(sequence: Int, chain: String) {
        self.sequence = sequence
        self.chain = chain
    }

    /// The place written as `sequence:chain`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let sequence = Int(parts[0]), sequence >= 0, Hexadecimal.bytes(parts[1].utf8)?.count == 32
        else { return nil }
        self.init(sequence: sequence, chain: parts[1].lowercased())
    }

    public var description: String { "\(sequence):\(chain)" }
}
