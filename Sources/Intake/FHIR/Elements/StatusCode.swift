/// The status words of the resources read here, in one list: those of R4, and a few of other releases.
///
/// - Source: FHIR R4 value sets medicationrequest-status, -intent, medication-statement-status, medicationdispense-status,
///   medication-admin-status, event-status, request-status, condition-clinical, condition-ver-status,
///   allergyintolerance-clinical, allergyintolerance-verification, administrative-gender.
enum StatusCode: String, WordList {
    case enteredInError = "entered-in-error"
    case unknown
    // Requests and events.
    case active, onHold = "on-hold", cancelled, completed, stopped, draft, revoked, final
    case inProgress = "in-progress", notDone = "not-done", preparation, declined
    case intended, notTaken = "not-taken"
    case recorded  // R5
    case aborted, suspended  // STU3
    // Intents.
    case proposal, plan, directive, order, option
    case originalOrder = "original-order", reflexOrder = "reflex-order", fillerOrder = "filler-order"
    case instanceOrder = "instance-order"
    // Clinical and verification status.
    case recurrence, relapse, inactive, remission, resolved
    case unconfirmed, provisional, differential, confirmed, refuted, presumed
    // Whether a medicine is taken: STU3 `taken`, R5 `adherence`.
    case y, n, unk, na
    case taking, notTaking = "not-taking"
    // Harm and mechanism.
    case allergy, intolerance, low, high, unableToAssess = "unable-to-assess"
    // Gender, birth sex, sex for clinical use.
    case female, male, otherGender = "other", birthSexFemale = "F", birthSexMale = "M"
    case femaleTypical = "female-typical", maleTypical = "male-typical", specified
    case snomedFemale = "248152002", snomedMale = "248153007"
    // Bundles and outcomes.
    case match, include, outcome, next, fatal, error, warning, information
    case subsetted = "SUBSETTED"
    // What is known of a relative.
    case healthUnknown = "health-unknown", partial
    // Categories.
    case encounterDiagnosis = "encounter-diagnosis", problemListItem = "problem-list-item"
    // Kinds of dose.
    case ordered, calculated
    // Why a list is empty.
    case nilKnown = "nilknown", replacedBy = "replaced-by"

    static let table = WordTable<StatusCode>()
}
