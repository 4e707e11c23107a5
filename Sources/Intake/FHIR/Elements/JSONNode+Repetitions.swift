import Documents

extension JSONNode {
    /// An element's repetitions: the items of an array, or the element itself where one stands alone as in STU3 shapes.
    ///
    /// Nulls are left out: in an array they only keep a place for an extension (FHIR R4, json: repeating primitives).
    var repetitions: Repetitions {
        kind == .array ? Repetitions(single: nil, elements: elements) : Repetitions(single: self, elements: nil)
    }

    /// The words for its kind in a sentence.
    var kindWords: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// The repetitions of an element.
struct Repetitions: Sequence, IteratorProtocol {
    fileprivate var single: JSONNode?
    fileprivate var elements: JSONNode.Elements?

    /// None, for an element that is absent.
    static var none: Repetitions { Repetitions(single: nil, elements: nil) }

    fileprivate init(single: JSONNode?, elements: JSONNode.Elements?) {
        self.single = single
        self.elements = elements
    }

    mutating func next() -> JSONNode? {
        if let node = single {
            single = nil
            return node.isNull ? nil : node
        }
        while let node = elements?.next() {
            if !node.isNull { return node }
        }
        return nil
    }
}
