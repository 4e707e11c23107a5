import Clinical
import Documents

extension FHIRReader {
    /// Bundles within bundles are followed so far.
    private static let nestingLimit = 4

    /// Takes in whatever FHIR a value holds.
    mutating func collect(_ value: JSONNode, _ collection: inout Collection, nesting: Int = 0) {
        switch value.kind {
        case .null:
            break
        case .array:
            collection.isList = true
            entries.reserveCapacity(entries.count + value.count)
            places.reserveCapacity(places.count + value.count)
            for item in value.elements { take(resource: item, fullURL: nil, mode: nil, &collection, nesting: nesting) }
        case .object:
            let kind = value["resourceType"].flatMap { ResourceKind($0) }
            if kind == .bundle || (value["resourceType"] == nil && value["entry"] != nil) {
                collect(bundle: value, &collection, nesting: nesting)
            } else if kind == .operationOutcome {
                collection.failure = OutcomeReading(value).failure ?? "the record system sent an outcome in place of data"
            } else {
                take(resource: value, fullURL: nil, mode: nil, &collection, nesting: nesting)
            }
        default:
            collection.failure = "what came is not FHIR"
            notes.append(IntakeNote(about: nil, what: "value", why: "expected FHIR, found \(value.kindWords)", range: value.range))
        }
    }

    /// - Source: FHIR R4, bundle; CDS Hooks 2.0.1, prefetch (searchsets may be paged).
    private mutating func collect(bundle: JSONNode, _ collection: inout Collection, nesting: Int) {
        guard nesting < Self.nestingLimit else {
            skip(bundle, "bundles nested too deep; left out", &collection)
            return
        }
        collection.isList = true
        var total: Int?
        var matches = 0
        for (element, value) in bundle.knownMembers {
            switch element {
            case .total: total = value.int
            case .link where value.repetitions.contains { $0["relation"].flatMap { StatusCode($0) } == .next }:
                collection.gap = "only the first page came"
            case .entry: matches += collect(entries: value, &collection, nesting: nesting)
            case .meta:
                var envelope = Envelope()
                envelope.keep(.meta, value)
                if envelope.isSubsetted { collection.gap = "only a summary came" }
            default: break
            }
        }
        if let total, total > matches, collection.gap == nil { collection.gap = "only \(matches) of \(total) came" }
    }

    /// Takes in the entries of a bundle; returns how many of them count towards its total.
    private mutating func collect(entries list: JSONNode, _ collection: inout Collection, nesting: Int) -> Int {
        var matches = 0
        entries.reserveCapacity(entries.count + list.count)
        places.reserveCapacity(places.count + list.count)
        for entry in list.repetitions {
            var resource: JSONNode?
            var fullURL: JSONNode?
            var mode: StatusCode?
            for (element, value) in entry.knownMembers {
                switch element {
                case .resource: resource = value
                case .fullUrl: fullURL = value
                case .search: mode = value["mode"].flatMap { StatusCode($0) }
                default: break
                }
            }
            // CDS Hooks before 1.0 put the resources of STU3 straight into the entries.
            if resource == nil, entry["resourceType"] != nil {
                notes.append(
                    IntakeNote(about: nil, what: "Bundle.entry", why: "the resource stands in the entry itself; read all the same", range: entry.range))
                resource = entry
            }
            guard let resource, !resource.isNull else {
                notes.append(IntakeNote(about: nil, what: "Bundle.entry", why: "holds no resource; passed over", range: entry.range))
                continue
            }
            if take(resource: resource, fullURL: fullURL, mode: mode, &collection, nesting: nesting) { matches += 1 }
        }
        return matches
    }

    /// Takes in one resource; true where it counts towards its bundle's total.
    @discardableResult
    private mutating func take(
        resource: JSONNode, fullURL: JSONNode?, mode: StatusCode?, _ collection: inout Collection, nesting: Int
    ) -> Bool {
        guard resource.kind == .object else {
            skip(resource, "expected a resource, found \(resource.kindWords); left out", &collection)
            return false
        }
        guard let type = resource["resourceType"], type.kind == .string else {
            skip(resource, "it has no resourceType; left out", &collection)
            return false
        }
        guard let kind = ResourceKind(type) else {
            skip(other: resource, type, fullURL)
            return mode != .include && mode != .outcome
        }
        switch kind {
        case .operationOutcome:
            // Within a bundle an outcome is a remark, unless it is an error (Epic says "no results" so).
            let outcome = OutcomeReading(resource)
            if outcome.isError { collection.failure = outcome.failure }
            return false
        case .bundle:
            collect(bundle: resource, &collection, nesting: nesting + 1)
            return true
        default:
            break
        }
        if mode != .include, let section = kind.section {
            collection.hasMatches = true
            // A draft says nothing of the record.
            if !(collection.isDraft && kind.isOrder) { collection.add(section) }
        }
        keep(resource, kind, fullURL, isDraft: collection.isDraft)
        return mode != .include && mode != .outcome
    }

    // MARK: One by one

    /// Keeps a resource; of several versions of one, the latest, and of a draft and an entry of the record, the draft.
    private mutating func keep(_ node: JSONNode, _ kind: ResourceKind, _ fullURL: JSONNode?, isDraft: Bool) {
        let reference = ResourceReference(type: kind.rawValue, id: id(of: node, fullURL) ?? "_\(entries.count + 1)")
        let entry = ResourceEntry(node: node, kind: kind, reference: reference, fullURL: fullURL, isDraft: isDraft)
        guard let place = places.updateValue(entries.count, forKey: reference) else {
            entries.append(entry)
            return
        }
        places[reference] = place
        let known = entries[place]
        let isSame = known.isDraft == isDraft
        let isLater = isSame ? known.isOlder(than: node) : isDraft
        let used = isLater ? entry : known
        entries[place] = !isSame || known.changesRecord ? used.asChange : used
        let left = isLater ? known.node : node
        notes.append(
            IntakeNote(about: reference, what: kind.rawValue, why: "came more than once; one version is used", range: left.range))
    }

    /// The id it bears, else that in its full URL.
    private mutating func id(of node: JSONNode, _ fullURL: JSONNode?) -> String? {
        if let id = node["id"]?.string, !id.isEmpty { return id }
        let separators: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: ":")]
        if let url = fullURL?.stringBytes, let cut = url.lastIndex(where: separators.contains), cut + 1 < url.endIndex {
            return String(decoding: url[(cut + 1)...], as: UTF8.self)
        }
        return nil
    }

    /// Notes a resource that is none; what it was may have mattered.
    private mutating func skip(_ node: JSONNode, _ why: String, _ collection: inout Collection) {
        guard !node.isNull else { return }
        collection.gap = collection.gap ?? "an entry could not be read"
        notes.append(IntakeNote(about: nil, what: "resource", why: why, range: node.range))
    }

    /// Notes a resource of a kind that is not read.
    private mutating func skip(other node: JSONNode, _ type: JSONNode, _ fullURL: JSONNode?) {
        // The name of a type is no free text; anything that does not look like one is not repeated.
        let isName = type.stringBytes.map(ReferenceForm.isTypeName) ?? false
        let name = isName ? type.string ?? "resource" : "resource"
        let about = isName ? id(of: node, fullURL).map { ResourceReference(type: name, id: $0) } : nil
        notes.append(IntakeNote(about: about, what: name, why: "a kind of resource that is not read; left out", range: node.range))
    }
}
