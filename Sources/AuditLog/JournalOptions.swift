/// How a journal is kept.
public struct JournalOptions: Sendable {
    /// Whether the bodies of requests are kept; they are patient data, and need `encryption`.
    public var keepsBodies = false
    /// Under what patient data lies. Without it, bodies cannot be kept, and comments in feedback are not.
    public var encryption: EncryptionKeys?
    /// What is verified while it is opened.
    public var check = OpeningCheck.latest(100_000)
    /// How many entries may wait to be written; whoever comes then waits as well.
    public var queueLimit = 1024
    /// How many bytes of entries and bodies may wait.
    public var queueByteLimit = 64 << 20

    public init(keepsBodies: Bool = false, encryption: EncryptionKeys? = nil, check: OpeningCheck = .latest(100_000)) {
        self.keepsBodies = keepsBodies
        self.encryption = encryption
        self.check = check
    }

    /// How much of a journal is verified before it is used; `Journal.verify` always looks at all of it.
    public enum OpeningCheck: Sendable, Hashable {
        /// Every entry, and every page of the file.
        case whole
        /// So many entries before the end, and the end itself.
        case latest(Int)
    }
}
