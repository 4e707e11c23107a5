/// An element of an XML document; cheap to copy.
public struct XMLNode: Sendable {
    public let document: XMLDocument
    let index: Int

    private var element: XMLElement { document.elements[index] }

    /// Its name and namespace.
    public var name: XMLName { element.name }

    /// What `xsi:type` says that it is, the prefix resolved where the element stands; nil without that attribute.
    public var type: XMLName? { element.type }

    /// From its start tag to the end of its end tag.
    public var range: SourceRange { element.range }

    /// Its start tag.
    public var tag: SourceRange { element.tag }

    /// The element that it stands in; nil for the root.
    public var parent: XMLNode? {
        let parent = element.parent
        return parent < 0 ? nil : XMLNode(document: document, index: parent)
    }

    /// The value of an attribute, blanks as XML normalizes them; nil where it is not there.
    public func attribute(_ local: String, in namespace: String = "") -> String? {
        attributePlace(local, in: namespace).map { document.attributes[$0].value }
    }

    /// Where an attribute stands, name and value.
    public func attributeRange(_ local: String, in namespace: String = "") -> SourceRange? {
        attributePlace(local, in: namespace).map { document.attributes[$0].range }
    }

    private func attributePlace(_ local: String, in namespace: String) -> Int? {
        element.attributes.first {
            let name = document.attributes[$0].name
            return name.local == local && name.namespace == namespace
        }
    }

    /// All text inside it in document order, that of its descendants included.
    public var text: String {
        let texts = element.texts
        if texts.count == 1 { return document.texts[texts.lowerBound].text }
        return texts.reduce(into: "") { $0 += document.texts[$1].text }
    }

    /// The pieces of text inside it in document order, each with the element that it stands in.
    public var texts: [(text: String, owner: XMLNode)] {
        element.texts.map { (document.texts[$0].text, XMLNode(document: document, index: document.texts[$0].owner)) }
    }

    /// The elements directly in it.
    public var children: Children { Children(document: document, place: index + 1, end: element.next) }

    /// The elements in it at any depth, in document order.
    public var descendants: Descendants { Descendants(document: document, place: index + 1, end: element.next) }

    /// The elements directly in one.
    public struct Children: Sequence, IteratorProtocol, Sendable {
        let document: XMLDocument
        var place: Int
        let end: Int

        public mutating func next() -> XMLNode? {
            guard place < end else { return nil }
            defer { place = document.elements[place].next }
            return XMLNode(document: document, index: place)
        }
    }

    /// The elements in one at any depth.
    public struct Descendants: Sequence, IteratorProtocol, Sendable {
        let document: XMLDocument
        var place: Int
        let end: Int

        public mutating func next() -> XMLNode? {
            guard place < end else { return nil }
            defer { place += 1 }
            return XMLNode(document: document, index: place)
        }
    }
}

extension XMLNode: Hashable {
    /// The same element of the same document.
    public static func == (a: XMLNode, b: XMLNode) -> Bool { a.index == b.index && a.document === b.document }

    public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}
