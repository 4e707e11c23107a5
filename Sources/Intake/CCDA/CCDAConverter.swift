import Clinical
import Documents

/// Brings one document over into FHIR, entry by entry.
///
/// Says of everything that it passes over which element it was and where it stands, and repeats no value of the document.
struct CCDAConverter {
    let document: XMLDocument
    let narrative: CDANarrative
    /// The zone of the document's own time, for times that have none.
    let documentZone: String?
    private(set) var resources: [JSONValue] = []
    private(set) var notes: [IntakeNote] = []
    private var counts: [String: Int] = [:]
    private var tallies: [RecordSection: SectionTally] = [:]
    /// The section whose entries are read now.
    var fills: RecordSection?
    /// What other parts of the document say of the patient's sex.
    var sexExtensions: [JSONValue] = []
    /// Visits by their identifiers, for one may be told twice.
    var visits: Set<String> = []
    var hasBorrowedZone = false

    static let patient: JSONValue = ["reference": "Patient/patient"]

    init(_ document: XMLDocument) {
        self.document = document
        narrative = CDANarrative(document.root)
        documentZone = document.root.child("effectiveTime")?.attribute("value").flatMap { CDATime($0)?.zone }
    }

    mutating func convert() -> ConvertedRecord {
        let root = document.root
        readBody(root.child("component"))
        encompassingEncounter(root.child(at: "componentOf", "encompassingEncounter"))
        let patient = patient(root.child(at: "recordTarget", "patientRole"))
        resources.insert(patient, at: 0)
        if hasBorrowedZone {
            note("effectiveTime", "some times have no zone; read in the zone of the document's own time", at: nil)
        }
        var supplied = tallies.compactMapValues(\.supply)
        supplied[.patient] = .complete
        return ConvertedRecord(resources: resources, notes: notes, supplied: supplied)
    }

    private mutating func readBody(_ component: XMLNode?) {
        guard let body = component?.child("structuredBody") else {
            note("ClinicalDocument.component", "the body is not structured; nothing of it can be read", at: component)
            return
        }
        for section in body.descendants where section.isCDA("section") && section.parent?.isCDA("component") == true { read(section) }
    }

    // MARK: What comes of it

    /// Adds a resource with an id of its own; members that are nil are left out.
    @discardableResult
    mutating func add(_ type: String, _ members: [(String, JSONValue?)]) -> JSONValue {
        counts[type, default: 0] += 1
        let id = "\(type.lowercased())-\(counts[type] ?? 0)"
        resources.append(.compact([("resourceType", .string(type)), ("id", .string(id))] + members))
        return ["reference": .string("\(type)/\(id)")]
    }

    /// Notes what could not be used: the element and why, never what it says.
    mutating func note(_ what: String, _ why: String, at node: XMLNode?) {
        notes.append(IntakeNote(about: nil, what: what, why: why, range: document.isTranscoded ? nil : node?.tag))
    }

    /// Notes an entry that was left out: of its section something is missing then.
    mutating func leaveOut(_ node: XMLNode, _ why: String) {
        note(node.name.local, why, at: node)
        if let fills { tallies[fills, default: SectionTally()].gap = "an entry of the document could not be read" }
    }

    mutating func tally(_ section: RecordSection, _ extent: SectionTally.Extent) {
        tallies[section, default: SectionTally()].add(extent)
    }
}

/// How much of a part of the record the sections of a document brought.
struct SectionTally {
    /// What one section of the document is for the record.
    enum Extent {
        /// All that the author knows.
        case whole
        /// Some of it, and why not all.
        case part(String)
        /// The section says that it knows nothing.
        case unknown
    }

    private var whole = false
    private var part: String?
    /// Why something is missing that should have been read.
    var gap: String?

    mutating func add(_ extent: Extent) {
        switch extent {
        case .whole: whole = true
        case .part(let why): part = part ?? why
        case .unknown: break
        }
    }

    var supply: Supply? {
        guard whole || part != nil || gap != nil else { return nil }
        if let gap { return .partial(why: gap) }
        return whole ? .complete : part.map { .partial(why: $0) }
    }
}

/// An object of the members that are there.
func object(_ members: [(String, JSONValue?)]) -> JSONValue? { JSONValue.compact(members).orNothing }

/// An array, unless it would be empty.
func array(_ elements: [JSONValue]) -> JSONValue? { JSONValue.array(elements).orNothing }
