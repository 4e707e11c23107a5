/// The decision journal: every answered call, appended to a hash chain in one SQLite file, and read back.
///
/// What `append` acknowledged is on the disk, whatever happens to the process afterwards. Nothing can be changed, and
/// nothing taken away but by retention; `verify` shows whether that held. All methods may be called from any task.
public final class Journal: Sendable {
    let database: JournalDatabase
    let options: JournalOptions
    private let writer: JournalWriter

    /// Opens the journal at `path`, or begins one where there is nothing at all.
    ///
    /// SQLite recovers what a crash left half done; then the chain is verified as far as `options.check` says. A file
    /// that is damaged, torn or not what was written is refused and left as it is. Blocks while it reads.
    ///
    /// - Throws: `JournalError`, which says what would mend it.
    public static func open(_ path: String, options: JournalOptions = JournalOptions()) throws(JournalError) -> Journal {
        if options.keepsBodies, options.encryption == nil { throw JournalError(path, .noEncryptionKey) }
        try JournalFile.prepare(path)
        try JournalFile.verify(path, options.check)
        return try Journal(path, options: options, readOnly: false)
    }

    /// Opens the journal at `path` to read, verify and export it, while a service may be writing it.
    ///
    /// Nothing is verified yet, so that a broken journal can be looked at. Without the key beside it, the chain can be
    /// verified all but its end.
    public static func read(_ path: String, encryption: EncryptionKeys? = nil) throws(JournalError) -> Journal {
        try Journal(path, options: JournalOptions(encryption: encryption), readOnly: true)
    }

    private init(_ path: String, options: JournalOptions, readOnly: Bool) throws(JournalError) {
        database = try JournalDatabase(path, readOnly: readOnly)
        self.options = options
        writer = JournalWriter(database, countLimit: options.queueLimit, byteLimit: options.queueByteLimit)
    }

    /// Where it lies.
    public var path: String { database.path }

    /// Makes the pseudonyms of this journal; `nil` where it is only read and its key is not at hand.
    public var pseudonyms: JournalPseudonyms? { database.key.map(JournalPseudonyms.init) }

    /// The bodies of requests, and what was fetched for them.
    public var bodies: BodyStore { BodyStore(database: database, keys: options.encryption) }

    /// What became of the cards.
    public var feedback: FeedbackStore { FeedbackStore(journal: self) }

    // MARK: - Writing

    /// Writes a decision and returns once it is on the disk.
    ///
    /// Entries that wait together are written in one transaction.
    ///
    /// - Parameters:
    ///   - body: the request; kept, encrypted, where `keepsBodies` is on, and else not looked at.
    ///   - fetched: what was fetched for it; kept likewise.
    /// - Returns: its place in the chain.
    @discardableResult
    public func append(
        _ decision: Decision, body: [UInt8]? = nil, fetched: [UInt8]? = nil
    ) async throws(JournalError) -> ChainHead {
        try await writer.append(pending(decision, body, fetched))
    }

    /// Hands a decision over to be written soon, and returns once it has a place in the queue.
    ///
    /// It is not acknowledged yet: `flush` tells when it is. While the disk refuses, entries are kept and tried again,
    /// until the queue is full; then this throws the disk's reason. The wait for a place is what slows callers down
    /// where more comes than the disk can take.
    public func enqueue(_ decision: Decision, body: [UInt8]? = nil, fetched: [UInt8]? = nil) async throws(JournalError) {
        try await writer.enqueue(pending(decision, body, fetched))
    }

    /// Returns once everything that was handed over before is on the disk.
    public func flush() async throws(JournalError) {
        try await writer.flush()
    }

    /// Writes what still waits, and closes the file; afterwards every call is refused.
    public func close() async throws(JournalError) {
        let result: Result<Void, JournalError>
        do throws(JournalError) {
            result = .success(try await writer.close())
        } catch {
            result = .failure(error)
        }
        try database.close()
        try result.get()
    }

    /// Whether entries can be written now, found out by writing one row; asked again within a second it answers the same.
    public var isWritable: Bool {
        get async { await writer.problem() == nil }
    }

    /// Why nothing can be written now; `nil` where all is well.
    public func writeProblem() async -> JournalError? {
        await writer.problem()
    }

    /// How many entries wait to be written.
    public var waiting: Int {
        get async { await writer.count }
    }

    private func pending(_ decision: Decision, _ body: [UInt8]?, _ fetched: [UInt8]?) throws(JournalError) -> PendingEntry {
        var entry = PendingEntry(decision)
        guard options.keepsBodies else { return entry }
        for (digest, bytes) in [(decision.request, body), (decision.fetched, fetched)] {
            guard let digest, let bytes else { continue }
            guard let keys = options.encryption else { throw JournalError(path, .noEncryptionKey) }
            guard let sealed = keys.seal(bytes, for: BodyStore.place(digest)) else {
                throw JournalError(path, .encryptionKey("the body could not be encrypted"))
            }
            entry.bodies.append((digest, sealed))
        }
        return entry
    }
}
