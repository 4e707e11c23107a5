import Clinical

/// The key sets that clients publish, fetched when needed and kept for a while.
///
/// A set is fetched again when it is older than `timeToLive`, and when a token names a key it does not have, so that a client
/// may rotate its keys; for either reason once in `interval` at most for each URL, whatever tokens say. Calls that need the same
/// set wait for one fetch. While fetches fail, the last good set serves until it is `greatestAge` old.
///
/// A key withdrawn by its client is believed until the set is fetched next, at most `timeToLive` later.
///
/// Its memory is bounded: only URLs of the configuration are ever asked for.
public actor KeySetCache {
    /// The longest JWK Set that is read.
    public static let sizeLimit = 256 << 10

    /// How long sets are kept, and how often they are asked for.
    public struct Timing: Sendable, Hashable {
        public var timeToLive: Duration
        public var interval: Duration
        public var greatestAge: Duration

        public init(
            timeToLive: Duration = .seconds(900), interval: Duration = .seconds(60), greatestAge: Duration = .seconds(12 * 3600)
        ) {
            self.timeToLive = timeToLive
            self.interval = interval
            self.greatestAge = greatestAge
        }
    }

    private struct Entry {
        var keys: KeySet?
        var fetched: Instant?
        /// When it was last fetched because there was none, or an old one.
        var attempted: Instant?
        /// When it was last fetched because of a key that it did not have.
        var lookedAgain: Instant?
        var underway: Task<Void, Never>?
        var lastError: JWKSFetchError?
    }

    private let fetcher: any JWKSFetcher
    private let timing: Timing
    private var entries: [String: Entry] = [:]

    public init(fetcher: any JWKSFetcher, timing: Timing = Timing()) {
        self.fetcher = fetcher
        self.timing = timing
    }

    /// The set under `url`, fetched again where it is old or has no key named `id`; `nil` where there is none to believe.
    func keySet(at url: String, havingKey id: String, now: Instant) async -> KeySet? {
        if let keys = fresh(url, now) {
            if keys.hasKey(named: id) { return keys }
            await refresh(url, now, noting: \.lookedAgain)
        } else {
            await refresh(url, now, noting: \.attempted)
        }
        guard let entry = entries[url], let keys = entry.keys, let fetched = entry.fetched else { return nil }
        return now.elapsed(since: fetched) < timing.greatestAge ? keys : nil
    }

    /// Why the last fetch of `url` failed; `nil` where it did not.
    public func lastError(for url: String) -> JWKSFetchError? { entries[url]?.lastError }

    private func fresh(_ url: String, _ now: Instant) -> KeySet? {
        guard let entry = entries[url], let fetched = entry.fetched else { return nil }
        return now.elapsed(since: fetched) < timing.timeToLive ? entry.keys : nil
    }

    /// Fetches the set, or waits for the fetch under way, or does nothing where the last one for the same reason is too recent.
    private func refresh(_ url: String, _ now: Instant, noting reason: WritableKeyPath<Entry, Instant?>) async {
        if let underway = entries[url]?.underway { return await underway.value }
        var entry = entries[url] ?? Entry()
        if let last = entry[keyPath: reason], now.elapsed(since: last) < timing.interval { return }
        // A task of its own: the fetch serves all who wait, so it outlives the call that began it.
        let task = Task { await load(url, now) }
        entry[keyPath: reason] = now
        entry.underway = task
        entries[url] = entry
        await task.value
    }

    private func load(_ url: String, _ now: Instant) async {
        let result = await Self.fetched(url, by: fetcher)
        entries[url]?.underway = nil
        switch result {
        case .success(let keys):
            entries[url]?.keys = keys
            entries[url]?.fetched = now
            entries[url]?.lastError = nil
        case .failure(let error):
            entries[url]?.lastError = error
        }
    }

    private static func fetched(_ url: String, by fetcher: any JWKSFetcher) async -> Result<KeySet, JWKSFetchError> {
        do {
            let bytes = try await fetcher.keySet(at: url)
            guard bytes.count <= sizeLimit else {
                return .failure(JWKSFetchError("the key set is larger than \(sizeLimit) bytes"))
            }
            return .success(try KeySet(parsing: bytes))
        } catch let error as JWKSFetchError {
            return .failure(error)
        } catch {
            return .failure(JWKSFetchError("\(error)"))
        }
    }
}

extension Instant {
    /// The time since `earlier`.
    ///
    /// Zero where it lies a little ahead, as the instants of calls that overlap may; very long where it lies far ahead, because
    /// the clock was set back and nothing should wait for it to catch up.
    func elapsed(since earlier: Instant) -> Duration {
        let elapsed = milliseconds - earlier.milliseconds
        if elapsed >= 0 { return .milliseconds(elapsed) }
        return elapsed > -300_000 ? .zero : .seconds(1 << 40)
    }
}
