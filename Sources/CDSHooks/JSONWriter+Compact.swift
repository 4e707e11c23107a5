import Documents

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
