import Documents

/// Reads the answer to a query and makes sure that it is one.
enum FHIRAnswer {
    /// The document of a reply.
    ///
    /// - Throws: `FetchFailure` for a status other than 200, another content type, broken JSON, an OperationOutcome, or a resource
    ///   that was not asked for.
    static func document(of reply: HTTPReply, to query: FHIRQuery) throws(FetchFailure) -> JSONDocument {
        guard reply.status == 200 else { throw .status(reply.status) }
        guard let type = reply.mediaType, ["application/fhir+json", "application/json", "application/json+fhir"].contains(type)
        else { throw .contentType }
        guard let document = try? JSONDocument(parsing: reply.body) else { throw .notJSON }
        try check(document.root, query)
        return document
    }

    /// A read gives the very resource, a search a Bundle of matches.
    private static func check(_ root: JSONNode, _ query: FHIRQuery) throws(FetchFailure) {
        guard let type = root["resourceType"]?.string else { throw .wrongResource }
        if type == "OperationOutcome" { throw .operationOutcome }
        if let id = query.id {
            guard type == query.type, root["id"]?.string == id else { throw .wrongResource }
        } else {
            guard type == "Bundle", ["searchset", "collection"].contains(root["type"]?.string) else { throw .wrongResource }
        }
    }

    /// The `next` link of a page.
    static func nextLink(of page: JSONDocument) -> String? {
        for link in page.root["link"].map({ Array($0.elements) }) ?? [] where link["relation"]?.string == "next" {
            return link["url"]?.string
        }
        return nil
    }
}
