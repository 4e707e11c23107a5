import Documents

extension JSONValue {
    /// An object of those members that hold something: FHIR has no null, no empty object and no empty array.
    ///
    /// - Source: FHIR R4, JSON representation: "properties … can never be empty".
    static func fhir(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.flatMap { $0.isHollow ? nil : (name, $0) } })
    }

    /// The text, or nothing where there is none.
    static func fhir(_ text: String?) -> JSONValue? {
        text.flatMap { $0.isEmpty ? nil : .string($0) }
    }

    /// A CodeableConcept of one code.
    static func concept(_ system: String, _ code: String?) -> JSONValue? {
        code.map { .object([("coding", .array([.object([("system", .string(system)), ("code", .string($0))])]))]) }
    }

    /// True where FHIR would have nothing written.
    private var isHollow: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.allSatisfy(\.isHollow)
        case .object(let members): members.isEmpty
        case .bool, .number: false
        }
    }
}
