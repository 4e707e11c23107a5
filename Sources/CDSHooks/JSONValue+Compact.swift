import Documents

extension JSONValue {
    /// An object of those members that say something.
    ///
    /// What is `nil`, null, `""`, `[]` or `{}` is left out, as CDS Hooks wants it.
    ///
    /// - Source: CDS Hooks 2.0.1, "Null and empty JSON elements".
    static func compact(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(members.compactMap { name, value in value.flatMap { $0.saysSomething ? (name, $0) : nil } })
    }

    /// The text, or nothing where there is none.
    static func text(_ text: String?) -> JSONValue? {
        text.map(JSONValue.string)
    }

    private var saysSomething: Bool {
        switch self {
        case .null: false
        case .bool, .number: true
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }
}
