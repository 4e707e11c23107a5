/// An attribute as written.
struct RawAttribute {
    let name: String
    let value: String
    let range: SourceRange
}

extension XMLParser {
    /// The attributes of a start tag; stops at `>` or `/>`.
    mutating func rawAttributes() throws(XMLError) -> [RawAttribute] {
        var raw: [RawAttribute] = []
        while true {
            let before = place
            skipBlanks()
            guard place < bytes.count else { throw XMLError(.unexpectedEnd("`>`"), at: place) }
            if bytes[place] == UInt8(ascii: ">") || stands("/>") { return raw }
            guard place > before else { throw XMLError(.expected("a blank, `>` or `/>`"), at: place) }
            guard raw.count < limits.attributes else { throw XMLError(.tooManyAttributes(limit: limits.attributes), at: place) }
            let start = place
            let name = try self.name("the name of an attribute")
            skipBlanks()
            try take("=", "`=`")
            skipBlanks()
            let value = try attributeValue()
            raw.append(RawAttribute(name: name, value: value, range: SourceRange(start: start, end: place)))
        }
    }

    /// - Source: XML 1.0, 3.3.3: attribute-value normalization.
    mutating func attributeValue() throws(XMLError) -> String {
        guard place < bytes.count else { throw XMLError(.unexpectedEnd("a value in quotes"), at: place) }
        let quote = bytes[place]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw XMLError(.expected("a value in quotes"), at: place) }
        place += 1
        var value: [UInt8] = []
        while place < bytes.count {
            switch bytes[place] {
            case quote:
                place += 1
                return String(decoding: value, as: UTF8.self)
            case UInt8(ascii: "<"):
                throw XMLError(.lessThanInValue, at: place)
            case UInt8(ascii: "&"):
                value.append(contentsOf: try reference())
            case 0x09, 0x0A, 0x0D:
                place += stands("\r\n") ? 2 : 1
                value.append(0x20)
            default:
                value.append(contentsOf: try taken())
            }
        }
        throw XMLError(.unexpectedEnd("the closing quote"), at: place)
    }

    /// Takes in the prefixes that a tag binds.
    mutating func bind(_ raw: [RawAttribute]) throws(XMLError) {
        for attribute in raw {
            if attribute.name == "xmlns" {
                try bindings.bind("", attribute.value, at: attribute.range.start)
            } else if attribute.name.hasPrefix("xmlns:") {
                try bindings.bind(String(attribute.name.dropFirst(6)), attribute.value, at: attribute.range.start)
            }
        }
        guard bindings.count <= limits.attributes else {
            throw XMLError(.tooManyAttributes(limit: limits.attributes), at: raw.first?.range.start ?? place)
        }
    }

    /// Adds the attributes that bind nothing; returns what `xsi:type` names.
    mutating func add(_ raw: [RawAttribute]) throws(XMLError) -> XMLName? {
        var type: XMLName?
        var met: Set<XMLName> = []
        for attribute in raw {
            if attribute.name == "xmlns" || attribute.name.hasPrefix("xmlns:") {
                guard met.insert(XMLName(attribute.name)).inserted else {
                    throw XMLError(.duplicateAttribute(attribute.name), at: attribute.range.start)
                }
                continue
            }
            let name = try bindings.resolve(attribute.name, isAttribute: true, at: attribute.range.start)
            guard met.insert(name).inserted else { throw XMLError(.duplicateAttribute(attribute.name), at: attribute.range.start) }
            if name == XMLBindings.typeAttribute { type = bindings.named(by: attribute.value) }
            attributes.append(XMLAttribute(name: name, value: attribute.value, range: attribute.range))
        }
        return type
    }
}

/// Which prefix means which namespace, innermost last.
///
/// - Source: Namespaces in XML 1.0, third edition.
struct XMLBindings {
    private var bound: [(prefix: String, namespace: String)] = []
    private static let xml = "http://www.w3.org/XML/1998/namespace"
    private static let xmlns = "http://www.w3.org/2000/xmlns/"
    static let typeAttribute = XMLName("type", in: "http://www.w3.org/2001/XMLSchema-instance")

    var count: Int { bound.count }

    mutating func shrink(to count: Int) { bound.removeLast(bound.count - count) }

    mutating func bind(_ prefix: String, _ namespace: String, at offset: Int) throws(XMLError) {
        let isReserved = prefix == "xmlns" || namespace == Self.xmlns || (prefix == "xml") != (namespace == Self.xml)
        let isEmpty = namespace.isEmpty && !prefix.isEmpty
        guard !isReserved, !isEmpty else { throw XMLError(.reservedPrefix(prefix), at: offset) }
        bound.append((prefix, namespace))
    }

    /// The name that a qualified name means; attributes without a prefix are in no namespace.
    func resolve(_ written: String, isAttribute: Bool, at offset: Int) throws(XMLError) -> XMLName {
        let (prefix, local) = Self.split(written)
        if prefix.isEmpty, isAttribute { return XMLName(local) }
        guard !local.isEmpty, !local.utf8.contains(UInt8(ascii: ":")) else { throw XMLError(.expected("a name with one colon at most"), at: offset) }
        guard let namespace = namespace(of: prefix) else { throw XMLError(.unboundPrefix(prefix), at: offset) }
        return XMLName(local, in: namespace)
    }

    /// What a qualified name in a value means; nil where its prefix is bound to nothing.
    func named(by value: String) -> XMLName? {
        let word = value.filter { $0 != " " }
        let (prefix, local) = Self.split(word)
        return namespace(of: prefix).map { XMLName(local, in: $0) }
    }

    private func namespace(of prefix: String) -> String? {
        if let found = bound.last(where: { $0.prefix == prefix }) { return found.namespace }
        return prefix.isEmpty ? "" : prefix == "xml" ? Self.xml : nil
    }

    private static func split(_ name: String) -> (prefix: String, local: String) {
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return ("", name) }
        return (String(name[..<colon]), String(name[name.index(after: colon)...]))
    }
}
