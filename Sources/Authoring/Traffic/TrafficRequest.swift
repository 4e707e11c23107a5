public import CDSHooks
public import Clinical
public import Documents

/// A stored call: its body, what to call it, and the instant at which it is answered.
public struct TrafficRequest: Sendable {
    /// The file, or the line of a file: what an example is known by.
    public let name: String
    public let body: [UInt8]
    public let asOf: AsOf
    /// What was fetched for it when it was answered.
    public let fetched: FetchedRounds

    public init(name: String, body: [UInt8], asOf: AsOf, fetched: FetchedRounds = FetchedRounds()) {
        self.name = name
        self.body = body
        self.asOf = asOf
        self.fetched = fetched
    }

    /// The calls in a file: one, or one a line where its name ends in `.ndjson` or `.jsonl`.
    public static func requests(in file: Source, asOf: AsOf) -> [TrafficRequest] {
        guard file.name.hasSuffix(".ndjson") || file.name.hasSuffix(".jsonl") else {
            return [TrafficRequest(name: file.name, body: file.bytes, asOf: asOf)]
        }
        return (1...file.lineCount).compactMap { line in
            guard let range = file.lineRange(line), range.end > range.start else { return nil }
            return TrafficRequest(name: "\(file.name):\(line)", body: Array(file.bytes[range.start..<range.end]), asOf: asOf)
        }
    }
}
