#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One value of a JSON document: the document and an index into its tape.
///
/// Cheap to pass around; it keeps its document alive. Nothing is decoded until asked for.
@frozen
public struct JSONNode: Sendable {
    @frozen
    public enum Kind: Sendable, Hashable { case null, bool, number, string, array, object }

    @usableFromInline let document: JSONDocument
    @usableFromInline let index: Int

    @inlinable @inline(__always)
    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    @inlinable @inline(__always)
    var entry: JSONTapeEntry { document.tape[index] }

    // MARK: What it is

    @inlinable
    public var kind: Kind { entry.kind }

    /// Its bytes in the document; a string's include the quotes.
    @inlinable
    public var range: SourceRange {
        let entry = entry
        return SourceRange(start: Int(entry.start), end: Int(entry.end))
    }

    /// Its own text, for echoing.
    @inlinable
    public var rawBytes: ArraySlice<UInt8> {
        let entry = entry
        return document.bytes[Int(entry.start)..<Int(entry.end)]
    }

    /// How many elements or members it has; 0 if it is no container.
    @inlinable
    public var count: Int {
        let entry = entry
        return entry.meta & JSONTapeEntry.kindBits >= 4 ? entry.count : 0
    }

    /// Whether it has no elements and no members.
    @inlinable
    public var isEmpty: Bool { count == 0 }

    // MARK: Members

    /// The member `key`; nil if it is absent or this is no object.
    ///
    /// - Complexity: O(members), a comparison of lengths for most of them.
    @inlinable
    public subscript(key: StaticString) -> JSONNode? {
        let found = document.member(key.utf8Start, key.utf8CodeUnitCount, of: index)
        return found < 0 ? nil : JSONNode(document: document, index: found)
    }

    /// The member `key`; nil if it is absent or this is no object.
    public func member(_ key: String) -> JSONNode? {
        var key = key
        let found = key.withUTF8 { utf8 -> Int in
            guard let base = utf8.baseAddress else { return document.member(Self.nothing, 0, of: index) }
            return document.member(base, utf8.count, of: index)
        }
        return found < 0 ? nil : JSONNode(document: document, index: found)
    }

    /// An address for a text without bytes.
    @usableFromInline static var nothing: UnsafePointer<UInt8> {
        let empty: StaticString = ""
        return empty.utf8Start
    }

    // MARK: Scalars

    @inlinable
    public var isNull: Bool { entry.meta & JSONTapeEntry.kindBits == 0 }

    @inlinable
    public var bool: Bool? {
        let entry = entry
        return entry.kind == .bool ? entry.flag : nil
    }

    /// A number's text exactly as written.
    @inlinable
    public var number: ArraySlice<UInt8>? { kind == .number ? rawBytes : nil }

    /// A number written as an integer that fits; nil for `1.0` and `1e2`, which say something else about precision.
    public var int: Int? {
        guard let digits = number else { return nil }
        var value = 0
        let negative = digits.first == UInt8(ascii: "-")
        for byte in negative ? digits.dropFirst() : digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let (product, high) = value.multipliedReportingOverflow(by: 10)
            let digit = Int(byte - UInt8(ascii: "0"))
            let (sum, over) = product.addingReportingOverflow(negative ? -digit : digit)
            guard !high, !over else { return nil }
            value = sum
        }
        return value
    }

    /// A string's text.
    public var string: String? {
        let entry = entry
        guard entry.kind == .string else { return nil }
        return document.withText(of: entry) { text in
            entry.flag
                ? String(decoding: JSONText.decoded(text), as: UTF8.self)
                : String(decoding: text, as: UTF8.self)
        }
    }

    /// A string's UTF-8: a view of the document, or a decoded copy where it has escapes.
    public var stringBytes: ArraySlice<UInt8>? {
        let entry = entry
        guard entry.kind == .string else { return nil }
        if entry.flag { return document.withText(of: entry) { JSONText.decoded($0) }[...] }
        return document.bytes[Int(entry.start) + 1..<Int(entry.end) - 1]
    }

    /// The text of a string of at most eight bytes as one integer, the first byte lowest; nil for any other value.
    ///
    /// Different texts have different integers, for no string here holds U+0000.
    public var shortText: UInt64? {
        let entry = entry
        guard entry.kind == .string, !entry.flag, entry.end &- entry.start <= 10 else { return nil }
        return document.withText(of: entry) { text in
            var word: UInt64 = 0
            for byte in text.reversed() { word = word << 8 | UInt64(byte) }
            return word
        }
    }

    /// Whether it is the string `text`; allocates nothing unless it has escapes.
    public func equals(_ text: StaticString) -> Bool {
        let entry = entry
        return entry.kind == .string && document.text(of: entry, equals: text.utf8Start, text.utf8CodeUnitCount)
    }
}

extension JSONDocument {
    /// The tape index of a member's value, or -1.
    @usableFromInline
    func member(_ name: UnsafePointer<UInt8>, _ count: Int, of object: Int) -> Int {
        let container = tape[object]
        guard container.kind == .object else { return -1 }
        var key = object + 1
        while key < Int(container.next) {
            if text(of: tape[key], equals: name, count) { return key + 1 }
            key = Int(tape[key + 1].next)
        }
        return -1
    }

    /// Whether a string entry says these bytes.
    @inline(__always)
    func text(of entry: JSONTapeEntry, equals other: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if entry.flag {
            let decoded = withText(of: entry) { JSONText.decoded($0) }
            return decoded.elementsEqual(UnsafeBufferPointer(start: other, count: count))
        }
        guard Int(entry.end &- entry.start) == count &+ 2 else { return false }
        return withText(of: entry) { text in
            guard let base = text.baseAddress, count > 0 else { return true }
            return base[0] == other[0] && memcmp(base, other, count) == 0
        }
    }

    /// A string entry's content, without its quotes.
    @inline(__always)
    func withText<Result>(of entry: JSONTapeEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing: bytes[Int(entry.start) &+ 1..<Int(entry.end) &- 1]))
        }
    }
}
