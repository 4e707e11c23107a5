/// Characters as XML tells them apart.
///
/// - Source: XML 1.0, fifth edition, 2.2 (Char), 2.3 (S, NameStartChar, NameChar).
enum XMLCharacter {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    static func beginsName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
            0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
            0x10000...0xEFFFF:
            true
        default: false
        }
    }

    static func continuesName(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: beginsName(scalar)
        }
    }
}

extension XMLParser {
    /// Longer names occur in no document that we read.
    private static let longestName = 1024

    /// True where `word` stands here.
    func stands(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        for index in 0..<count where bytes[place + index] != word.utf8Start[index] { return false }
        return true
    }

    mutating func skipBlanks() {
        while place < bytes.count, XMLCharacter.isBlank(bytes[place]) { place += 1 }
    }

    mutating func take(_ word: StaticString, _ what: String) throws(XMLError) {
        guard place < bytes.count else { throw XMLError(.unexpectedEnd(what), at: place) }
        guard stands(word) else { throw XMLError(.expected(what), at: place) }
        place += word.utf8CodeUnitCount
    }

    /// The scalar here and its length; the text has been checked to be UTF-8.
    private func scalar() -> (value: UInt32, length: Int) {
        let first = UInt32(bytes[place])
        if first < 0x80 { return (first, 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = first & (0x7F >> UInt32(length))
        for byte in bytes[min(place + 1, bytes.count)..<min(place + length, bytes.count)] { value = value << 6 | UInt32(byte & 0x3F) }
        return (value, length)
    }

    /// Passes over one character.
    mutating func character() throws(XMLError) {
        let (value, length) = scalar()
        guard XMLCharacter.isAllowed(value) else { throw XMLError(.forbiddenCharacter, at: place) }
        place = min(place + length, bytes.count)
    }

    /// Takes one character; every line break becomes one line feed (XML 1.0, 2.11).
    mutating func taken() throws(XMLError) -> ArraySlice<UInt8> {
        let start = place
        if bytes[place] == 0x0D {
            place += stands("\r\n") ? 2 : 1
            return [0x0A]
        }
        try character()
        return bytes[start..<place]
    }

    mutating func name(_ what: String) throws(XMLError) -> String {
        let start = place
        while place < bytes.count {
            let (value, length) = scalar()
            guard place == start ? XMLCharacter.beginsName(value) : XMLCharacter.continuesName(value) else { break }
            place = min(place + length, bytes.count)
        }
        guard place > start else {
            throw place < bytes.count ? XMLError(.expected(what), at: place) : XMLError(.unexpectedEnd(what), at: place)
        }
        guard place - start <= Self.longestName else { throw XMLError(.expected("a name of \(Self.longestName) bytes at most"), at: start) }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// A reference to a character or to one of the five entities; every other entity is refused by name.
    mutating func reference() throws(XMLError) -> [UInt8] {
        let start = place
        let limit = min(bytes.count, start + 64)
        guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")) else { throw XMLError(.expected("a reference that ends with `;`"), at: start) }
        let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
        let referred: [UInt8]
        switch name {
        case "lt": referred = [UInt8(ascii: "<")]
        case "gt": referred = [UInt8(ascii: ">")]
        case "amp": referred = [UInt8(ascii: "&")]
        case "quot": referred = [UInt8(ascii: "\"")]
        case "apos": referred = [UInt8(ascii: "'")]
        default:
            guard name.hasPrefix("#") else { throw XMLError(.undefinedEntity(name), at: start) }
            guard let scalar = Self.scalar(ofReference: name.dropFirst()) else { throw XMLError(.characterReference, at: start) }
            referred = Array(String(Character(scalar)).utf8)
        }
        place = end + 1
        return referred
    }

    private static func scalar(ofReference digits: Substring) -> Unicode.Scalar? {
        let isHexadecimal = digits.hasPrefix("x")
        let number = isHexadecimal ? digits.dropFirst() : digits
        guard let first = number.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let value = UInt32(number, radix: isHexadecimal ? 16 : 10), XMLCharacter.isAllowed(value)
        else { return nil }
        return Unicode.Scalar(value)
    }

    // MARK: The declaration

    /// `<?xml version="1.0" encoding="…" standalone="…"?>`, which the encoding has been read from already.
    mutating func declaration() throws(XMLError) {
        guard stands("<?xml"), place + 5 < bytes.count, XMLCharacter.isBlank(bytes[place + 5]) else { return }
        place += 5
        var met: [String] = []
        while true {
            skipBlanks()
            if stands("?>") { break }
            let start = place
            let name = try self.name("`version`, `encoding` or `standalone`")
            skipBlanks()
            try take("=", "`=`")
            skipBlanks()
            let value = try attributeValue()
            if name == "version", !value.hasPrefix("1.") { throw XMLError(.unsupportedVersion(value), at: start) }
            guard ["version", "encoding", "standalone"].contains(name), !met.contains(name) else {
                throw XMLError(.expected("`version`, `encoding` or `standalone`, each once"), at: start)
            }
            met.append(name)
        }
        guard met.first == "version" else { throw XMLError(.expected("`version`"), at: place) }
        place += 2
    }
}
