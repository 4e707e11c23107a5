import Documents

/// Short words for building FHIR R4 as JSON.
extension JSONValue {
    /// An object of those members that are there.
    static func fhir(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.map { (name, $0) } })
    }

    static func optional(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }

    static func coding(_ system: String, _ code: String, _ display: String? = nil) -> JSONValue {
        .fhir([("system", .string(system)), ("code", .string(code)), ("display", optional(display))])
    }

    /// A CodeableConcept with the codings that exist; text alone where none does.
    static func concept(_ text: String, _ codings: [JSONValue]) -> JSONValue {
        .fhir([("coding", codings.isEmpty ? nil : .array(codings)), ("text", .string(text))])
    }

    /// A code of a code system of HL7.
    static func hl7(_ system: String, _ code: String) -> JSONValue {
        .object([("coding", .array([coding(FHIRSystem.hl7 + system, code)]))])
    }

    static func reference(_ text: String) -> JSONValue { .object([("reference", .string(text))]) }
}

/// The code systems of the records.
enum FHIRSystem {
    static let hl7 = "http://terminology.hl7.org/CodeSystem/"
    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    static let snomed = "http://snomed.info/sct"
    static let loinc = "http://loinc.org"
    static let icd10 = "http://hl7.org/fhir/sid/icd-10-cm"
    static let cvx = "http://hl7.org/fhir/sid/cvx"
    static let ucum = "http://unitsofmeasure.org"
    static let hgnc = "http://www.genenames.org/geneId"

    /// By the keys of the deck.
    static let byKey = ["rxcui": rxNorm, "snomed": snomed, "loinc": loinc, "icd10cm": icd10, "cvx": cvx]
}
