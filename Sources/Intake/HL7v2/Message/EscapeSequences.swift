/// The escape sequences of text.
///
/// - Source: HL7 v2.9, chapter 2.7, "Use of escape sequences in text fields".
enum EscapeSequences {
    /// The longest sequence that is looked for; `\X…\` may hold a line of data.
    private static let limit = 512

    /// The bytes of UTF-8 that a piece of a message means.
    ///
    /// Delimiters and hexadecimal data become what they stand for, line breaks a blank; highlighting and changes of the character
    /// set are dropped, a lone escape character stands for itself. Control characters are dropped.
    static func plain(_ bytes: ArraySlice<UInt8>, _ encoding: MessageEncoding) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.first {
            rest = rest.dropFirst()
            guard byte == encoding.escape, let end = rest.prefix(limit).firstIndex(of: byte) else {
                append(byte, encoding, &plain)
                continue
            }
            let known = append(sequence: rest[..<end], encoding, &plain)
            // What is no sequence is text with an escape character in it.
            if known { rest = rest[(end + 1)...] } else { append(byte, encoding, &plain) }
        }
        return plain
    }

    /// Adds what a sequence stands for; false where it is none.
    private static func append(sequence: ArraySlice<UInt8>, _ encoding: MessageEncoding, _ plain: inout [UInt8]) -> Bool {
        guard let kind = sequence.first else { return false }
        let delimiter: UInt8? = switch (kind, sequence.count) {
        case (UInt8(ascii: "F"), 1): encoding.field
        case (UInt8(ascii: "S"), 1): encoding.component
        case (UInt8(ascii: "T"), 1): encoding.subcomponent
        case (UInt8(ascii: "R"), 1): encoding.repetition
        case (UInt8(ascii: "E"), 1): encoding.escape
        default: nil
        }
        if let delimiter {
            plain.append(delimiter)
            return true
        }
        switch kind {
        case UInt8(ascii: "H"), UInt8(ascii: "N"), UInt8(ascii: "P"): return sequence.count == 1
        case UInt8(ascii: "X"): return append(hexadecimal: sequence.dropFirst(), encoding, &plain)
        case UInt8(ascii: "."):
            plain.append(0x20)
            return true
        // Characters of another set, and sequences of a site's own.
        case UInt8(ascii: "C"), UInt8(ascii: "M"), UInt8(ascii: "Z"): return sequence.dropFirst().allSatisfy { digit($0) != nil }
        default: return false
        }
    }

    private static func append(hexadecimal digits: ArraySlice<UInt8>, _ encoding: MessageEncoding, _ plain: inout [UInt8]) -> Bool {
        guard !digits.isEmpty, digits.count.isMultiple(of: 2), digits.allSatisfy({ digit($0) != nil }) else { return false }
        var rest = digits
        while let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) {
            append(high << 4 | low, encoding, &plain)
        }
        return true
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// Adds a character of the message's set.
    private static func append(_ byte: UInt8, _ encoding: MessageEncoding, _ plain: inout [UInt8]) {
        switch byte {
        case 0x09, 0x0A, 0x0D: plain.append(0x20)
        case 0x20..<0x7F: plain.append(byte)
        case 0x80...:
            guard encoding.characters == .latin1 else { return plain.append(byte) }
            plain.append(0xC0 | byte >> 6)
            plain.append(0x80 | byte & 0x3F)
        default: break
        }
    }
}
