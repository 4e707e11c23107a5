import CoreMetrics
import Testing

@testable import Telemetry

@Suite("Metrics")
struct MetricsRegistryTests {
    @Test("Counters, gauges and histograms in the text that Prometheus reads")
    func text() {
        let registry = MetricsRegistry([
            MetricDescription("vigil_requests_total", help: "Requests."),
            MetricDescription("vigil_seconds", help: "Times.", buckets: [0.1, 1]),
        ])
        Counter(label: "vigil_requests_total", dimensions: [("status", "200")], factory: registry).increment(by: 2)
        Counter(label: "vigil_requests_total", dimensions: [("status", "404")], factory: registry).increment()
        Gauge(label: "vigil_waiting", factory: registry).record(1.5)
        let timer = Timer(label: "vigil_seconds", factory: registry)
        for nanoseconds: Int64 in [50_000_000, 100_000_000, 500_000_000, 2_000_000_000] { timer.recordNanoseconds(nanoseconds) }
        #expect(
            registry.text(adding: [MetricSample("vigil_now", [("a", "b")], value: 3)]) == """
                # TYPE vigil_now gauge
                vigil_now{a="b"} 3
                # HELP vigil_requests_total Requests.
                # TYPE vigil_requests_total counter
                vigil_requests_total{status="200"} 2
                vigil_requests_total{status="404"} 1
                # HELP vigil_seconds Times.
                # TYPE vigil_seconds histogram
                vigil_seconds_bucket{le="0.1"} 2
                vigil_seconds_bucket{le="1"} 3
                vigil_seconds_bucket{le="+Inf"} 4
                vigil_seconds_sum 2.65
                vigil_seconds_count 4
                # TYPE vigil_waiting gauge
                vigil_waiting 1.5

                """)
    }

    @Test("Label values are escaped, names made fit")
    func escaping() {
        let registry = MetricsRegistry()
        Counter(label: "a.b-c", dimensions: [("d e", "x\"y\\z\nw")], factory: registry).increment()
        #expect(registry.text() == "# TYPE a_b_c counter\na_b_c{d_e=\"x\\\"y\\\\z\\nw\"} 1\n")
    }

    @Test("However many label values come, the series stay bounded and nothing is lost")
    func bounded() {
        let registry = MetricsRegistry(seriesLimit: 3)
        for number in 0..<10 { Counter(label: "n", dimensions: [("v", "\(number)")], factory: registry).increment() }
        #expect(
            registry.text() == "# TYPE n counter\nn{v=\"0\"} 1\nn{v=\"1\"} 1\nn{v=\"2\"} 1\nn{v=\"other\"} 7\n")
    }

    @Test("A name keeps the kind it began with")
    func kinds() {
        let registry = MetricsRegistry()
        Counter(label: "n", factory: registry).increment()
        Gauge(label: "n", factory: registry).record(7)
        #expect(registry.text() == "# TYPE n counter\nn 1\n")
    }

    @Test("Counted from many tasks at once, nothing is lost")
    func parallel() async {
        let registry = MetricsRegistry()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 { Counter(label: "n", dimensions: [("v", "1")], factory: registry).increment() }
                }
            }
        }
        #expect(registry.text() == "# TYPE n counter\nn{v=\"1\"} 8000\n")
    }
}
