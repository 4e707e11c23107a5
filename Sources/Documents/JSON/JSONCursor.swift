/// A place in a JSON text, and the steps over its tokens.
///
/// Strings are read sixteen bytes at a time, their ends and runs of blanks eight at a time within one word (SWAR). `base` must
/// outlive the cursor; every load is checked against `end`.
struct JSONCursor {
    let base: UnsafePointer<UInt8>
    let end: Int
    var offset = 0

    init(base: UnsafePointer<UInt8>, end: Int) {
        self.base = base
        self.end = end
    }

    /// The byte here; 0 at the end, which no token begins with.
    @inline(__always)
    var peek: UInt8 { offset < end ? base[offset] : 0 }

    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
    }

    /// Steps over blanks, tabs and line breaks.
    @inline(__always)
    mutating func skipBlanks() {
        if offset < end, base[offset] > 0x20 { return }
        skipBlankRun()
    }

    /// A line break and its indentation, usually.
    @inline(__always)
    private mutating func skipBlankRun() {
        while offset < end {
            switch base[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset &+= 1
            default: return
            }
            while offset &+ 8 <= end {
                let others = word(at: offset) ^ Self.blanks
                if others != 0 {
                    offset &+= others.trailingZeroBitCount &>> 3
                    break
                }
                offset &+= 8
            }
        }
    }

    private static let blanks: UInt64 = 0x2020_2020_2020_2020
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Steps over the string that begins here; false if something is wrong with it.
    ///
    /// - Parameter escaped: set if the string has escapes.
    @inline(__always)
    mutating func skipString(_ escaped: inout Bool) -> Bool {
        offset &+= 1
        while true {
            let isAtSpecial = skipPlain()
            while !isAtSpecial, offset &+ 8 <= end {
                let word = word(at: offset)
                // The lowest high bit marks the first byte that is a quote, a backslash, a control or not ASCII.
                let quote = (word ^ (Self.ones &* 0x22)) &- Self.ones
                let backslash = (word ^ (Self.ones &* 0x5C)) &- Self.ones
                let control = word &- Self.blanks
                let special = (quote | backslash | control | word) & Self.highs
                if special != 0 {
                    offset &+= special.trailingZeroBitCount &>> 3
                    break
                }
                offset &+= 8
            }
            guard offset < end else { return false }
            let byte = base[offset]
            if byte == UInt8(ascii: "\"") {
                offset &+= 1
                return true
            }
            if byte == UInt8(ascii: "\\") {
                escaped = true
                guard skipEscape() else { return false }
            } else if byte >= 0x80 {
                guard skipNonASCII() else { return false }
            } else if byte < 0x20 {
                return false
            } else {
                offset &+= 1
            }
        }
    }

    /// Steps over plain bytes of a string; false where fewer than sixteen are left, true at the first that is none: a quote, a
    /// backslash, a control or not ASCII.
    @inline(__always)
    private mutating func skipPlain() -> Bool {
        while offset &+ 16 <= end {
            let bytes = UnsafeRawPointer(base + offset).loadUnaligned(as: SIMD16<Int8>.self)
            // A control, or, as a negative number, what is not ASCII.
            let special = (bytes .== Self.quotes) .| (bytes .== Self.backslashes) .| (bytes .< Self.spaces)
            let halves = unsafeBitCast(special, to: SIMD2<UInt64>.self)
            if halves[0] != 0 {
                offset &+= UInt64(littleEndian: halves[0]).trailingZeroBitCount &>> 3
                return true
            }
            if halves[1] != 0 {
                offset &+= 8 &+ UInt64(littleEndian: halves[1]).trailingZeroBitCount &>> 3
                return true
            }
            offset &+= 16
        }
        return false
    }

    private static var quotes: SIMD16<Int8> { SIMD16(repeating: 0x22) }
    private static var backslashes: SIMD16<Int8> { SIMD16(repeating: 0x5C) }
    private static var spaces: SIMD16<Int8> { SIMD16(repeating: 0x20) }

    @inline(never)
    private mutating func skipEscape() -> Bool {
        guard let length = JSONText.escapeLength(UnsafeBufferPointer(start: base + offset, count: end - offset)) else {
            return false
        }
        offset += length
        return true
    }

    /// Steps over a run of characters beyond ASCII, by the well-formed sequences of Unicode 15, table 3-7.
    @inline(never)
    private mutating func skipNonASCII() -> Bool {
        while offset < end, base[offset] >= 0x80 {
            let length = JSONText.scalarLength(UnsafeBufferPointer(start: base + offset, count: end - offset))
            guard length > 0 else { return false }
            offset += length
        }
        return true
    }

    /// Steps over `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`; false if the text is another.
    @inline(__always)
    mutating func skipNumber() -> Bool {
        if base[offset] == UInt8(ascii: "-") { offset &+= 1 }
        if peek == UInt8(ascii: "0") {
            offset &+= 1
            if isDigit(peek) { return false }
        } else {
            guard skipDigits() else { return false }
        }
        if peek == UInt8(ascii: ".") {
            offset &+= 1
            guard skipDigits() else { return false }
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            offset &+= 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset &+= 1 }
            guard skipDigits() else { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func skipDigits() -> Bool {
        let start = offset
        while offset < end, isDigit(base[offset]) { offset &+= 1 }
        return offset > start
    }

    @inline(__always)
    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    /// Steps over a literal if it stands here.
    @inline(__always)
    mutating func skip(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard offset &+ count <= end else { return false }
        for index in 0..<count where base[offset &+ index] != literal.utf8Start[index] { return false }
        offset &+= count
        return true
    }

    /// A hash of the key that begins at `start` and ends here, in 28 bits; equal keys have equal ones.
    ///
    /// Only its length, first and last eight bytes count: it is a filter, not a proof.
    @inline(__always)
    func hash(ofKeyFrom start: Int) -> UInt32 {
        let count = offset &- start &- 2
        var mix = UInt64(truncatingIfNeeded: count)
        if start &+ 9 <= end {
            let first = word(at: start &+ 1)
            mix ^= count < 8 ? first & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1) : first
            if count > 8 { mix ^= word(at: offset &- 9) &* 0x9E37_79B9_7F4A_7C15 }
        } else {
            // Too near the end of the text to load a word: the same word, byte by byte.
            for index in 0..<count { mix ^= UInt64(base[start &+ 1 &+ index]) &<< UInt64(truncatingIfNeeded: index &* 8) }
        }
        return UInt32(truncatingIfNeeded: (mix &* 0xBF58_476D_1CE4_E5B9) &>> 36)
    }

    // MARK: Problems

    /// What stands here instead of what should.
    @inline(never)
    func unexpected(_ expected: JSONError.Expected) -> JSONError {
        guard offset < end else { return JSONError(.unexpectedEnd(expected: expected), at: end) }
        return JSONError(.unexpected(byte: base[offset], expected: expected), at: offset)
    }

    /// The first problem of the string that begins at `start`.
    @inline(never)
    func stringProblem(from start: Int) -> JSONError {
        JSONText.problem(ofStringFrom: start, in: UnsafeBufferPointer(start: base, count: end))
    }
}
