/// What a walk along the chain showed.
public struct ChainVerification: Sendable, Hashable {
    /// How many entries were looked at.
    public internal(set) var entries = 0
    /// Where the walk began: the checkpoint of retention, the origin, or an entry that was taken as given.
    public internal(set) var start: ChainHead
    /// The last entry that is as it was written.
    public internal(set) var end: ChainHead
    /// Whether the end itself was proved by the journal's key; without the key a cut at the end cannot be seen.
    public internal(set) var isSealChecked = false
    /// Whether the walk came by the place that was noted elsewhere, and found it as noted.
    public internal(set) var isNotedFound = false
    /// The first place that is wrong; `nil` where all is well.
    public internal(set) var firstBreak: ChainBreak?

    public var isIntact: Bool { firstBreak == nil }
}
