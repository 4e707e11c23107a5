public import Clinical
import Documents

/// FHIR R4 as JSON: a Bundle, an array of resources, or one resource.
///
/// - Source: FHIR R4 (4.0.1), json.
public enum FHIRFormat: Format {
    public static let name = "fhir-r4"
    public static let title = "FHIR R4 (4.0.1), JSON"
    public static let mediaTypes = ["application/fhir+json", "application/json"]

    public static func recognizes(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first(where: { !isBlank($0) }) else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    public static func read(
        _ bytes: [UInt8], asOf: AsOf, patientID: String?
    ) throws(FormatError) -> (snapshot: Snapshot, notes: [IntakeNote]) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw FormatError(format: name, message: error.message, offset: error.offset)
        }
        var reader = FHIRReader(asOf: asOf, patientID: patientID)
        reader.readBundle(document.root)
        return reader.finish()
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
