/// From the encodings in which XML comes to UTF-8.
///
/// UTF-8 and UTF-16 with or without a byte order mark, ISO-8859-1 and US-ASCII where the declaration says so; others are refused by name.
///
/// - Source: XML 1.0, appendix F: detection of character encodings.
enum XMLEncoding {
    /// The text in UTF-8, checked, without a byte order mark.
    static func text(of bytes: [UInt8]) throws(XMLError) -> [UInt8] {
        if bytes.isEmpty { throw XMLError(.empty, at: 0) }
        if let order = wideOrder(of: bytes) { return try fromUTF16(bytes, order) }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = start == 0 ? bytes : Array(bytes[start...])
        let name = declared(in: text)
        switch name?.lowercased() {
        case nil, "utf-8", "utf8": return try checked(text, "UTF-8")
        case "us-ascii", "ascii":
            if let place = text.firstIndex(where: { $0 >= 0x80 }) { throw XMLError(.malformedText(encoding: "ASCII"), at: place).placed(in: text) }
            return text
        case "iso-8859-1", "latin1": return fromLatin1(text)
        default: throw XMLError(.encoding(name ?? ""), at: 0).placed(in: text)
        }
    }

    private enum Order { case bigEndian, littleEndian }

    private static func wideOrder(of bytes: [UInt8]) -> Order? {
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xFE, 0xFF), (0x00, 0x3C): return .bigEndian
        case (0xFF, 0xFE), (0x3C, 0x00): return .littleEndian
        default: return nil
        }
    }

    private static func fromUTF16(_ bytes: [UInt8], _ order: Order) throws(XMLError) -> [UInt8] {
        guard bytes.count % 2 == 0 else { throw XMLError(.malformedText(encoding: "UTF-16"), at: 0) }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for place in stride(from: 0, to: bytes.count, by: 2) {
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            units.append(order == .bigEndian ? first << 8 | second : second << 8 | first)
        }
        if units.first == 0xFEFF { units.removeFirst() }
        guard let text = String(validating: units, as: UTF16.self) else { throw XMLError(.malformedText(encoding: "UTF-16"), at: 0) }
        return Array(text.utf8)
    }

    private static func fromLatin1(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
        return text
    }

    private static func checked(_ text: [UInt8], _ encoding: String) throws(XMLError) -> [UInt8] {
        let malformed = text.withUnsafeBufferPointer { bytes -> Int? in
            var place = 0
            while place < bytes.count {
                if bytes[place] < 0x80 {
                    place += 1
                    continue
                }
                let length = JSONText.scalarLength(UnsafeBufferPointer(rebasing: bytes[place...]))
                guard length > 0 else { return place }
                place += length
            }
            return nil
        }
        if let malformed { throw XMLError(.malformedText(encoding: encoding), at: malformed).placed(in: text) }
        return text
    }

    /// What the declaration at the very beginning gives as encoding.
    private static func declared(in text: [UInt8]) -> String? {
        guard text.starts(with: Array("<?xml".utf8)) else { return nil }
        let head = text.prefix(256)
        guard let end = head.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: head[..<end], as: UTF8.self)
        guard let word = declaration.firstRange(of: "encoding") else { return nil }
        let rest = declaration[word.upperBound...]
        guard let open = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return nil }
        let value = rest[rest.index(after: open)...]
        return value.firstIndex(of: rest[open]).map { String(value[..<$0]) }
    }
}
