public import Clinical

/// How a resource on its own, such as a line of a bulk export, tells whose record it belongs to.
///
/// - Source: FHIR R4, compartmentdefinition-patient.
public enum PatientCompartment: Sendable, Hashable {
    /// It is the patient.
    case patient
    /// The element of that name refers to the patient.
    case member(element: String)
    /// It belongs to nobody, and others refer to it.
    case shared
    /// A bundle, which may hold a whole record.
    case bundle
    /// A kind of resource that is not read.
    case unread

    /// By the name of a type of resource.
    public init(resourceType: some StringProtocol) {
        var name = String(resourceType)
        self = name.withUTF8 { PatientCompartment(resourceType: UnsafeRawBufferPointer($0)) }
    }

    /// By the name of a type of resource, as UTF-8.
    public init(resourceType name: UnsafeRawBufferPointer) {
        guard let kind = name.withMemoryRebound(to: UInt8.self, { ResourceKind.table.word($0) }) else {
            self = .unread
            return
        }
        switch kind {
        case .patient: self = .patient
        case .bundle: self = .bundle
        case .medication, .substance, .location: self = .shared
        case .operationOutcome, .list: self = .unread
        case .allergyIntolerance, .immunization, .familyMemberHistory: self = .member(element: "patient")
        default: self = kind.otherRelease == nil ? .member(element: "subject") : .unread
        }
    }

    /// The section of the record that resources of that type stand in.
    public static func section(of resourceType: some StringProtocol) -> RecordSection? {
        ResourceKind(rawValue: String(resourceType))?.section
    }
}
