import Testing

@testable import Telemetry

/// - Source: W3C Trace Context, §3.2.2.
@Suite("Trace context")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test("A header as the standard has it")
    func accepted() throws {
        let header = "00-\(Self.trace)-\(Self.span)-01"
        let context = try #require(TraceContext(header, state: "vendor=1"))
        #expect(context.traceID == Self.trace)
        #expect(context.parentID == Self.span)
        #expect(context.header == header)
        #expect(context.state == "vendor=1")
        #expect(TraceContext("01-\(Self.trace)-\(Self.span)-01-more") != nil, "later versions may say more")
    }

    @Test(
        "Anything else is ignored",
        arguments: [
            "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-01-more", "ff-\(trace)-\(span)-01", "00-\(trace.uppercased())-\(span)-01",
            "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01", "00-\(trace)-\(span)-0x",
            "00-\(trace)-\(span)-01\n", "00_\(trace)_\(span)_01",
        ])
    func ignored(header: String) {
        #expect(TraceContext(header) == nil)
    }

    @Test("A state that is too long, or not plain, is left out")
    func states() throws {
        let header = "00-\(Self.trace)-\(Self.span)-01"
        for state in ["", String(repeating: "x", count: 513), "a\nb"] {
            let context = try #require(TraceContext(header, state: state))
            #expect(context.state == nil)
        }
    }
}
