/// Every hook that we answer, in the order in which their services are published.
///
/// Rules know three occasions. Each hook asks the rules of those that fit what is checked:
///
/// | Hook | Rules of | What is checked |
/// |---|---|---|
/// | order-select | order-select | the drafts just chosen |
/// | order-sign | order-sign | the drafts |
/// | patient-view | patient-view | what is due |
/// | medication-refill | order-sign | the prescriptions to be refilled |
/// | order-dispatch | order-sign | the orders dispatched, as they stand on record |
/// | allergyintolerance-create | order-sign | each current medicine, for what follows from the new allergy |
/// | problem-list-item-create | order-sign | each current medicine, for what follows from the new problem |
/// | encounter-start | patient-view | what is due |
/// | appointment-book | patient-view | what is due |
/// | encounter-discharge | order-sign, patient-view | each current medicine; what is due |
/// | medication-prescribe | order-sign | the prescriptions (CDS Hooks 1.0) |
/// | order-review | order-sign | the orders (CDS Hooks 1.0) |
public enum HookCatalog {
    public static let all: [any Hook] = [
        OrderSelect(),
        OrderSign(),
        PatientView(),
        MedicationRefill(),
        OrderDispatch(),
        AllergyIntoleranceCreate(),
        ProblemListItemCreate(),
        EncounterStart(),
        AppointmentBook(),
        EncounterDischarge(),
        MedicationPrescribe(),
        OrderReview(),
    ]
}
