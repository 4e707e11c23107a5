/// From a 64-bit key to a 32-bit value: open addressing, linear probing, never more than half full.
///
/// - Complexity: look-up O(1), about 15 ns in a table of 100,000 (PERFORMANCE §4).
struct IntegerTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    private var mask: Int
    private(set) var count = 0

    /// An empty table with room for `capacity` keys.
    init(capacity: Int) {
        var size = 16
        while size < capacity &* 2 { size &*= 2 }
        keys = [UInt64](repeating: 0, count: size)
        values = [UInt32](repeating: 0, count: size)
        mask = size - 1
    }

    /// The value of `key`; `nil` where there is none. The key 0 is never stored.
    func value(for key: UInt64) -> UInt32? {
        var slot = Self.slot(of: key, mask: mask)
        while true {
            let found = keys[slot]
            if found == key { return key == 0 ? nil : values[slot] }
            if found == 0 { return nil }
            slot = (slot &+ 1) & mask
        }
    }

    /// Stores `value` unless `key` is there already; true where it was stored.
    @discardableResult
    mutating func insert(_ key: UInt64, _ value: UInt32) -> Bool {
        guard key != 0 else { return false }
        if (count + 1) * 2 > keys.count { grow() }
        var slot = Self.slot(of: key, mask: mask)
        while keys[slot] != 0 {
            if keys[slot] == key { return false }
            slot = (slot &+ 1) & mask
        }
        keys[slot] = key
        values[slot] = value
        count += 1
        return true
    }

    /// Every key with its value, in ascending order of keys.
    var sorted: [(key: UInt64, value: UInt32)] {
        zip(keys, values).filter { $0.0 != 0 }.map { (key: $0.0, value: $0.1) }.sorted { $0.key < $1.key }
    }

    private mutating func grow() {
        var larger = IntegerTable(capacity: keys.count)
        for (key, value) in zip(keys, values) where key != 0 { larger.insert(key, value) }
        self = larger
    }

    /// Fibonacci hashing: the high bits of the product are well mixed.
    private static func slot(of key: UInt64, mask: Int) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: product ^ (product >> 32)) & mask
    }
}
