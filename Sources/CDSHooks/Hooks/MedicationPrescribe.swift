public import Engine

/// A prescriber is writing prescriptions, as CDS Hooks 1.0 has it: order-sign by its old name.
///
/// - Source: CDS Hooks 1.0, medication-prescribe; superseded by order-select and order-sign.
public struct MedicationPrescribe: Hook {
    private static let medications = ContextField("medications", .bundle, isRequired: true, isPrefetchToken: false)

    public let name = "medication-prescribe"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, medications]
    public let subject = HookSubject.drafts(medications.name)
    public let occasions: [Occasion] = [.orderSign]
    public let title = "Vigil: medication safety while prescribing (CDS Hooks 1.0)"
    public let description = """
        Checks prescriptions against one another and against the patient's medicines, allergies, problems and results, \
        and says what could not be checked.
        """
    public let usage = "Only for EHRs that know neither order-select nor order-sign; never enable it beside those."

    public init() {}
}
