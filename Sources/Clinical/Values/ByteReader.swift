/// Reads a short text byte by byte; shared by the parsers of numbers and dates, which must not allocate.
///
/// Never reads past the end: whatever is not there is simply not matched.
struct ByteReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at the position, or 0 at the end.
    var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// The value of the digit at the position, if there is one.
    var digit: UInt8? {
        let value = current &- 48
        return value < 10 ? value : nil
    }

    /// Steps over `byte` if it stands here.
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte, !isAtEnd else { return false }
        position += 1
        return true
    }

    /// Steps over exactly `count` digits and gives their value; `count` is at most 9.
    mutating func number(of count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for offset in position..<position + count {
            let digit = bytes[offset] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        position += count
        return value
    }
}

extension StringProtocol {
    /// Gives the UTF-8 bytes of the text to `body`, without a copy where the text is stored in one piece.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
    }
}
