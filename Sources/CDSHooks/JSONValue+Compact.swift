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

    /// The value, or nothing where it says nothing.
    var orNothing: JSONValue? { saysSomething ? self : nil }

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

extension JSONWriter {
    /// A member, or nothing if there is no text or an empty one.
    mutating func member(_ key: String, text: String?) {
        if let text, !text.isEmpty { member(key, string: text) }
    }

    /// An array with an element for each item, or nothing if there are none.
    mutating func member<Item>(_ key: String, each items: [Item], _ write: (Item, inout JSONWriter) -> Void) {
        guard !items.isEmpty else { return }
        member(key) { value in
            value.array { array in
                for item in items { write(item, &array) }
            }
        }
    }
}
