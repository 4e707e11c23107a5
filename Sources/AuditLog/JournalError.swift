/// Why the journal could not be opened, read or written; says what would mend it.
public struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Problem: Sendable, Hashable {
        /// The file is gone, while something that belonged to it is still there; which.
        case missing(leftover: String)
        /// It cannot be opened; the system's words.
        case unreadable(String)
        /// It is something else.
        case notJournal
        /// It was written by a newer program.
        case schema(found: Int, known: Int)
        /// SQLite cannot read it as a whole; its words.
        case damaged(String)
        /// The entries are not those that were written.
        case broken(ChainBreak)
        /// The file of its key is not there.
        case keyMissing(String)
        /// The file beside it holds no key, or another journal's.
        case keyWrong(String)
        /// Writing is not permitted; the system's words.
        case readOnly(String)
        /// There is no room left on the disk.
        case full
        /// Another program holds the file too long.
        case busy
        /// The file was moved or deleted while it was open.
        case replaced
        /// It has been closed.
        case closed
        /// The task was cancelled before anything was written.
        case cancelled
        /// Patient data should be kept, and there is no key to encrypt it with.
        case noEncryptionKey
        /// The encryption key cannot be used; why.
        case encryptionKey(String)
        /// Something lies under another encryption key; its fingerprint.
        case otherEncryptionKey(String)
        /// An encrypted text is not what was stored; which.
        case sealBroken(String)
    }

    public let path: String
    public let problem: Problem

    public init(_ path: String, _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// One plain sentence, path first, with the mend at the end.
    public var description: String { "\(path): \(problem.message)" }
}

extension JournalError.Problem {
    /// What is wrong, and what to do.
    public var message: String {
        switch self {
        case .missing(let leftover):
            """
            the journal is gone, while \(leftover) is still there; restore both from a backup, or move \(leftover) away to \
            begin a new journal
            """
        case .unreadable(let why): "the journal cannot be read (\(why))"
        case .notJournal: "this is no journal of Vigil; name another file"
        case .schema(let found, let known):
            "the journal has schema \(found), and this program knows schemas up to \(known); use the newer program that wrote it"
        case .damaged(let why): "the journal is damaged (\(why)); \(Self.mend)"
        case .broken(let problem): "the journal is not what was written: \(problem); \(Self.mend)"
        case .keyMissing(let file): "the journal's key \(file) is not there; restore it from a backup"
        case .keyWrong(let file): "\(file) is not the key of this journal; restore it from a backup"
        case .readOnly(let why): "the journal cannot be written (\(why)); make the file and its folder writable for this user"
        case .full: "there is no room left for the journal; free some, or take older entries away with retention"
        case .busy: "another program holds the journal; end it, or wait until it is done"
        case .replaced: "the file was moved or deleted while it was open; put it back, and start again"
        case .closed: "the journal has been closed"
        case .cancelled: "the call was cancelled before it was written"
        case .noEncryptionKey:
            "patient data is to be kept, and there is no key to encrypt it with; name a file of 32 random bytes"
        case .encryptionKey(let why): why
        case .otherEncryptionKey(let fingerprint):
            "this lies under the encryption key \(fingerprint); name the file of that key too"
        case .sealBroken(let what): "\(what) is not what was stored; \(Self.mend)"
        }
    }

    private static let mend = """
        nothing was changed: keep the file for inquiry, then restore it from a backup, or move it, with the files that bear its \
        name, away to begin a new journal
        """
}
