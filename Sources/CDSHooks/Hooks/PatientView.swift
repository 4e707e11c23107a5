/// A user has opened a patient's record.
///
/// - Source: CDS Hooks library, patient-view 1.0.
public struct PatientView: Hook {
    public let name = "patient-view"
    public let context: [ContextField] = [.userId, .patientId, .encounterId]
    public let title = "Vigil: what is due for this patient"
    public let description = "Names screenings, follow-up tests, treatments and vaccines that are due or overdue."

    public init() {}
}
