import Clinical
import Intake

/// What was lost with a damaged line or file: which kinds of data, and whose.
///
/// What is lost is not known, so nobody can be told to have none of it: of those whom it may concern, data of these kinds are
/// incomplete, and rules that need them answer that they were not checked.
public struct InputLoss: Sendable, Hashable, Comparable {
    /// Types of resource, sorted; empty where they cannot be told: any kind.
    public let types: [String]
    /// True where it cannot be told whose they were: anybody's.
    public let isAnyones: Bool

    init(types: [String], isAnyones: Bool) {
        self.types = Set(types).sorted()
        self.isAnyones = isAnyones
    }

    /// The parts of a record that are incomplete by it.
    var sections: Set<RecordSection> {
        types.isEmpty ? Set(RecordSection.allCases) : types.reduce(into: []) { $0.formUnion(Self.sections(of: $1)) }
    }

    /// The kinds in words.
    public var words: String { types.isEmpty ? "any kind of data" : types.joined(separator: ", ") }

    public static func < (left: InputLoss, right: InputLoss) -> Bool {
        (left.isAnyones ? 0 : 1, left.words) < (right.isAnyones ? 0 : 1, right.words)
    }

    /// What rests on resources of a type; nothing where it is not read.
    static func sections(of type: String) -> Set<RecordSection> {
        switch type {
        case "Bundle": Set(RecordSection.allCases)
        // What medicines, allergies and visits refer to.
        case "Medication": [.medications]
        case "Substance": [.medications, .allergies]
        case "Location": [.encounters]
        default: PatientCompartment(resourceType: type) == .unread ? [] : Set([PatientCompartment.section(of: type)].compactMap { $0 })
        }
    }

    // MARK: Of a file

    /// What is lost with a part of a file: the kind that its name tells, else any; nothing where that kind is not read.
    init?(file name: String) {
        guard let type = Self.type(inName: name) else {
            self.init(types: [], isAnyones: true)
            return
        }
        guard !Self.sections(of: type).isEmpty else { return nil }
        self.init(types: type == "Bundle" ? [] : [type], isAnyones: true)
    }

    /// The type of resource in the name of a file, as in `Condition.ndjson.gz` or `000-Condition.ndjson`.
    static func type(inName name: String) -> String? {
        name.split { !$0.isLetter }.map { String($0) }.first { type in !sections(of: type).isEmpty || unread.contains(type) }
    }

    /// Types that exports hold and no rule reads; a name that is neither of them nor read tells nothing.
    ///
    /// - Source: FHIR R4, resource list.
    private static let unread: Set<String> = [
        "Account", "AdverseEvent", "Appointment", "AppointmentResponse", "AuditEvent", "BodyStructure", "CarePlan", "CareTeam", "ChargeItem", "Claim",
        "ClaimResponse", "ClinicalImpression", "Communication", "CommunicationRequest", "Composition", "Consent", "Contract", "Coverage",
        "DetectedIssue", "Device", "DeviceUseStatement", "DocumentReference", "Endpoint", "EpisodeOfCare", "ExplanationOfBenefit",
        "Flag", "Goal", "Group", "HealthcareService", "ImagingStudy", "Invoice", "Media", "NutritionOrder",
        "OperationOutcome", "Organization", "Person", "Practitioner", "PractitionerRole", "Provenance", "Questionnaire",
        "QuestionnaireResponse", "RelatedPerson", "RiskAssessment", "Schedule", "Slot", "Specimen", "SupplyDelivery", "SupplyRequest",
        "VisionPrescription",
    ]
}
