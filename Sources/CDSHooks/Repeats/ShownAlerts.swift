import Clinical
import Digests
import Knowledge

/// Which alerts were shown a short while ago, so that signing does not repeat what choosing has said.
///
/// Bounded in number and in time; the clock is the caller's. Where it forgets, an alert is shown once more, which is the
/// safe side. Nothing is kept but digests.
///
/// - Source: PDDI-CDS, `cache-for-order-sign-filtering` and `filter-out-repeated-alerts`.
public struct ShownAlerts: Sendable {
    /// How many alerts are remembered; of more, the oldest are forgotten.
    public let capacity: Int
    /// How long.
    public let lifetime: Duration

    private struct Entry {
        let alert: ShownAlert
        let shown: Instant
    }

    private var entries: [Digest: Entry] = [:]
    /// Keys in the order in which they were shown; those shown again stand here more than once.
    private var queue: [(key: Digest, shown: Instant)] = []
    private var head = 0

    public init(capacity: Int = 20_000, lifetime: Duration = .seconds(4 * 3600)) {
        self.capacity = max(capacity, 1)
        self.lifetime = lifetime
    }

    /// How many are remembered.
    public var count: Int { entries.count }
    var queueLength: Int { queue.count }

    /// Remembers what is shown now.
    mutating func remember(_ alerts: [ShownAlert], at now: Instant) {
        for alert in alerts {
            entries[alert.key] = Entry(alert: alert, shown: now)
            queue.append((alert.key, now))
        }
        forget(at: now)
    }

    /// True where nothing of `alert` is new: said before, no milder than now; what is critical, word for word.
    mutating func hasShown(_ alert: ShownAlert, at now: Instant) -> Bool {
        forget(at: now)
        guard let entry = entries[alert.key], !isOld(entry.shown, now) else { return false }
        if alert.severity == .contraindicated { return entry.alert == alert }
        return entry.alert.severity >= alert.severity
    }

    // MARK: - Bounds

    private mutating func forget(at now: Instant) {
        while head < queue.count, entries.count > capacity || isOld(queue[head].shown, now) {
            let (key, shown) = queue[head]
            if let entry = entries[key], entry.shown == shown { entries[key] = nil }
            head += 1
        }
        if head > capacity || queue.count - head > 2 * capacity { compact() }
    }

    /// Drops what was taken from the queue, and what stands in it although it was shown again later.
    private mutating func compact() {
        var last: [Digest: Int] = [:]
        for index in queue.indices.dropFirst(head) { last[queue[index].key] = index }
        queue = queue.indices.dropFirst(head).filter { last[queue[$0].key] == $0 && entries[queue[$0].key] != nil }.map { queue[$0] }
        head = 0
    }

    private func isOld(_ shown: Instant, _ now: Instant) -> Bool {
        let (seconds, attoseconds) = lifetime.components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow else { return false }
        let span = milliseconds.partialValue.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return !span.overflow && now > shown.adding(milliseconds: span.partialValue)
    }
}
