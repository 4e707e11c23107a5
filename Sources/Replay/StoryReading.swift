public import Clinical
public import Documents
public import Intake

/// Takes a story through the door that every patient comes by: FHIR bytes, the production reader, a snapshot.
public enum StoryReading {
    /// The snapshot of a story, and what the reader could not use.
    ///
    /// - Parameters:
    ///   - story: what the author told.
    ///   - record: the bytes of the story's own record file, where it has one.
    ///   - asOf: the instant of the evaluation.
    /// - Throws: `JSONError` where the record file is not JSON.
    public static func snapshot(
        of story: PatientStory, record: [UInt8]? = nil, asOf: AsOf
    ) throws(JSONError) -> (snapshot: Snapshot, notes: [IntakeNote]) {
        var reader = FHIRReader(asOf: asOf, eventKinds: Set(RecordEvent.Kind.allCases))
        var writer = StoryWriter(story)
        if let record {
            let document = try JSONDocument(parsing: record)
            reader.readBundle(document.root)
            if let id = patientID(in: document.root) { writer = StoryWriter(story, patientID: id) }
        }
        reader.readBundle(try JSONDocument(parsing: writer.record().bytes).root)
        if !story.ordering.isEmpty || !story.orderingTests.isEmpty { reader.readDrafts(try JSONDocument(parsing: writer.draftOrders().bytes).root) }
        for section in story.notSupplied { reader.setSupply(section, .notSupplied) }
        return reader.finish()
    }

    /// Whom a record file is about, so that what is told beside it is told of the same patient.
    private static func patientID(in root: JSONNode) -> String? {
        if root["resourceType"]?.equals("Patient") == true { return root["id"]?.string }
        for entry in root["entry"]?.elements ?? root.elements {
            let resource = entry["resource"] ?? entry
            if resource["resourceType"]?.equals("Patient") == true { return resource["id"]?.string }
        }
        return nil
    }
}
