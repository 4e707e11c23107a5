/// How large and how deep an XML document may be.
public struct XMLLimits: Sendable, Hashable {
    /// How many elements may stand inside each other.
    public var depth = 256
    /// How many bytes the document may have.
    public var size = 64 << 20
    /// How many attributes one element may have, and how many prefixes may be bound at one place.
    public var attributes = 256
    /// How many elements, attributes and pieces of text there may be altogether.
    public var nodes = 4_000_000

    public init() {}

    /// 256 deep, 64 MiB, 256 attributes an element, 4 million nodes.
    public static let standard = XMLLimits()
}

/// An XML text that has been read as a whole, and keeps where everything stood.
///
/// What data needs of XML 1.0 with namespaces, strictly: elements, attributes, text, CDATA, comments, processing instructions, and
/// references to characters and to the five predefined entities. A document type declaration is refused, and with it every way
/// to define an entity or to reach outside of the document.
///
/// - Source: Extensible Markup Language (XML) 1.0, fifth edition; Namespaces in XML 1.0, third edition.
/// - Complexity: one pass, without recursion; elements lie in one array in document order.
public final class XMLDocument: Sendable {
    /// The text, in UTF-8 whatever it came in; places are offsets into this.
    public let bytes: [UInt8]
    /// True where the bytes are not those that came: a byte order mark was removed, or another encoding was read.
    public let isTranscoded: Bool
    let elements: [XMLElement]
    let attributes: [XMLAttribute]
    let texts: [XMLText]

    /// Reads `bytes`.
    ///
    /// - Throws: `XMLError` with what is wrong and where; the first problem only.
    public init(parsing bytes: [UInt8], limits: XMLLimits = .standard) throws(XMLError) {
        guard bytes.count <= limits.size else { throw XMLError(.tooLarge(limit: limits.size), at: 0) }
        let text = try XMLEncoding.text(of: bytes)
        var parser = XMLParser(bytes: text, limits: limits)
        try parser.parse()
        self.bytes = text
        isTranscoded = text.count != bytes.count
        elements = parser.elements
        attributes = parser.attributes
        texts = parser.texts
    }

    /// Reads the UTF-8 of `text`.
    public convenience init(parsing text: String, limits: XMLLimits = .standard) throws(XMLError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The element that holds all others.
    public var root: XMLNode { XMLNode(document: self, index: 0) }

    /// The text under a name, for messages with line and column.
    public func source(named name: String) -> Source { Source(name: name, bytes: bytes) }
}

/// A name with the namespace that it belongs to; prefixes are gone.
public struct XMLName: Sendable, Hashable {
    /// The URI of the namespace; empty for none.
    public let namespace: String
    /// The name within it.
    public let local: String

    public init(_ local: String, in namespace: String = "") {
        self.local = local
        self.namespace = namespace
    }
}

/// One element: its descendants are those from the next one up to, not including, `next`.
struct XMLElement: Sendable {
    var name: XMLName
    /// What `xsi:type` names.
    var type: XMLName?
    var range: SourceRange
    var tag: SourceRange
    /// The element that it stands in; -1 for the root.
    var parent: Int
    var next: Int
    var attributes: Range<Int>
    var texts: Range<Int>
}

struct XMLAttribute: Sendable {
    var name: XMLName
    var value: String
    var range: SourceRange
}

/// A piece of text between two tags.
struct XMLText: Sendable {
    /// The element that it stands in.
    var owner: Int
    var text: String
}
