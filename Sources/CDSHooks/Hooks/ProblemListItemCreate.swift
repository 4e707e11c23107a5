public import Engine

/// A clinician is adding problems to the list: does any medicine that the patient takes now fit them badly?
///
/// Each current medicine is checked as if it were being ordered today, once with the new problems and once without them;
/// what follows only with them is said, as a medicine on record.
///
/// - Source: CDS Hooks library, problem-list-item-create 0.1.0.
public struct ProblemListItemCreate: Hook {
    private static let conditions = ContextField("conditions", .entries, isRequired: true, isPrefetchToken: false)

    public let name = "problem-list-item-create"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, conditions]
    public let subject = HookSubject.recorded(conditions.name)
    public let occasions: [Occasion] = [.orderSign]
    public let title = "Vigil: current medicines and a new problem"
    public let description = """
        Checks the medicines that the patient takes now against the problems that are being added to the list, and says \
        what could not be checked.
        """
    public let usage = "Enable it where problem lists are kept. It needs the key `medications`: without it there is nothing to check."

    public init() {}
}
