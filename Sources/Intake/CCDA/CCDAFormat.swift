import Documents

/// C-CDA documents: R2.1 as certified systems send it, R1.1, and the CCD and C32 before it as far as they are built alike.
///
/// - Source: HL7 CDA R2, Consolidated CDA Templates for Clinical Notes R2.1; HL7 C-CDA on FHIR 2.0.0 for the mapping.
public enum CCDAFormat: ForeignFormat {
    public static let name = "ccda"
    public static let title = "C-CDA R2.1 and R1.1, XML"
    public static let mediaTypes = ["application/cda+xml", "application/hl7-cda+xml", "application/xml", "text/xml"]

    /// How much of the beginning is looked through for the name of the root.
    private static let head = 64 << 10

    public static func recognizes(_ bytes: [UInt8]) -> Bool {
        // Without the zeros, UTF-16 looks like ASCII.
        let head = bytes.prefix(head).filter { $0 != 0 }
        let blanks: Set<UInt8> = [0x20, 0x0A, 0x0D, 0x09, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
        guard head.first(where: { !blanks.contains($0) }) == UInt8(ascii: "<") else { return false }
        return head.firstRange(of: Array("ClinicalDocument".utf8)) != nil
    }

    /// - Parameter part: not used; a document tells of one patient.
    public static func record(of bytes: [UInt8], part: String?) throws(FormatError) -> ConvertedRecord {
        let document: XMLDocument
        do throws(XMLError) {
            document = try XMLDocument(parsing: bytes)
        } catch {
            throw FormatError(format: name, message: error.description, offset: error.offset)
        }
        guard document.root.isCDA("ClinicalDocument") else {
            throw FormatError(format: name, message: "the root is not ClinicalDocument of \(CDA.namespace)", offset: document.root.tag.start)
        }
        let targets = document.root.children(named: "recordTarget")
        guard targets.count <= 1 else {
            throw FormatError(
                format: name, message: "the document tells of \(targets.count) patients (recordTarget); whose entry is whose cannot be told",
                offset: targets[1].tag.start)
        }
        var converter = CCDAConverter(document)
        return converter.convert()
    }
}
