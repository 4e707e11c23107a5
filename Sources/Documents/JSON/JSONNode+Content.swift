extension JSONNode {
    /// The elements of an array in order; none if it is no array.
    @inlinable
    public var elements: Elements {
        let entry = entry
        let end = entry.kind == .array ? Int(entry.next) : index + 1
        return Elements(document: document, place: index + 1, end: end)
    }

    /// The members of an object in order; none if it is no object.
    @inlinable
    public var members: Members {
        let entry = entry
        let end = entry.kind == .object ? Int(entry.next) : index + 1
        return Members(document: document, place: index + 1, end: end)
    }

    /// The elements of an array.
    @frozen
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        @usableFromInline let document: JSONDocument
        @usableFromInline var place: Int
        @usableFromInline let end: Int

        @inlinable
        init(document: JSONDocument, place: Int, end: Int) {
            self.document = document
            self.place = place
            self.end = end
        }

        @inlinable
        public mutating func next() -> JSONNode? {
            guard place < end else { return nil }
            let node = JSONNode(document: document, index: place)
            place = Int(document.tape[place].next)
            return node
        }
    }

    /// The members of an object, each a string node and its value.
    @frozen
    public struct Members: Sequence, IteratorProtocol, Sendable {
        @usableFromInline let document: JSONDocument
        @usableFromInline var place: Int
        @usableFromInline let end: Int

        @inlinable
        init(document: JSONDocument, place: Int, end: Int) {
            self.document = document
            self.place = place
            self.end = end
        }

        @inlinable
        public mutating func next() -> (key: JSONNode, value: JSONNode)? {
            guard place < end else { return nil }
            let key = JSONNode(document: document, index: place)
            let value = JSONNode(document: document, index: place + 1)
            place = Int(document.tape[place + 1].next)
            return (key, value)
        }
    }
}
