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

        /// The next member whose key `read` makes something of, with that; of the others no node is made.
        ///
        /// - Parameter read: is given the key's UTF-8, without quotes and escapes; it must not keep it.
        @inlinable @inline(__always)
        public mutating func next<Key>(
            reading read: (UnsafeBufferPointer<UInt8>) -> Key?
        ) -> (key: Key, value: JSONNode)? {
            while place < end {
                let key = document.tape[place]
                let value = place + 1
                place = Int(document.tape[value].next)
                if let key = document.withString(key, read) { return (key, JSONNode(document: document, index: value)) }
            }
            return nil
        }
    }

    /// What `body` makes of its own text, a string's with its quotes; `body` must not keep it.
    @inlinable @inline(__always)
    public func withRawBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let entry = entry
        return document.bytes.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.end)]))
        }
    }
}

extension JSONDocument {
    /// What `body` makes of a string entry's UTF-8, escapes resolved.
    @inlinable @inline(__always)
    func withString<Result>(_ entry: JSONTapeEntry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if entry.flag { return decoded(entry).withUnsafeBufferPointer(body) }
        return bytes.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing: bytes[Int(entry.start) + 1..<Int(entry.end) - 1]))
        }
    }

    @usableFromInline @inline(never)
    func decoded(_ entry: JSONTapeEntry) -> [UInt8] {
        withText(of: entry) { JSONText.decoded($0) }
    }
}
