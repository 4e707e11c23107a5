public import Engine

/// A clinician is recording an allergy: does any medicine that the patient takes now offend against it?
///
/// Rules about allergies look at what is being ordered. So each current medicine is checked as if it were being ordered
/// today, once with the new allergy and once without it; what follows only with it is said, as a medicine on record.
///
/// - Source: CDS Hooks library, allergyintolerance-create 0.1.0; its examples wrap the resource, or send a Bundle named
///   `allergyIntolerances`, and both are taken.
public struct AllergyIntoleranceCreate: Hook {
    private static let allergyIntolerance = ContextField(
        "allergyIntolerance", .entries, isRequired: true, isPrefetchToken: false, aliases: ["allergyIntolerances"])

    public let name = "allergyintolerance-create"
    public let context: [ContextField] = [.userId, .patientId, .encounterId, allergyIntolerance]
    public let subject = HookSubject.recorded(allergyIntolerance.name)
    public let occasions: [Occasion] = [.orderSign]
    public let title = "Vigil: current medicines and a new allergy"
    public let description = """
        Checks the medicines that the patient takes now against the allergy that is being recorded, and says what could \
        not be checked.
        """
    public let usage = "Enable it where allergies are recorded. It needs the key `medications`: without it there is nothing to check."

    public init() {}
}
