/// What a metric is, told once: its name, the sentence that goes with it, and for a histogram where its buckets end.
public struct MetricDescription: Sendable {
    /// As Prometheus writes names: `vigil_requests_total`.
    public let name: String
    /// One sentence.
    public let help: String
    /// Upper bounds of the buckets of a histogram, ascending, without infinity; in seconds for times.
    public let buckets: [Double]

    public init(_ name: String, help: String, buckets: [Double] = MetricDescription.latencies) {
        self.name = name
        self.help = help
        self.buckets = buckets
    }

    /// Buckets for the time of an answer: CDS Hooks wants one within half a second.
    public static let latencies = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
}

/// A value that is looked up when the metrics are read, such as the length of a queue.
public struct MetricSample: Sendable {
    public let name: String
    public let labels: [(String, String)]
    public let value: Double

    public init(_ name: String, _ labels: [(String, String)] = [], value: Double) {
        self.name = name
        self.labels = labels
        self.value = value
    }
}
