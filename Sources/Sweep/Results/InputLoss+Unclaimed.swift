import Documents
import Intake

extension InputLoss {
    /// What is lost with a resource or Bundle that is whole and of which it cannot be told whose it is.
    ///
    /// A subject that is named in another way than by a reference (an identifier, a name) is some patient, and nobody can be told to
    /// have none of it. Nothing is lost with what is about no patient: another kind of subject, or none where FHIR lets it be absent.
    init?(unclaimed line: UnsafeRawBufferPointer) {
        guard let document = try? JSONDocument(parsing: Array(line), limits: JSONLimits(size: LineBlocks.lineLimit)),
            let type = document.root["resourceType"]?.string
        else { return nil }
        let types: [String]
        switch PatientCompartment(resourceType: type) {
        case .bundle: types = Self.types(in: document.root)
        case .member(let element): types = Self.isAPatients(document.root, type, element) ? [type] : []
        // A patient without an id: nobody else's data are lost with it.
        case .patient, .shared, .unread: types = []
        }
        let read = types.filter { !Self.sections(of: $0).isEmpty }
        guard !read.isEmpty else { return nil }
        self.init(types: read, isAnyones: true)
    }

    /// The kinds of resource in a Bundle.
    private static func types(in bundle: JSONNode) -> [String] {
        bundle["entry"]?.elements.compactMap { $0["resource"]?["resourceType"]?.string } ?? []
    }

    /// Whether it may be about a patient.
    private static func isAPatients(_ resource: JSONNode, _ type: String, _ element: String) -> Bool {
        guard let subject = resource.member(element) else { return !subjectMayBeAbsent.contains(type) }
        if let stated = subject["type"]?.string { return stated == "Patient" }
        guard let reference = subject["reference"]?.string else { return true }
        if reference.hasPrefix("#") {
            let contained = resource["contained"]?.elements.first { $0["id"]?.string == String(reference.dropFirst()) }
            return contained?["resourceType"]?.string.map { $0 == "Patient" } ?? true
        }
        let parts = reference.split(separator: "/").prefix { $0 != "_history" }
        guard parts.count >= 2 else { return true }
        return !subjects.contains(String(parts[parts.count - 2]))
    }

    /// What resources may be about beside patients.
    ///
    /// - Source: FHIR R4, targets of `subject` of the resources of the patient compartment.
    private static let subjects: Set<String> = [
        "Group", "Device", "Location", "Practitioner", "PractitionerRole", "Organization", "Substance", "Medication", "Procedure", "HealthcareService",
    ]

    /// Types whose subject may be absent.
    ///
    /// - Source: FHIR R4, cardinality of `subject`: 0..1.
    private static let subjectMayBeAbsent: Set<String> = ["Observation", "DiagnosticReport", "Encounter", "MedicationDispense", "Task", "Communication"]
}
