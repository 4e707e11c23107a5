/// What the reader notes of one value: where it stands, where the next one follows, and what it is.
///
/// Values lie in document order. A container is followed by its content, a member is a key and its value; `next` is
/// the entry after all of it, so that a subtree is skipped in one step.
@usableFromInline
struct JSONTapeEntry {
    @usableFromInline var start: UInt32
    @usableFromInline var end: UInt32
    @usableFromInline var next: UInt32
    /// Bits 0–2 kind, bit 3 flag, above them the number of elements or members, or the hash of a key.
    @usableFromInline var meta: UInt32

    @inlinable @inline(__always)
    init(start: UInt32, end: UInt32, next: UInt32, meta: UInt32) {
        self.start = start
        self.end = end
        self.next = next
        self.meta = meta
    }

    /// True for a string with escapes, and for the literal `true`.
    @inlinable @inline(__always)
    var flag: Bool { meta & Self.flagBit != 0 }

    @inlinable @inline(__always)
    var count: Int { Int(meta >> 4) }

    @inlinable @inline(__always)
    static var flagBit: UInt32 { 8 }

    @inlinable @inline(__always)
    static var kindBits: UInt32 { 7 }

    @inlinable @inline(__always)
    var kind: JSONNode.Kind {
        switch meta & Self.kindBits {
        case 1: .bool
        case 2: .number
        case 3: .string
        case 4: .array
        case 5: .object
        default: .null
        }
    }
}

extension JSONNode.Kind {
    /// The kind as the tape spells it.
    @inline(__always)
    var tag: UInt32 {
        switch self {
        case .null: 0
        case .bool: 1
        case .number: 2
        case .string: 3
        case .array: 4
        case .object: 5
        }
    }
}

/// The entries while they are being written: memory of its own that doubles when full.
///
/// Its owner calls `deallocate`, or hands `entries` on.
struct JSONTape {
    private(set) var entries: UnsafeMutablePointer<JSONTapeEntry>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        entries = .allocate(capacity: self.capacity)
    }

    @inline(__always)
    mutating func append(start: Int, end: Int, meta: UInt32) {
        if count == capacity { grow() }
        let next = count &+ 1
        // Offsets fit: documents are bounded at `JSONLimits.greatestSize`.
        (entries + count).initialize(
            to: JSONTapeEntry(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: next), meta: meta))
        count = next
    }

    /// Completes a container once its content is written.
    @inline(__always)
    func close(_ index: Int, end: Int, count children: UInt32) {
        entries[index].end = UInt32(truncatingIfNeeded: end)
        entries[index].next = UInt32(truncatingIfNeeded: count)
        entries[index].meta |= children << 4
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    /// Begins anew, in the same memory.
    mutating func removeAll() { count = 0 }

    func deallocate() { entries.deallocate() }
}
