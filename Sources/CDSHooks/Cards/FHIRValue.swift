import Clinical
import Documents

/// Datatypes of FHIR, written.
///
/// - Source: FHIR R4, datatypes.
enum FHIRValue {
    /// A CodeableConcept.
    static func concept(_ codings: [Coding], text: String?) -> JSONValue {
        let written = codings.map { coding in
            JSONValue.compact([
                ("system", .text(coding.system?.uri)), ("code", .string(coding.code)), ("display", .text(coding.display)),
            ])
        }
        return .compact([("coding", .array(written)), ("text", .text(text))])
    }

    /// A Quantity; the unit with its UCUM code where it is one that we know.
    static func quantity(_ quantity: Quantity) -> JSONValue {
        .compact([
            ("value", .number(quantity.value.description)),
            ("comparator", .text(quantity.comparator?.rawValue)),
            ("unit", .text(quantity.unit?.code ?? quantity.unitText)),
            ("system", quantity.unit.map { _ in .string(CodeSystem.ucum.uri) }),
            ("code", .text(quantity.unit?.code)),
        ])
    }

    /// A Dosage; `nil` where there is nothing to say.
    static func dosage(_ dose: Quantity?, instructions: String?) -> JSONValue? {
        let text = [dose?.description, instructions].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        guard !text.isEmpty else { return nil }
        return .compact([
            ("text", .string(text)),
            ("doseAndRate", dose.map { .array([.object([("doseQuantity", quantity($0))])]) }),
        ])
    }
}
