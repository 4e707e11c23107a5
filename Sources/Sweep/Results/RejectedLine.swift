import Documents

/// A line that could not be used, and why; without any of its content.
public struct RejectedLine: Sendable, Hashable, Comparable {
    public let file: String
    /// Counted from 1; the line at which a damaged file ended.
    public let line: Int
    public let reason: String

    public static func < (left: RejectedLine, right: RejectedLine) -> Bool {
        (left.file, left.line, left.reason) < (right.file, right.line, right.reason)
    }

    /// One line of the rejects file.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.member("file", string: file)
            object.member("line", int: line)
            object.member("reason", string: reason)
        }
        return writer.bytes + [0x0A]
    }

    init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    init?(_ node: JSONNode) {
        guard let file = node["file"]?.string, let line = node["line"]?.int, let reason = node["reason"]?.string else { return nil }
        self.init(file: file, line: line, reason: reason)
    }
}
