import Clinical
import Documents

/// What a call leaves to be fetched from the FHIR server to which it grants access.
///
/// What came under keys of the site's own is taken as it is: asking again would cost the time of an answer. A search of which
/// the first page came is asked again from its beginning: a link to the next page could lead anywhere.
///
/// - Source: CDS Hooks 2.0.1, "Prefetch Template": it is the service's part to see what is missing and to fetch it.
public struct MissingData: Sendable {
    /// One thing to ask for.
    public struct Query: Sendable, Hashable {
        /// The key under which ``HookRequest/completed(with:)`` takes the answer.
        public let key: String
        /// `Type/id` or `Type?parameters`, relative to the base of the server, every token filled and encoded.
        public let url: String
        /// What must come: a resource of this type, or a Bundle of them.
        public let resourceType: String
    }

    public let access: ServerAccess
    /// In the order of the templates; each key once.
    public let queries: [Query]

    /// The queries by key.
    public var urls: [String: String] {
        Dictionary(queries.map { ($0.key, $0.url) }, uniquingKeysWith: { first, _ in first })
    }
}

extension HookRequest {
    /// How many medications are looked up one by one.
    private static let referenceLimit = 50

    /// What is still to be fetched; `nil` where nothing is missing, or no access is granted.
    ///
    /// Asked again after ``completed(with:)``, it names what was found to be referred to.
    public var missing: MissingData? {
        guard let access, !patientID.allSatisfy({ $0 == "." }) else { return nil }
        let queries = prefetch.compactMap(query) + referenceQueries(access)
        return queries.isEmpty ? nil : MissingData(access: access, queries: queries)
    }

    private func query(for answer: PrefetchAnswer) -> MissingData.Query? {
        let template = answer.template
        switch answer.state {
        case .absent, .failed, .mistaken: break
        case .value(let value) where Pages.hasNext(value): break
        case .null, .value, .elsewhere, .unreachable: return nil
        }
        return MissingData.Query(key: template.key, url: template.url(patientID: patientID), resourceType: template.resourceType)
    }

    /// Medications that orders and prescriptions refer to and that did not come.
    private func referenceQueries(_ access: ServerAccess) -> [MissingData.Query] {
        var scan = MedicationReferences()
        if let drafts { scan.read(drafts) }
        for answer in prefetch where answer.template.section == .medications {
            switch answer.state {
            case .value(let value): scan.read(value)
            case .elsewhere(let values): for value in values { scan.read(value) }
            default: break
            }
        }
        for resource in referenced { scan.read(resource) }
        return scan.unresolved(at: access).prefix(Self.referenceLimit).map { reference in
            MissingData.Query(
                key: reference.description, url: "Medication/\(PrefetchTemplate.encoded(reference.id))", resourceType: "Medication")
        }
    }
}

extension ServerAccess {
    /// True where a reference is relative, or leads below the base of this server.
    fileprivate func holds(_ reference: String) -> Bool {
        !reference.contains("://") || reference.hasPrefix("\(server)/")
    }
}

/// Which medications are referred to, and which came.
private struct MedicationReferences {
    private var wanted: [(reference: ResourceReference, address: String)] = []
    private var present: Set<ResourceReference> = []

    /// Reads a resource, or a Bundle of them.
    mutating func read(_ value: JSONNode) {
        for entry in value.bundleEntries { if let resource = entry["resource"] { note(resource) } }
        note(value)
    }

    private mutating func note(_ resource: JSONNode) {
        if resource["resourceType"]?.equals("Medication") == true, let id = resource["id"]?.string {
            present.insert(ResourceReference(type: "Medication", id: id))
        }
        guard resource["medicationCodeableConcept"] == nil, let text = resource["medicationReference"]?["reference"]?.string,
            let reference = ResourceReference(relative: text), reference.type == "Medication"
        else { return }
        wanted.append((reference, text))
    }

    /// Each once; what stands on another server is left alone.
    func unresolved(at access: ServerAccess) -> [ResourceReference] {
        var seen = present
        return wanted.compactMap { reference, address in
            guard access.holds(address), !reference.id.allSatisfy({ $0 == "." }) else { return nil }
            return seen.insert(reference).inserted ? reference : nil
        }
    }
}
