import Clinical
import Documents

/// Finds the resource that a reference means among those that came.
struct ReferenceIndex {
    let entries: [ResourceEntry]
    private let places: [ResourceReference: Int]
    /// Places by `fullUrl`; made when first asked for.
    private var urls: [String: Int]?

    init(entries: [ResourceEntry], places: [ResourceReference: Int]) {
        self.entries = entries
        self.places = places
    }

    /// The entry of that type and id.
    func entry(_ reference: ResourceReference) -> ResourceEntry? {
        places[reference].map { entries[$0] }
    }

    /// The entry that a bundle holds under that URL.
    mutating func entry(url: ArraySlice<UInt8>) -> ResourceEntry? {
        let urls = urls ?? byURL()
        self.urls = urls
        return urls[String(decoding: url, as: UTF8.self)].map { entries[$0] }
    }

    /// The entry of one of the kinds that carries the identifier.
    func entry(identifier: JSONNode, kinds: [ResourceKind]) -> ResourceEntry? {
        guard let value = identifier["value"]?.stringBytes, !value.isEmpty else { return nil }
        let system = identifier["system"]?.stringBytes
        return entries.first { entry in
            guard kinds.contains(entry.kind), let identifiers = entry.node["identifier"] else { return false }
            return identifiers.repetitions.contains {
                $0["value"]?.stringBytes == value && $0["system"]?.stringBytes == system
            }
        }
    }

    private func byURL() -> [String: Int] {
        var urls: [String: Int] = [:]
        for (place, entry) in entries.enumerated() {
            if let url = entry.fullURL?.string, urls[url] == nil { urls[url] = place }
        }
        return urls
    }
}
