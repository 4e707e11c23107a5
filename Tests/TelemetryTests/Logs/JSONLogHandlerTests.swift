import Clinical
import Documents
import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite("JSON log")
struct JSONLogHandlerTests {
    @Test("One event is one line of JSON, whatever is in it")
    func line() throws {
        let sink = Sink()
        var logger = Logger(label: "vigil") { label in
            JSONLogHandler(label: label, now: { Instant(milliseconds: 1_764_000_000_125) }) { sink.add($0) }
        }
        logger[metadataKey: "b"] = "two\nlines"
        logger.error("a \"word\"", metadata: ["level": "mine", "a": .stringConvertible(7), "list": ["x", "y"], "map": ["k": "v"]])
        #expect(
            sink.text == #"{"time":"2025-11-24T16:00:00.125Z","level":"error","logger":"vigil","message":"a \"word\"","#
                + #""a":7,"b":"two\nlines","_level":"mine","list":["x","y"],"map":{"k":"v"}}"# + "\n")
        #expect(try JSONDocument(parsing: Array(sink.text.utf8)).root["a"]?.int == 7)
    }

    @Test("What is below the level is not written")
    func level() {
        let sink = Sink()
        var logger = Logger(label: "vigil") { label in
            JSONLogHandler(label: label, now: { Instant(milliseconds: 0) }) { sink.add($0) }
        }
        logger.logLevel = .warning
        logger.info("quiet")
        #expect(sink.text.isEmpty)
    }

    private final class Sink: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
        func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }
    }
}
