import Clinical
import Documents

extension JSONValue {
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
        .compact([
            ("system", .optional(coding.system?.uri)), ("code", .string(coding.code)), ("display", .optional(coding.display)),
        ])
    }

    static func concept(_ concept: CodeableConcept) -> JSONValue {
        .compact([("coding", .array(concept.codings.map(JSONValue.coding))), ("text", .optional(concept.text))])
    }

    static func quantity(_ quantity: Quantity) -> JSONValue {
        let words = quantity.unit?.description ?? quantity.unitText ?? ""
        return .compact([
            ("value", .number(quantity.value.description)), ("comparator", .optional(quantity.comparator?.rawValue)),
            ("unit", words.isEmpty ? .null : .string(words)),
            ("system", quantity.unit == nil ? .null : .string(CodeSystem.ucum.uri)),
            ("code", .optional(quantity.unit?.code)),
        ])
    }
}
