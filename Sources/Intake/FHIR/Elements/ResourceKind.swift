import Clinical

/// The kinds of resource that are read, that others refer to, or that other releases of FHIR had in their place.
enum ResourceKind: String, WordList {
    case patient = "Patient"
    case medicationRequest = "MedicationRequest"
    case medicationStatement = "MedicationStatement"
    case medicationDispense = "MedicationDispense"
    case medicationAdministration = "MedicationAdministration"
    case allergyIntolerance = "AllergyIntolerance"
    case condition = "Condition"
    case observation = "Observation"
    case procedure = "Procedure"
    case immunization = "Immunization"
    case encounter = "Encounter"
    case familyMemberHistory = "FamilyMemberHistory"
    case serviceRequest = "ServiceRequest"
    // Read for measures only.
    case deviceRequest = "DeviceRequest"
    case diagnosticReport = "DiagnosticReport"
    case task = "Task"
    // Read through a reference only.
    case medication = "Medication"
    case substance = "Substance"
    case location = "Location"
    // Read for what they say of the delivery.
    case bundle = "Bundle"
    case operationOutcome = "OperationOutcome"
    case list = "List"
    // Names of other releases.
    case medicationOrder = "MedicationOrder"
    case medicationPrescription = "MedicationPrescription"
    case medicationUsage = "MedicationUsage"
    case procedureRequest = "ProcedureRequest"
    case diagnosticOrder = "DiagnosticOrder"
    case referralRequest = "ReferralRequest"

    static let table = WordTable<ResourceKind>()

    /// The section of the record that a resource of this kind stands in; `nil` where it is no entry by itself.
    var section: RecordSection? {
        switch self {
        case .patient: .patient
        case .medicationRequest, .medicationStatement, .medicationDispense, .medicationAdministration: .medications
        case .medicationOrder, .medicationPrescription, .medicationUsage: .medications
        case .allergyIntolerance: .allergies
        case .condition: .conditions
        case .observation: .observations
        case .procedure: .procedures
        case .immunization: .immunizations
        case .encounter: .encounters
        case .familyMemberHistory: .familyHistory
        case .serviceRequest, .procedureRequest, .diagnosticOrder, .referralRequest: .serviceRequests
        case .deviceRequest: .deviceRequests
        case .diagnosticReport: .diagnosticReports
        case .task: .tasks
        case .medication, .substance, .location, .bundle, .operationOutcome, .list: nil
        }
    }

    /// True where a draft of it is an order to be checked.
    var isOrder: Bool {
        switch self {
        case .medicationRequest, .serviceRequest: true
        default: false
        }
    }

    /// What an entry of this kind is to a measure; `nil` for kinds that no measure counts.
    var eventKind: RecordEvent.Kind? {
        switch self {
        case .encounter: .encounter
        case .condition: .condition
        case .observation: .observation
        case .diagnosticReport: .diagnosticReport
        case .procedure: .procedure
        case .medicationRequest: .medicationRequest
        case .serviceRequest: .serviceRequest
        case .deviceRequest: .deviceRequest
        case .immunization: .immunization
        case .allergyIntolerance: .allergyIntolerance
        case .task: .task
        default: nil
        }
    }

    /// Why a kind of another release is not read, naming the release and what R4 has; `nil` for the kinds of R4.
    var otherRelease: String? {
        switch self {
        case .medicationOrder: "a resource of FHIR DSTU2; R4 has MedicationRequest"
        case .medicationPrescription: "a resource of FHIR DSTU1; R4 has MedicationRequest"
        case .medicationUsage: "a resource of a draft of FHIR R5; R4 has MedicationStatement"
        case .procedureRequest: "a resource of FHIR STU3; R4 has ServiceRequest"
        case .diagnosticOrder: "a resource of FHIR DSTU2; R4 has ServiceRequest"
        case .referralRequest: "a resource of FHIR STU3; R4 has ServiceRequest"
        default: nil
        }
    }
}
