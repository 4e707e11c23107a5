public import Clinical
public import Documents

/// What a message or document of another format says, as FHIR R4, and what it left unsaid.
public struct ConvertedRecord: Sendable {
    /// The resources, the Patient first, each with an id. A request that is still to be signed has the status `draft`.
    public var resources: [JSONValue]
    /// What could not be brought over, or was with a reservation: by the format's own name of the place, such as `PID-7`.
    public var notes: [IntakeNote]
    /// For which sections it can speak, and how far; what is not listed it says nothing about, so that it is unknown and not empty.
    public var supplied: [RecordSection: Supply]

    public init(resources: [JSONValue] = [], notes: [IntakeNote] = [], supplied: [RecordSection: Supply] = [:]) {
        self.resources = resources
        self.notes = notes
        self.supplied = supplied
    }

    /// All of it in one Bundle.
    public var bundle: JSONValue { Self.bundle(of: resources) }

    /// The orders that it brings to be signed.
    public var drafts: [JSONValue] { resources.filter(Self.isDraft) }

    /// What stands on record: everything but the drafts.
    public var recorded: [JSONValue] { resources.filter { !Self.isDraft($0) } }

    /// A Bundle of resources.
    ///
    /// - Source: FHIR R4, bundle: `collection`, a set of resources that belong together and nothing more.
    public static func bundle(of resources: [JSONValue]) -> JSONValue {
        [
            "resourceType": "Bundle", "type": "collection",
            "entry": .array(resources.map { .object([("resource", $0)]) }),
        ]
    }

    /// The record as it is read: what the notes of the conversion say comes first.
    ///
    /// - Parameter eventKinds: what is read as events, for measures.
    public func snapshot(
        asOf: AsOf, patientID: String? = nil, eventKinds: Set<RecordEvent.Kind> = []
    ) throws(FormatError) -> (snapshot: Snapshot, notes: [IntakeNote]) {
        var reader = FHIRReader(asOf: asOf, patientID: patientID, eventKinds: eventKinds)
        reader.readBundle(try Self.document(of: recorded).root)
        if !drafts.isEmpty { reader.readDrafts(try Self.document(of: drafts).root) }
        for section in RecordSection.allCases { state(section, in: &reader) }
        let (snapshot, notes) = reader.finish()
        // Places in the resources that were made here are none that the sender knows.
        return (snapshot, self.notes + notes.map { IntakeNote(about: $0.about, what: $0.what, why: $0.why, range: nil) })
    }

    /// Completeness the reader judges itself, for it knows what of a section it could not use; all less than that is stated.
    private func state(_ section: RecordSection, in reader: inout FHIRReader) {
        switch supplied[section] ?? .notSupplied {
        case .complete: break
        case let less: reader.setSupply(section, less)
        }
    }

    /// - Source: FHIR R4, request-status: `draft`, "not yet actionable".
    private static func isDraft(_ resource: JSONValue) -> Bool {
        let type = resource["resourceType"]?.string
        return (type == "MedicationRequest" || type == "ServiceRequest") && resource["status"]?.string == "draft"
    }

    private static func document(of resources: [JSONValue]) throws(FormatError) -> JSONDocument {
        do throws(JSONError) {
            return try JSONDocument(parsing: bundle(of: resources).bytes)
        } catch {
            throw FormatError(format: FHIRFormat.name, message: error.message)
        }
    }
}
