public import Engine

/// A user has opened a patient's record.
///
/// - Source: CDS Hooks library, patient-view 1.0.
public struct PatientView: Hook {
    public let name = "patient-view"
    public let context: [ContextField] = [.userId, .patientId, .encounterId]
    public let subject = HookSubject.patient
    public let occasions: [Occasion] = [.patientView]
    public let title = "Vigil: what is due for this patient"
    public let description = "Names screenings, follow-up tests, treatments and vaccines that are due or overdue."
    public let usage = """
        Enable it where a user works through a record, in primary care above all. Where vigil-encounter-start or \
        vigil-appointment-book is enabled for the same users, they see the same reminders twice.
        """

    public init() {}
}
