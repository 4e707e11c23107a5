extension JSONValue {
    /// An object of those members that say something.
    ///
    /// What is `nil`, null, `""`, `{}`, or an array of nothing but such, is left out.
    ///
    /// - Source: CDS Hooks 2.0.1, "Null and empty JSON elements"; FHIR R4, JSON representation: "properties … can never be empty".
    public static func compact(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.flatMap { $0.isHollow ? nil : (name, $0) } })
    }

    /// The value, or nothing where it says nothing.
    public var orNothing: JSONValue? {
        // A `nil` beside a JSONValue would be the null of JSON.
        guard !isHollow else { return Optional.none }
        return self
    }

    /// The text, or nothing where there is none or an empty one.
    public static func text(_ text: String?) -> JSONValue? {
        text.flatMap { $0.isEmpty ? nil : .string($0) }
    }

    private var isHollow: Bool {
        switch self {
        case .null: true
        case .bool, .number: false
        case .string(let text): text.isEmpty
        case .array(let elements): elements.allSatisfy(\.isHollow)
        case .object(let members): members.isEmpty
        }
    }
}
