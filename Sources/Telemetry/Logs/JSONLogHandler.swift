import Clinical
import Documents
public import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes each event of a log as one line of JSON.
///
/// `time`, `level`, `logger` and `message` come first, then the metadata by name; a key of metadata that is called like one of
/// those gets an underscore before it. One line is one write, so lines of several threads do not run into each other.
///
/// ```json
/// {"time":"2026-11-21T09:30:00.125Z","level":"info","logger":"vigil","message":"request","route":"/cds-services/{id}","status":"200"}
/// ```
public struct JSONLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Instant

    /// A handler that writes to standard error.
    public init(label: String) {
        self.init(label: label, now: Self.clock) { Self.standardError($0) }
    }

    init(label: String, now: @escaping @Sendable () -> Instant, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.label = label
        self.now = now
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = .string("\(error)") }
        var writer = JSONWriter()
        writer.object { line in
            line.member("time", string: now().description)
            line.member("level", string: event.level.rawValue)
            line.member("logger", string: label)
            line.member("message", string: "\(event.message)")
            for (key, value) in all.sorted(by: { $0.key < $1.key }) {
                line.member(Self.taken.contains(key) ? "_\(key)" : key) { Self.add(value, to: &$0) }
            }
        }
        write(writer.bytes + [UInt8(ascii: "\n")])
    }

    private static let taken: Set<String> = ["time", "level", "logger", "message"]

    private static func add(_ value: Logger.MetadataValue, to writer: inout JSONWriter) {
        switch value {
        case .string(let text): writer.string(text)
        case .stringConvertible(let number as Int): writer.int(number)
        case .stringConvertible(let other): writer.string(other.description)
        case .array(let values): writer.array { list in values.forEach { value in list.element { add(value, to: &$0) } } }
        case .dictionary(let values):
            writer.object { object in
                for (key, value) in values.sorted(by: { $0.key < $1.key }) { object.member(key) { add(value, to: &$0) } }
            }
        }
    }

    private static func clock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    private static func standardError(_ line: [UInt8]) {
        // There is nowhere else to say that this one could not be written.
        _ = SystemCall.write(STDERR_FILENO, line)
    }
}
