import Clinical
import Documents

/// One resource as it came, before it is read; a class, for it is handed on many times and never changed.
final class ResourceEntry: Sendable {
    let node: JSONNode
    let kind: ResourceKind
    /// Its type and id; where it came without an id, one like `_3` by its place, which no FHIR id can be.
    let reference: ResourceReference
    /// The URL under which a bundle holds it.
    let fullURL: JSONNode?
    /// True where it came as one of the hook's draft orders.
    let isDraft: Bool
    /// True for a draft of which the record holds the version before it.
    let changesRecord: Bool

    init(
        node: JSONNode, kind: ResourceKind, reference: ResourceReference, fullURL: JSONNode?, isDraft: Bool, changesRecord: Bool = false
    ) {
        self.node = node
        self.kind = kind
        self.reference = reference
        self.fullURL = fullURL
        self.isDraft = isDraft
        self.changesRecord = changesRecord
    }

    /// The same as a draft that changes an entry of the record.
    var asChange: ResourceEntry {
        ResourceEntry(node: node, kind: kind, reference: reference, fullURL: fullURL, isDraft: isDraft, changesRecord: true)
    }

    /// True where it came with an id of its own or one in its full URL.
    var hasID: Bool { !reference.id.hasPrefix("_") }

    /// True where `other`, of the same type and id, is the later version.
    ///
    /// - Source: FHIR R4, bundle: bdl-7; meta: versionId, lastUpdated.
    func isOlder(than other: JSONNode) -> Bool {
        let mine = node["meta"]
        let theirs = other["meta"]
        if let left = mine?["versionId"]?.string.flatMap({ Int($0) }), let right = theirs?["versionId"]?.string.flatMap({ Int($0) }),
            left != right
        {
            return left < right
        }
        guard let left = Self.updated(mine), let right = Self.updated(theirs) else { return false }
        return left < right
    }

    private static func updated(_ meta: JSONNode?) -> Instant? {
        meta?["lastUpdated"]?.stringBytes.flatMap { PartialDate(utf8: $0) }?.instants(in: .utc).lowerBound
    }
}
