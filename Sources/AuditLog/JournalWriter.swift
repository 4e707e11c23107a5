import GRDB

/// The one that writes: gathers the entries that wait and commits them together.
///
/// An entry that somebody waits for is refused together with its transaction. An entry that was only handed over stays,
/// and is tried again, for nobody else has it.
actor JournalWriter {
    /// How many entries go into one transaction at most.
    private static let batchLimit = 512
    private static let retryDelay = Duration.seconds(1)
    /// How long an answer of the health check holds.
    private static let probeLifetime = Duration.seconds(1)

    private typealias Outcome = Result<ChainHead, JournalError>

    private struct Waiting {
        let entry: PendingEntry
        let settle: CheckedContinuation<Outcome, Never>?
    }

    private let database: JournalDatabase
    private let countLimit: Int
    private let byteLimit: Int

    private var queue: [Waiting] = []
    private var bytes = 0
    /// How many entries were ever taken into the queue; all but those in it have been settled.
    private var entered = 0
    private var isWriting = false
    private var isRetrying = false
    private var isClosed = false
    /// Why the last transaction was refused; `nil` after one that was not.
    private var failure: JournalError?
    /// Those who wait for a place in the queue, or for it to be empty.
    private var watchers: [CheckedContinuation<Void, Never>] = []
    private var probed: (at: ContinuousClock.Instant, problem: JournalError?)?

    init(_ database: JournalDatabase, countLimit: Int, byteLimit: Int) {
        self.database = database
        self.countLimit = max(1, countLimit)
        self.byteLimit = byteLimit
    }

    func append(_ entry: PendingEntry) async throws(JournalError) -> ChainHead {
        try await waitForPlace(entry)
        let outcome = await withCheckedContinuation { enter(Waiting(entry: entry, settle: $0)) }
        return try outcome.get()
    }

    func enqueue(_ entry: PendingEntry) async throws(JournalError) {
        try await waitForPlace(entry)
        enter(Waiting(entry: entry, settle: nil))
    }

    func flush() async throws(JournalError) {
        let last = entered
        startWriting()
        while entered - queue.count < last {
            await change()
            if let failure, !isWriting, entered - queue.count < last { throw failure }
        }
    }

    func close() async throws(JournalError) {
        isClosed = true
        try await flush()
    }

    /// How many entries wait.
    var count: Int { queue.count }

    /// What stands against writing now.
    func problem() async -> JournalError? {
        if isClosed { return JournalError(database.path, .closed) }
        let now = ContinuousClock.now
        if let probed, probed.at.duration(to: now) < Self.probeLifetime { return probed.problem }
        var problem: JournalError?
        do throws(JournalError) {
            try await database.write { try $0.execute(sql: "UPDATE probe SET count = count + 1") }
        } catch {
            problem = error
        }
        probed = (ContinuousClock.now, problem)
        return problem
    }

    // MARK: - The queue

    private func waitForPlace(_ entry: PendingEntry) async throws(JournalError) {
        while true {
            if isClosed { throw JournalError(database.path, .closed) }
            let isRoom = queue.count < countLimit && (bytes + entry.size <= byteLimit || queue.isEmpty)
            if isRoom { return }
            // Nothing leaves the queue while the disk refuses: to wait would be to hang.
            if let failure, !isWriting { throw failure }
            await change()
        }
    }

    private func enter(_ waiting: Waiting) {
        queue.append(waiting)
        entered += 1
        bytes += waiting.entry.size
        startWriting()
    }

    private func change() async {
        await withCheckedContinuation { watchers.append($0) }
    }

    private func announceChange() {
        let waiting = watchers
        watchers = []
        for watcher in waiting { watcher.resume() }
    }

    // MARK: - Writing

    private func startWriting() {
        guard !isWriting, !queue.isEmpty else { return }
        isWriting = true
        Task { await write() }
    }

    /// Writes until nothing waits, or until a transaction is refused.
    private func write() async {
        while !queue.isEmpty {
            let batch = Array(queue.prefix(Self.batchLimit))
            let outcome = await commit(batch.map(\.entry))
            settle(batch, outcome)
            if failure != nil { break }
            announceChange()
        }
        isWriting = false
        announceChange()
        if failure != nil, !queue.isEmpty, !isRetrying { await retryLater() }
    }

    private func commit(_ entries: [PendingEntry]) async -> Result<[ChainHead], JournalError> {
        do throws(JournalError) {
            let writing = EntryWriting(journal: database.name, key: try database.requiredKey())
            return .success(try await database.write { try writing.write(entries, into: $0) })
        } catch {
            return .failure(error)
        }
    }

    private func settle(_ batch: [Waiting], _ outcome: Result<[ChainHead], JournalError>) {
        queue.removeFirst(batch.count)
        switch outcome {
        case .success(let heads):
            failure = nil
            for (waiting, head) in zip(batch, heads) { waiting.settle?.resume(returning: .success(head)) }
        case .failure(let error):
            failure = error
            for waiting in batch { waiting.settle?.resume(returning: .failure(error)) }
            queue.insert(contentsOf: batch.filter { $0.settle == nil }, at: 0)
        }
        bytes = queue.reduce(0) { $0 + $1.entry.size }
    }

    private func retryLater() async {
        isRetrying = true
        try? await Task.sleep(for: Self.retryDelay)
        isRetrying = false
        startWriting()
    }
}
