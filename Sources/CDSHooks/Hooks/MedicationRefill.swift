public import Engine

/// A refill has been asked for, by a pharmacy or a patient, and its prescriptions stand as drafts.
///
/// Often no user is there yet, so `userId` is optional.
///
/// - Source: CDS Hooks library, medication-refill 0.1.0.
public struct MedicationRefill: Hook {
    private static let medications = ContextField("medications", .bundle, isRequired: true, isPrefetchToken: false)

    public let name = "medication-refill"
    public let context: [ContextField] = [.userId.required(false), .patientId, .encounterId, medications]
    public let subject = HookSubject.drafts(medications.name)
    public let occasions: [Occasion] = [.orderSign]
    public let wordForOrdered = "to be refilled"
    public let title = "Vigil: medication safety of refills"
    public let description = """
        Checks the prescriptions to be refilled against the patient's medicines, allergies, problems and results as they \
        are now, and says what could not be checked.
        """
    public let usage = "Enable it where refill requests are worked off; it needs no user in its context."

    public init() {}
}
