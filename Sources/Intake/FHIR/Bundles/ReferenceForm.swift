import Clinical
import Documents

/// The ways in which one resource refers to another.
///
/// - Source: FHIR R4, references: literal, contained and logical references; bundle: resolving references.
enum ReferenceForm {
    /// `Type/id`, relative or at the end of an absolute URL, a `_history` suffix removed.
    case literal(ResourceReference)
    /// `#id`: contained in the resource itself.
    case contained(id: ArraySlice<UInt8>)
    /// Something a bundle may hold as a `fullUrl`: `urn:uuid:…`, or a URL that does not end in a type and an id.
    case url(ArraySlice<UInt8>)
    /// An identifier only.
    case identifier(JSONNode)
    /// A search in place of a reference.
    case conditional
    /// Words only, or nothing.
    case none

    /// What a Reference says.
    init(_ node: JSONNode) {
        if let bytes = node["reference"]?.stringBytes {
            let trimmed = ElementReader.trimmed(bytes)
            if !trimmed.isEmpty {
                self.init(uri: trimmed)
                return
            }
        }
        if let identifier = node["identifier"], identifier.kind == .object { self = .identifier(identifier) } else { self = .none }
    }

    init(uri: ArraySlice<UInt8>) {
        if uri.first == UInt8(ascii: "#") {
            self = .contained(id: uri.dropFirst())
        } else if uri.contains(UInt8(ascii: "?")) {
            self = .conditional
        } else if uri.starts(with: "urn:".utf8) {
            self = .url(uri)
        } else if let reference = Self.typeAndID(uri) {
            self = .literal(reference)
        } else {
            self = .url(uri)
        }
    }

    /// The last two steps of a path, where they are a type and an id.
    private static func typeAndID(_ uri: ArraySlice<UInt8>) -> ResourceReference? {
        let slash = UInt8(ascii: "/")
        guard let cut = uri.lastIndex(of: slash) else { return nil }
        let before = uri[..<cut]
        let typeStart = before.lastIndex(of: slash).map { $0 + 1 } ?? before.startIndex
        let type = before[typeStart...]
        if type.elementsEqual("_history".utf8) {
            return typeStart > uri.startIndex ? typeAndID(uri[..<(typeStart - 1)]) : nil
        }
        let id = uri[(cut + 1)...]
        guard !id.isEmpty, isTypeName(type) else { return nil }
        return ResourceReference(type: String(decoding: type, as: UTF8.self), id: String(decoding: id, as: UTF8.self))
    }

    /// Letters with a capital in front, as all types of resource have it.
    static func isTypeName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z"), bytes.count <= 40 else { return false }
        return bytes.allSatisfy { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    }
}
