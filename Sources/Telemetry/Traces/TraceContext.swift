public import ServiceContextModule

/// Where a request stands in a trace that somebody else began: the header `traceparent`, and `tracestate` beside it.
///
/// Read strictly and passed on as it came, so that a trace goes on behind us even where no tracer is installed.
///
/// - Source: W3C Trace Context, §3.2 and §3.3.
public struct TraceContext: Sendable, Hashable {
    /// 32 hexadecimal digits, not all zero.
    public let traceID: String
    /// 16 hexadecimal digits, not all zero.
    public let parentID: String
    /// The header as it came.
    public let header: String
    /// `tracestate`, where it came too and is at most 512 characters.
    public let state: String?

    /// Reads the header; nil for one that is not as the standard has it, which then must be ignored.
    public init?(_ header: String?, state: String? = nil) {
        guard let header, header.utf8.count >= 55, header.utf8.count <= 256 else { return nil }
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], 2), parts[0] != "ff", Self.isHexadecimal(parts[1], 32),
            Self.isHexadecimal(parts[2], 16), Self.isHexadecimal(parts[3], 2), parts[0] != "00" || parts.count == 4,
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
        self.header = header
        self.state = state.flatMap { (1...512).contains($0.utf8.count) && $0.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? $0 : nil }
    }

    private static func isHexadecimal(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
    }
}

extension ServiceContext {
    private enum TraceContextKey: ServiceContextKey {
        typealias Value = TraceContext
        static var nameOverride: String? { "traceparent" }
    }

    /// The trace that the request at hand belongs to, as its caller told it.
    public var traceContext: TraceContext? {
        get { self[TraceContextKey.self] }
        set { self[TraceContextKey.self] = newValue }
    }
}
