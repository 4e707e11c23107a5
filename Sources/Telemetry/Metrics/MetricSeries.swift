import CoreMetrics
import Synchronization

/// Counts up: one series of a counter.
final class CounterSeries: CounterHandler, Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) {
        count.wrappingAdd(Int(amount), ordering: .relaxed)
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }
}

/// Goes up and down: one series of a gauge.
final class GaugeSeries: RecorderHandler, MeterHandler, Sendable {
    private let held = Mutex<Double>(0)

    var value: Double { held.withLock { $0 } }

    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { held.withLock { $0 = value } }
    func increment(by amount: Double) { held.withLock { $0 += amount } }
    func decrement(by amount: Double) { held.withLock { $0 -= amount } }
}

/// Counts values by size: one series of a histogram. Times are kept in seconds.
final class HistogramSeries: RecorderHandler, TimerHandler, Sendable {
    /// What was recorded: how many values in each bucket alone, above all of them, and their sum.
    struct Content: Sendable {
        var counts: [Int]
        var sum = 0.0
    }

    let bounds: [Double]
    private let held: Mutex<Content>

    init(bounds: [Double]) {
        self.bounds = bounds
        held = Mutex(Content(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var content: Content { held.withLock { $0 } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        held.withLock { content in
            content.counts[bucket] &+= 1
            content.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1e9)
    }
}
