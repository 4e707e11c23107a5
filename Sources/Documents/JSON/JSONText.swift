/// The inside of JSON strings: escapes and UTF-8.
enum JSONText {
    /// The length of the escape that begins `text`, both halves of a surrogate pair counted as one; nil if it is none.
    static func escapeLength(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard text.count >= 2 else { return nil }
        switch text[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(text, at: 0), unit != 0, !UTF16.isTrailSurrogate(unit) else { return nil }
            guard UTF16.isLeadSurrogate(unit) else { return 6 }
            guard let low = codeUnit(text, at: 6), UTF16.isTrailSurrogate(low) else { return nil }
            return 12
        default: return nil
        }
    }

    /// The code unit of a `\uXXXX` at `offset`; nil if none is there.
    private static func codeUnit(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt16? {
        guard text.count >= offset + 6, text[offset] == UInt8(ascii: "\\"), text[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for byte in text[offset + 2..<offset + 6] {
            guard let digit = hexadecimal(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The length of the well-formed character that begins `text`; 0 if it is malformed.
    ///
    /// - Source: The Unicode Standard 15.0, table 3-7.
    static func scalarLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = text.first else { return 0 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard text.count >= length, second.contains(text[1]) else { return 0 }
        for byte in text[2..<length] where byte & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// A string's content with its escapes resolved.
    ///
    /// - Parameter text: the content without its quotes, already checked.
    static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            guard byte == UInt8(ascii: "\\"), offset + 1 < text.count else {
                decoded.append(byte)
                offset += 1
                continue
            }
            let rest = UnsafeBufferPointer(rebasing: text[offset...])
            switch rest[1] {
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"): decoded.append(contentsOf: scalar(rest).utf8)
            default: decoded.append(rest[1])
            }
            offset += escapeLength(rest) ?? 2
        }
        return decoded
    }

    /// The character of a checked `\uXXXX`, or of two for a surrogate pair.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var units: [UInt16] = []
        if let unit = codeUnit(text, at: 0) { units.append(unit) }
        if let first = units.first, UTF16.isLeadSurrogate(first), let low = codeUnit(text, at: 6) { units.append(low) }
        return String(decoding: units, as: UTF16.self)
    }

    /// How many bytes from `start` need no escape: up to the first quote, backslash or control, or to the end.
    ///
    /// Eight bytes at a time; a word with a byte beyond ASCII or one that needs an escape is gone through byte by byte.
    static func plainLength(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101, highs: UInt64 = 0x8080_8080_8080_8080
        var offset = start
        while offset < text.count {
            if offset + 8 <= text.count {
                let word = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let quote = (word ^ (ones &* 0x22)) &- ones, backslash = (word ^ (ones &* 0x5C)) &- ones
                if (quote | backslash | (word &- ones &* 0x20) | word) & highs == 0 {
                    offset += 8
                    continue
                }
            }
            for byte in text[offset..<min(offset + 8, text.count)] {
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return offset - start }
                offset += 1
            }
        }
        return offset - start
    }

    /// The first problem of the string whose quote stands at `start`, known to have one.
    static func problem(ofStringFrom start: Int, in text: UnsafeBufferPointer<UInt8>) -> JSONError {
        var offset = start + 1
        while offset < text.count {
            let rest = UnsafeBufferPointer(rebasing: text[offset...])
            switch rest[0] {
            case 0..<0x20: return JSONError(.controlCharacter(rest[0]), at: offset)
            case UInt8(ascii: "\\"):
                guard let length = escapeLength(rest) else { return escapeProblem(rest, at: offset) }
                offset += length
            default:
                let length = scalarLength(rest)
                guard length > 0 else { return JSONError(.invalidUTF8, at: offset) }
                offset += length
            }
        }
        return JSONError(.unexpectedEnd(expected: .quote), at: text.count)
    }

    private static func escapeProblem(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> JSONError {
        guard text.count >= 2 else { return JSONError(.unexpectedEnd(expected: .quote), at: offset + text.count) }
        guard let unit = codeUnit(text, at: 0) else { return JSONError(.invalidEscape, at: offset) }
        return JSONError(unit == 0 ? .controlCharacter(0) : .loneSurrogate, at: offset)
    }
}
