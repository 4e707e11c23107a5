import Documents

/// Pages of one search.
///
/// - Source: FHIR R4, http: "Paging"; CDS Hooks 2.0.1, which allows pages in prefetch.
enum Pages {
    /// True where `page` says that there is another.
    static func hasNext(_ page: JSONNode) -> Bool {
        guard page["resourceType"]?.equals("Bundle") == true, let links = page["link"] else { return false }
        return links.elements.contains { $0["relation"]?.equals("next") == true }
    }

    /// The pages as one Bundle, which is a part where the last of them says that there are more.
    ///
    /// Stops before what is no Bundle: what follows a failure is missing.
    ///
    /// - Complexity: linear in the bytes of the pages.
    static func joined(_ pages: [JSONNode]) -> JSONNode? {
        let bundles = pages.prefix { $0["resourceType"]?.equals("Bundle") == true }
        guard let first = bundles.first, let last = bundles.last else { return pages.first }
        guard bundles.count > 1 else { return first }
        var writer = JSONWriter()
        writer.object { bundle in
            bundle.member("resourceType", string: "Bundle")
            bundle.member("type", string: "searchset")
            bundle.member("total", int: first["total"]?.int)
            if let links = last["link"] { bundle.member("link") { $0.raw(links.rawBytes) } }
            bundle.member("entry") { value in
                value.array { entries in
                    for page in bundles {
                        for entry in page.bundleEntries { entries.element { $0.raw(entry.rawBytes) } }
                    }
                }
            }
        }
        return try? JSONDocument(parsing: writer.bytes).root
    }
}

extension JSONNode {
    /// The entries of a Bundle; none where it is no Bundle.
    var bundleEntries: [JSONNode] {
        self["entry"].map { Array($0.elements) } ?? []
    }
}
