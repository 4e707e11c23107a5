#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One value of a JSON text that somebody else keeps: what a `JSONNode` is, without keeping its document alive.
///
/// For looking at many texts of which little is wanted. It is handed to a closure and holds no longer than that runs; whoever keeps it
/// beyond looks into memory that is gone.
@frozen
public struct JSONView {
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let tape: UnsafePointer<JSONTapeEntry>
    @usableFromInline let index: Int

    @inlinable @inline(__always)
    init(base: UnsafePointer<UInt8>, tape: UnsafePointer<JSONTapeEntry>, index: Int) {
        self.base = base
        self.tape = tape
        self.index = index
    }

    @inlinable @inline(__always)
    var entry: JSONTapeEntry { tape[index] }

    @inlinable @inline(__always)
    func view(_ index: Int) -> JSONView { JSONView(base: base, tape: tape, index: index) }

    @inlinable @inline(__always)
    func text(of entry: JSONTapeEntry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + (Int(entry.start) &+ 1), count: Int(entry.end &- entry.start) &- 2)
    }

    @inlinable
    public var kind: JSONNode.Kind { entry.kind }

    /// Its own text; a string's includes the quotes.
    @inlinable
    public var rawBytes: UnsafeRawBufferPointer {
        let entry = entry
        return UnsafeRawBufferPointer(start: base + Int(entry.start), count: Int(entry.end &- entry.start))
    }

    // MARK: Members and elements

    /// The member `key`; nil if it is absent or this is no object.
    public subscript(key: StaticString) -> JSONView? {
        member(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    /// The member `key`; nil if it is absent or this is no object.
    public func member(_ key: String) -> JSONView? {
        var key = key
        return key.withUTF8 { member($0) }
    }

    private func member(_ name: UnsafeBufferPointer<UInt8>) -> JSONView? {
        let container = entry
        guard container.kind == .object else { return nil }
        var key = index &+ 1
        while key < Int(container.next) {
            let entry = tape[key]
            // Escapes only make a text longer: a shorter one is another.
            if Int(entry.end &- entry.start) >= name.count &+ 2, view(key).equals(name) { return view(key &+ 1) }
            key = Int(tape[key &+ 1].next)
        }
        return nil
    }

    /// The elements of an array; the value itself where it is none, as FHIR's readers are lenient; nothing of `null`.
    @inlinable
    public var repetitions: Views {
        let entry = entry
        if entry.kind == .array { return Views(place: index &+ 1, end: Int(entry.next), first: self) }
        return Views(place: index, end: Int(entry.next), first: self)
    }

    /// The members of an object; none if it is no object.
    @inlinable
    public var members: Members {
        let entry = entry
        return Members(place: index &+ 1, end: entry.kind == .object ? Int(entry.next) : index &+ 1, owner: self)
    }

    /// Values that follow one another; `null` is passed over.
    @frozen
    public struct Views: Sequence, IteratorProtocol {
        @usableFromInline var place: Int
        @usableFromInline let end: Int
        @usableFromInline let first: JSONView

        @inlinable
        init(place: Int, end: Int, first: JSONView) {
            self.place = place
            self.end = end
            self.first = first
        }

        @inlinable @inline(__always)
        public mutating func next() -> JSONView? {
            while place < end {
                let view = first.view(place)
                place = Int(view.entry.next)
                if view.entry.kind != .null { return view }
            }
            return nil
        }
    }

    /// The members of an object, each its key and its value.
    @frozen
    public struct Members: Sequence, IteratorProtocol {
        @usableFromInline var place: Int
        @usableFromInline let end: Int
        @usableFromInline let owner: JSONView

        @inlinable
        init(place: Int, end: Int, owner: JSONView) {
            self.place = place
            self.end = end
            self.owner = owner
        }

        @inlinable @inline(__always)
        public mutating func next() -> (key: JSONView, value: JSONView)? {
            guard place < end else { return nil }
            let key = owner.view(place)
            let value = owner.view(place &+ 1)
            place = Int(value.entry.next)
            return (key, value)
        }
    }

    // MARK: Strings

    /// A string's text.
    public var string: String? {
        let entry = entry
        guard entry.kind == .string else { return nil }
        return entry.flag ? String(decoding: JSONText.decoded(text(of: entry)), as: UTF8.self) : String(decoding: text(of: entry), as: UTF8.self)
    }

    /// A string's bytes as they are written, where they hold no escape.
    @inlinable
    public var plainText: UnsafeBufferPointer<UInt8>? {
        let entry = entry
        return entry.kind == .string && !entry.flag ? text(of: entry) : nil
    }

    /// What `body` makes of a string's UTF-8; nil if it is no string.
    @inlinable @inline(__always)
    public func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        if let plainText { return body(plainText) }
        return decoded?.withUnsafeBufferPointer(body)
    }

    /// The bytes of a string with its escapes resolved.
    @usableFromInline
    var decoded: [UInt8]? {
        kind == .string ? JSONText.decoded(text(of: entry)) : nil
    }

    /// As `JSONNode.shortText`.
    @inlinable
    public var shortText: UInt64? {
        guard let text = plainText, text.count <= 8 else { return nil }
        var word: UInt64 = 0
        for byte in text.reversed() { word = word << 8 | UInt64(byte) }
        return word
    }

    /// Whether it is the string `text`.
    public func equals(_ text: StaticString) -> Bool {
        equals(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    private func equals(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let text = plainText else { return decoded?.elementsEqual(other) ?? false }
        guard text.count == other.count, let mine = text.baseAddress, let theirs = other.baseAddress else {
            return text.isEmpty && other.isEmpty
        }
        return memcmp(mine, theirs, text.count) == 0
    }
}

extension JSONNode {
    /// What `body` makes of a view of this value; it must not keep it.
    @inlinable @inline(__always)
    public func withView<Result>(_ body: (JSONView) -> Result) -> Result {
        withExtendedLifetime(document) {
            document.bytes.withUnsafeBufferPointer { bytes in
                // A document that was read has a byte at least.
                guard let base = bytes.baseAddress else { return body(JSONView(base: Self.nothing, tape: document.tape, index: index)) }
                return body(JSONView(base: base, tape: document.tape, index: index))
            }
        }
    }
}

/// Looks into JSON texts, one after the other, with the same memory for each.
///
/// It checks them as strictly as `JSONDocument` does.
public struct JSONGlance: ~Copyable {
    private var tape = JSONTape(capacity: 1 << 10)
    private var frames = JSONScanner.Frames()

    public init() {}

    deinit { tape.deallocate() }

    /// What `body` makes of the value that `text` is; it must keep nothing of it.
    ///
    /// - Throws: `JSONError` with what is wrong and where; the first problem only.
    public mutating func look<Result>(
        at text: UnsafeRawBufferPointer, limits: JSONLimits = .standard, _ body: (JSONView) -> Result
    ) throws(JSONError) -> Result {
        let size = min(limits.size, JSONLimits.greatestSize)
        guard text.count <= size else { throw JSONError(.tooLarge(limit: size), at: 0) }
        guard let start = text.baseAddress else { throw JSONError(.empty, at: 0) }
        let base = start.assumingMemoryBound(to: UInt8.self)
        tape.removeAll()
        let bytes = UnsafeBufferPointer(start: base, count: text.count)
        if let error = JSONScanner.scan(bytes, depth: min(limits.depth, JSONLimits.greatestDepth), tape: &tape, frames: &frames) { throw error }
        return body(JSONView(base: base, tape: tape.entries, index: 0))
    }
}
