public import Engine

/// An encounter begins.
///
/// - Source: CDS Hooks library, encounter-start 1.0.
public struct EncounterStart: Hook {
    public let name = "encounter-start"
    public let context: [ContextField] = [.userId, .patientId, .encounterId.required(true)]
    public let subject = HookSubject.patient
    public let occasions: [Occasion] = [.patientView]
    public let title = "Vigil: what is due when an encounter begins"
    public let description = "Names screenings, follow-up tests, treatments and vaccines that are due or overdue."
    public let usage = "Enable it in place of vigil-patient-view where reminders are wanted once an encounter."

    public init() {}
}
