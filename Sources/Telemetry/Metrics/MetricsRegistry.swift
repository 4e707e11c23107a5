public import CoreMetrics
import Synchronization

/// Keeps what is counted and measured through the API of swift-metrics, for Prometheus to read.
///
/// Bounded: a metric has at most `seriesLimit` combinations of label values; whatever comes after those is counted under
/// the value `other`, so nothing that a caller sends can fill the memory. Recording takes a lock for a look-up in a
/// dictionary; a handle that is kept takes none.
public final class MetricsRegistry: Sendable {
    /// One metric with all its series.
    struct Family: Sendable {
        enum Series: Sendable {
            case counter(CounterSeries)
            case gauge(GaugeSeries)
            case histogram(HistogramSeries)
        }

        var series: [Labels: Series] = [:]
    }

    /// Names and values of labels, alternating, in the order in which they were given.
    typealias Labels = [String]

    let descriptions: [String: MetricDescription]
    private let seriesLimit: Int
    private let families = Mutex<[String: Family]>([:])

    /// - Parameter descriptions: what is told of metrics that are known beforehand; any other may be recorded as well.
    public init(_ descriptions: [MetricDescription] = [], seriesLimit: Int = 2_000) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.seriesLimit = seriesLimit
    }

    /// All metrics of the moment.
    var content: [String: Family] { families.withLock { $0 } }

    /// The series of these labels, begun where there is none; nil where the metric is of another kind.
    private func series<Kind>(
        _ label: String, _ dimensions: [(String, String)], _ kind: (Family.Series) -> Kind?, else make: () -> Family.Series
    ) -> Kind? {
        let labels = dimensions.flatMap { [$0.0, $0.1] }
        return families.withLock { families in
            if let known = families[label]?.series[labels] { return kind(known) }
            let isFull = families[label].map { $0.series.count >= seriesLimit } ?? false
            let bounded = isFull && !labels.isEmpty ? dimensions.flatMap { [$0.0, "other"] } : labels
            if let known = families[label]?.series[bounded] { return kind(known) }
            let first = families[label]?.series.values.first
            if let first, kind(first) == nil { return nil }
            let series = make()
            families[label, default: Family()].series[bounded] = series
            return kind(series)
        }
    }
}

extension MetricsRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let made = series(label, dimensions) { if case .counter(let series) = $0 { series } else { nil } } else: {
            .counter(CounterSeries())
        }
        return made ?? CounterSeries()
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { histogram(label, dimensions) } else { gauge(label, dimensions) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions)
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        let made = series(label, dimensions) { if case .gauge(let series) = $0 { series } else { nil } } else: {
            .gauge(GaugeSeries())
        }
        return made ?? GaugeSeries()
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramSeries {
        let bounds = descriptions[label]?.buckets ?? MetricDescription.latencies
        let made = series(label, dimensions) { if case .histogram(let series) = $0 { series } else { nil } } else: {
            .histogram(HistogramSeries(bounds: bounds))
        }
        return made ?? HistogramSeries(bounds: bounds)
    }

    // A series stays once it was begun, as Prometheus expects of a process.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
