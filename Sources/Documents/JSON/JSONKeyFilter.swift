/// Watches the keys of one object for a repetition.
///
/// A small object is checked as it is read: a filter of 64 bits tells which keys may be repetitions, and only those
/// are compared with the keys before them. A large object, or one with escapes in its keys, is checked once at its
/// end through a set. So the cost stays linear whatever the keys are.
struct JSONKeyFilter {
    /// Up to this many keys, each may be compared with those before it.
    static let smallCount: UInt32 = 32

    private var seen: UInt64 = 0
    /// Whether the object must be checked at its end.
    private(set) var deferred = false

    init() {}

    /// Notes a key; whether it might repeat one of the `count` keys before it.
    @inline(__always)
    mutating func mayRepeat(hash: UInt32, escaped: Bool, count: UInt32) -> Bool {
        if escaped || count >= Self.smallCount { deferred = true }
        let bit: UInt64 = 1 &<< UInt64(hash & 63)
        defer { seen |= bit }
        return seen & bit != 0 && !deferred
    }

    /// The error if an earlier key of `object` has the bytes of the key at `index`.
    @inline(never)
    func repetition(
        of index: Int, in object: Int, tape: JSONTape, base: UnsafePointer<UInt8>
    ) -> JSONError? {
        let key = JSONKey(tape.entries[index], base: base)
        let meta = tape.entries[index].meta
        var other = object + 1
        while other < index {
            if tape.entries[other].meta == meta {
                let first = JSONKey(tape.entries[other], base: base)
                if first == key { return .duplicate(key, first: first) }
            }
            other = Int(tape.entries[other + 1].next)
        }
        return nil
    }

    /// The error if any two keys of `object`, whose end has been reached, are equal.
    @inline(never)
    func repetition(in object: Int, tape: JSONTape, base: UnsafePointer<UInt8>) -> JSONError? {
        var seen: Set<JSONKey> = []
        var index = object + 1
        while index < tape.count {
            let key = JSONKey(tape.entries[index], base: base)
            let (inserted, first) = seen.insert(key)
            if !inserted { return .duplicate(key, first: first) }
            index = Int(tape.entries[index + 1].next)
        }
        return nil
    }
}

/// A key as its bytes, escapes resolved; lives only while the text is scanned.
struct JSONKey: Hashable {
    let offset: Int
    private let text: UnsafeBufferPointer<UInt8>
    private let decoded: [UInt8]?

    init(_ entry: JSONTapeEntry, base: UnsafePointer<UInt8>) {
        offset = Int(entry.start)
        text = UnsafeBufferPointer(start: base + offset + 1, count: Int(entry.end) - offset - 2)
        decoded = entry.flag ? JSONText.decoded(text) : nil
    }

    static func == (a: JSONKey, b: JSONKey) -> Bool {
        a.withBytes { a in b.withBytes { b in a.count == b.count && a.elementsEqual(b) } }
    }

    func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    var name: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    private func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        decoded.map { $0.withUnsafeBufferPointer(body) } ?? body(text)
    }
}

extension JSONError {
    static func duplicate(_ key: JSONKey, first: JSONKey) -> JSONError {
        JSONError(.duplicateKey(key.name, first: first.offset), at: key.offset)
    }
}
