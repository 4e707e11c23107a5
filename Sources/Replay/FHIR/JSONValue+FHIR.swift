import Clinical
import Documents

extension JSONValue {
    /// An object of those members that hold something: FHIR has no null, no empty object and no empty array.
    ///
    /// - Source: FHIR R4, JSON representation: "properties … can never be empty".
    static func fhir(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.filter { !$0.1.isHollow })
    }

    private var isHollow: Bool {
        switch self {
        case .null: true
        case .array(let elements): elements.allSatisfy(\.isHollow)
        case .object(let members): members.isEmpty
        case .bool, .number, .string: false
        }
    }

    static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    static func optional(_ number: Int?) -> JSONValue {
        number.map { .number(String($0)) } ?? .null
    }

    static func date(_ date: PartialDate?) -> JSONValue {
        .optional(date?.description)
    }

    static func coding(_ coding: Coding) -> JSONValue {
        .fhir([
            ("system", .optional(coding.system?.uri)), ("code", .string(coding.code)), ("display", .optional(coding.display)),
        ])
    }

    static func concept(_ concept: CodeableConcept) -> JSONValue {
        .fhir([("coding", .array(concept.codings.map(JSONValue.coding))), ("text", .optional(concept.text))])
    }

    static func quantity(_ quantity: Quantity) -> JSONValue {
        let words = quantity.unit?.description ?? quantity.unitText ?? ""
        return .fhir([
            ("value", .number(quantity.value.description)), ("comparator", .optional(quantity.comparator?.rawValue)),
            ("unit", words.isEmpty ? .null : .string(words)),
            ("system", quantity.unit == nil ? .null : .string(CodeSystem.ucum.uri)),
            ("code", .optional(quantity.unit?.code)),
        ])
    }
}
