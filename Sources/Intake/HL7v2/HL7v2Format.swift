/// HL7 version 2 in its usual form: segments of fields with delimiters, as MLLP carries them.
///
/// - Source: HL7 v2.9, chapter 2; the implementation guide "HL7 Version 2 to FHIR" (hl7.org/fhir/uv/v2mappings).
public enum HL7v2Format: ForeignFormat {
    public static let name = "hl7-v2"
    public static let title = "HL7 version 2 (2.1 to 2.9), delimiters"
    public static let mediaTypes = [
        "application/hl7-v2", "application/hl7-v2+er7", "x-application/hl7-v2+er7", "application/edi-hl7",
    ]

    public static func recognizes(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.firstIndex(where: { !MessageEnvelope.isPadding($0) }), first + 3 < bytes.count else { return false }
        let id = bytes[first..<(first + 3)]
        guard ["MSH", "FHS", "BHS"].contains(where: { id.elementsEqual($0.utf8) }) else { return false }
        return MessageEncoding.isDelimiter(bytes[first + 3])
    }

    public static func record(of bytes: [UInt8], part: String?) throws(FormatError) -> ConvertedRecord {
        let messages = try MessageEnvelope.messages(in: bytes)
        var converter = MessageConverter(try MessageEnvelope.only(of: messages, named: part))
        return try converter.converted()
    }

    static func error(_ message: String, at offset: Int? = nil) -> FormatError {
        FormatError(format: name, message: message, offset: offset)
    }
}
