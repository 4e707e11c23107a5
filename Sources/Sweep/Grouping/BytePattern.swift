#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Some bytes to be looked for, with the table that lets the search leap.
///
/// - Complexity: bytes divided by the pattern's length, for most texts.
/// - Source: R. N. Horspool, Practical fast searching in strings, Software: Practice and Experience 1980;10:501–506.
struct BytePattern: Sendable {
    let bytes: [UInt8]
    /// How far the pattern may move when a byte stands at its end.
    private let leaps: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var leaps = [Int](repeating: max(bytes.count, 1), count: 256)
        for (place, byte) in bytes.dropLast().enumerated() { leaps[Int(byte)] = bytes.count - 1 - place }
        self.leaps = leaps
    }

    init(_ text: StaticString) {
        self.init(Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)))
    }

    /// Where it stands first in `text`, wholly between the offsets.
    func first(in text: UnsafeRawBufferPointer, from start: Int, to end: Int? = nil) -> Range<Int>? {
        let end = min(end ?? text.count, text.count)
        let length = bytes.count
        guard let base = text.baseAddress, length > 0, start >= 0, end - start >= length else { return nil }
        return bytes.withUnsafeBytes { wanted in
            leaps.withUnsafeBufferPointer { leaps -> Range<Int>? in
                guard let first = wanted.baseAddress else { return nil }
                let last = wanted[length - 1]
                var place = start
                while place <= end - length {
                    let byte = base.load(fromByteOffset: place + length - 1, as: UInt8.self)
                    if byte == last, memcmp(base + place, first, length) == 0 { return place..<(place + length) }
                    place += leaps[Int(byte)]
                }
                return nil
            }
        }
    }
}
