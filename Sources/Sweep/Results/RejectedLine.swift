import Documents

/// A line that could not be used, and why; without any of its content.
public struct RejectedLine: Sendable, Hashable, Comparable {
    public let file: String
    /// Counted from 1; the line at which a damaged file ended.
    public let line: Int
    public let reason: String
    /// What was lost with it; nothing where it is not of a kind that is read, or names another subject than a patient.
    public let loss: InputLoss?

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
            if let loss { object.member("incomplete") { loss.write(to: &$0) } }
        }
        return writer.bytes + [0x0A]
    }

    init(file: String, line: Int, reason: String, loss: InputLoss? = nil) {
        self.file = file
        self.line = line
        self.reason = reason
        self.loss = loss
    }

    init?(_ node: JSONNode) {
        guard let file = node["file"]?.string, let line = node["line"]?.int, let reason = node["reason"]?.string else { return nil }
        self.init(file: file, line: line, reason: reason, loss: node["incomplete"].map { InputLoss($0) })
    }
}

extension InputLoss {
    /// Which kinds of data are incomplete, and whose.
    func write(to writer: inout JSONWriter) {
        writer.object { members(to: &$0) }
    }

    func members(to object: inout JSONWriter) {
        object.member("types") {
            $0.array { list in for type in types.isEmpty ? [Self.anyKind] : types { list.element(string: type) } }
        }
        object.member("of", string: isAnyones ? "everyone" : "its patient")
    }

    fileprivate init(_ node: JSONNode) {
        var types: [String] = []
        for item in node["types"]?.elements.map({ $0 }) ?? [] { if let type = item.string, type != Self.anyKind { types.append(type) } }
        self.init(types: types, isAnyones: node["of"]?.string == "everyone")
    }

    private static let anyKind = "any"
}
