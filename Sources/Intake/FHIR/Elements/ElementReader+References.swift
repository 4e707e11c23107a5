import Clinical
import Documents

extension ElementReader {
    /// What a reference led to.
    enum Target {
        /// The resource, and the resource in whose contained list its own `#` references are looked up.
        case found(JSONNode, kind: ResourceKind, holder: JSONNode)
        case missing(why: String)
    }

    /// Type and id of what a reference names, whether or not it came; `nil` where it names none.
    mutating func reference(_ node: JSONNode, _ name: ElementName) -> ResourceReference? {
        guard node.kind == .object else {
            noteMismatch(name, at: node, expected: "a Reference")
            return nil
        }
        let text = node["reference"]
        if let text, let lastReference, lastReference.text.isWritten(like: text) { return lastReference.reference }
        let found: ResourceReference?
        switch ReferenceForm(node) {
        case .literal(let reference): found = reference
        case .url(let url): found = index.entry(url: url)?.reference ?? Self.reference(urn: url, name)
        case .contained, .conditional, .identifier, .none: found = nil
        }
        if let text, let found { lastReference = (text, found) }
        return found
    }

    /// A reference by uuid to an encounter that did not come still tells encounters apart.
    private static func reference(urn: ArraySlice<UInt8>, _ name: ElementName) -> ResourceReference? {
        guard name == .encounter || name == .context, let colon = urn.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        return ResourceReference(type: "Encounter", id: String(decoding: urn[(colon + 1)...], as: UTF8.self))
    }

    /// Follows a reference to one of `kinds`.
    ///
    /// - Parameter holder: the resource that the reference stands in, for contained ones.
    mutating func target(of node: JSONNode, in holder: JSONNode, kinds: [ResourceKind]) -> Target {
        let words = kinds.first?.rawValue ?? "resource"
        switch ReferenceForm(node) {
        case .contained(let id):
            guard let (item, kind) = contained(id, in: holder, kinds) else {
                return .missing(why: "it refers to a contained \(words) that is not there")
            }
            return .found(item, kind: kind, holder: holder)
        case .literal(let reference):
            if let entry = index.entry(reference) ?? entry(url: node) { return found(entry, kinds, words) }
            return .missing(why: "it refers to a \(words) that was not sent")
        case .url(let url):
            if let entry = index.entry(url: url) { return found(entry, kinds, words) }
            return .missing(why: "it refers by URL to a \(words) that was not sent")
        case .identifier(let identifier):
            if let entry = index.entry(identifier: identifier, kinds: kinds) { return found(entry, kinds, words) }
            return .missing(why: "it refers by identifier to a \(words) that was not sent")
        case .conditional:
            return .missing(why: "it refers to a \(words) by a search")
        case .none:
            return .missing(why: "it names a \(words) in words only")
        }
    }

    private mutating func entry(url node: JSONNode) -> ResourceEntry? {
        node["reference"]?.stringBytes.flatMap { index.entry(url: $0) }
    }

    private func found(_ entry: ResourceEntry, _ kinds: [ResourceKind], _ words: String) -> Target {
        guard kinds.contains(entry.kind) else { return .missing(why: "it refers to a resource that is no \(words)") }
        return .found(entry.node, kind: entry.kind, holder: entry.node)
    }

    private func contained(
        _ id: ArraySlice<UInt8>, in holder: JSONNode, _ kinds: [ResourceKind]
    ) -> (node: JSONNode, kind: ResourceKind)? {
        guard let list = holder["contained"] else { return nil }
        for item in list.repetitions where item["id"]?.stringBytes == id {
            if let kind = item["resourceType"].flatMap({ ResourceKind($0) }), kinds.contains(kind) { return (item, kind) }
        }
        return nil
    }
}
