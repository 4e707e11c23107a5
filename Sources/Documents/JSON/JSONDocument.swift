/// How large and how deep a JSON document may be.
public struct JSONLimits: Sendable, Hashable {
    /// How many containers may stand inside each other; never more than `greatestDepth`.
    public var depth = 256
    /// How many bytes the document may have; never more than `greatestSize`.
    public var size = 64 << 20

    public init(depth: Int = 256, size: Int = 64 << 20) {
        self.depth = depth
        self.size = size
    }

    /// 256 deep, 64 MiB.
    public static let standard = JSONLimits()

    /// Walks over a document recurse, so this stays far from the end of a thread's stack.
    public static let greatestDepth = 1024
    /// The tape counts the members of a container in 28 bits.
    public static let greatestSize = 512 << 20
}

/// A JSON text that has been checked as a whole, and an index of its values.
///
/// Strict after RFC 8259: the grammar everywhere, UTF-8, no byte order mark. As §9 permits, it also refuses
/// what would be dangerous later: equal keys in one object, lone surrogates, U+0000 in strings, and documents beyond
/// the limits. Values are read on demand, from the bytes, when a `JSONNode` is asked.
///
/// - Complexity: one pass; memory of 16 bytes a value beside the text.
public final class JSONDocument: Sendable {
    /// The text.
    public let bytes: [UInt8]

    /// The values in document order; written once, before the document exists, and freed with it.
    ///
    /// No bounds are checked: an index comes only from the tape itself.
    @usableFromInline
    nonisolated(unsafe) let tape: UnsafePointer<JSONTapeEntry>

    private init(bytes: [UInt8], tape: UnsafePointer<JSONTapeEntry>) {
        self.bytes = bytes
        self.tape = tape
    }

    deinit { tape.deallocate() }

    /// Checks and indexes `bytes`.
    ///
    /// - Throws: `JSONError` with what is wrong and where; the first problem only.
    public convenience init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        guard bytes.count <= min(limits.size, JSONLimits.greatestSize) else {
            throw JSONError(.tooLarge(limit: min(limits.size, JSONLimits.greatestSize)), at: 0)
        }
        // Pretty clinical JSON has a value about every 20 bytes, compact about every 12; what is not used is not touched.
        var tape = JSONTape(capacity: bytes.count / 10)
        let depth = min(limits.depth, JSONLimits.greatestDepth)
        let error = bytes.withUnsafeBufferPointer { JSONScanner.scan($0, depth: depth, tape: &tape) }
        if let error {
            tape.deallocate()
            throw error
        }
        self.init(bytes: bytes, tape: UnsafePointer(tape.entries))
    }

    /// Checks and indexes the UTF-8 of `text`.
    public convenience init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The value that the document is.
    @inlinable
    public var root: JSONNode { JSONNode(document: self, index: 0) }
}
