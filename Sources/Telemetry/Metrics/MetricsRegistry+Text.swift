extension MetricsRegistry {
    /// The media type of ``text(adding:)``.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics in the text format of Prometheus, by name and labels; equal contents give equal text.
    ///
    /// - Parameter samples: values that were looked up for this reading; they are told as gauges.
    /// - Source: Prometheus, "Exposition formats", text format 0.0.4.
    public func text(adding samples: [MetricSample] = []) -> String {
        var page = MetricsPage()
        for (name, family) in content {
            page.add(name, help: descriptions[name]?.help, family)
        }
        for sample in samples {
            page.add(
                sample.name, help: descriptions[sample.name]?.help, kind: "gauge",
                [MetricsPage.line(sample.name, sample.labels.flatMap { [$0.0, $0.1] }, MetricsPage.number(sample.value))])
        }
        return page.text
    }
}

/// The page that Prometheus reads, in the making.
private struct MetricsPage {
    private var blocks: [String: (head: String, lines: [String])] = [:]

    var text: String {
        blocks.sorted { $0.key < $1.key }.map { $0.value.head + $0.value.lines.sorted(by: <).joined() }.joined()
    }

    mutating func add(_ name: String, help: String?, _ family: MetricsRegistry.Family) {
        // Every series of a family is of one kind; a histogram's lines keep their order, so each series is one piece.
        var kind = "untyped"
        let name = Self.name(name)
        let lines = family.series.map { labels, series in
            switch series {
            case .counter(let counter):
                kind = "counter"
                return Self.line(name, labels, String(counter.value))
            case .gauge(let gauge):
                kind = "gauge"
                return Self.line(name, labels, Self.number(gauge.value))
            case .histogram(let histogram):
                kind = "histogram"
                return Self.lines(name, labels, histogram)
            }
        }
        add(name, help: help, kind: kind, lines)
    }

    mutating func add(_ name: String, help: String?, kind: String, _ lines: [String]) {
        let help = help.map { "# HELP \(name) \($0)\n" } ?? ""
        blocks[name, default: (help + "# TYPE \(name) \(kind)\n", [])].lines += lines
    }

    private static func lines(_ name: String, _ labels: [String], _ histogram: HistogramSeries) -> String {
        let content = histogram.content
        var below = 0
        var text = ""
        for (bound, count) in zip(histogram.bounds, content.counts) {
            below += count
            text += line("\(name)_bucket", labels + ["le", number(bound)], String(below))
        }
        let all = content.counts.reduce(0, +)
        text += line("\(name)_bucket", labels + ["le", "+Inf"], String(all))
        text += line("\(name)_sum", labels, number(content.sum))
        return text + line("\(name)_count", labels, String(all))
    }

    static func line(_ name: String, _ labels: [String], _ value: String) -> String {
        guard !labels.isEmpty else { return "\(name) \(value)\n" }
        let pairs = stride(from: 0, to: labels.count - 1, by: 2).map { "\(Self.name(labels[$0]))=\"\(escaped(labels[$0 + 1]))\"" }
        return "\(name){\(pairs.joined(separator: ","))} \(value)\n"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
    }

    /// A name with whatever Prometheus does not allow in one replaced by `_`.
    private static func name(_ text: String) -> String {
        let bytes = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: ":"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escaped(_ value: String) -> String {
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
