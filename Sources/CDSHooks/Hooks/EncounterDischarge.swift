public import Engine

/// A patient is about to be discharged: the whole list of medicines is looked over once more, and what is due is named.
///
/// Each medicine that is taken now is checked as if it were being ordered today; cards speak of it as on record.
///
/// - Source: CDS Hooks library, encounter-discharge 1.0.
public struct EncounterDischarge: Hook {
    public let name = "encounter-discharge"
    public let context: [ContextField] = [.userId, .patientId, .encounterId.required(true)]
    public let subject = HookSubject.medicines
    public let occasions: [Occasion] = [.orderSign, .patientView]
    public let title = "Vigil: medicines and what is due at discharge"
    public let description = """
        Checks all medicines that the patient takes now against one another and against allergies, problems and results, \
        names what is due or overdue, and says what could not be checked.
        """
    public let usage = """
        Enable it where medicines are reconciled at discharge. Expect more cards than elsewhere: the whole list is checked, \
        not what was ordered last.
        """

    public init() {}
}
