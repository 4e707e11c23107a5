/// How the bytes of a message are to be read: its delimiters, and its character set.
///
/// Whatever MSH-1 and MSH-2 say; a delimiter that they do not name does not exist in the message.
///
/// - Source: HL7 v2.9, chapter 2.5.4, "Message delimiters".
struct MessageEncoding: Sendable {
    let field: UInt8
    let component: UInt8
    let repetition: UInt8?
    let escape: UInt8?
    let subcomponent: UInt8?
    var characters = MessageCharacters.utf8

    /// Reads the delimiters of a header: `MSH`, the field separator, and the encoding characters up to the next one.
    init(header: ArraySlice<UInt8>) throws(FormatError) {
        let start = header.startIndex
        guard header.count > 4, Self.isDelimiter(header[start + 3]) else {
            throw HL7v2Format.error("MSH-1 is no field separator", at: start)
        }
        let separator = header[start + 3]
        let characters = header[(start + 4)...].prefix { $0 != separator }
        // HL7 v2.7 added a fifth, for truncation; nothing is made of it.
        guard (1...5).contains(characters.count), characters.allSatisfy(Self.isDelimiter),
            Set(characters).union([separator]).count == characters.count + 1
        else { throw HL7v2Format.error("MSH-2 does not name the encoding characters", at: start + 4) }
        let named = Array(characters)
        field = separator
        component = named[0]
        repetition = named.count > 1 ? named[1] : nil
        escape = named.count > 2 ? named[2] : nil
        subcomponent = named.count > 3 ? named[3] : nil
    }

    /// A printing character of ASCII that is neither a letter, a digit, a blank nor a quotation mark.
    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): false
        case UInt8(ascii: "\""), ...0x20, 0x7F...: false
        default: true
        }
    }
}

/// The character sets that are read.
///
/// - Source: HL7 v2.9, table 0211; beside its words, those that are sent in their place.
enum MessageCharacters: Sendable {
    /// ASCII as well: it is a part of it.
    case utf8
    case latin1

    /// The set that MSH-18 names; nothing where it is another.
    init?(_ word: String?) {
        switch word?.uppercased().filter({ $0.isLetter || $0.isNumber }) {
        case nil, "", "ASCII", "USASCII", "UTF8", "UNICODEUTF8", "UNICODE": self = .utf8
        case "88591", "ISO88591", "LATIN1", "ISO8859", "ISOIR100": self = .latin1
        default: return nil
        }
    }
}
