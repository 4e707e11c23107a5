import Clinical
import Documents
import Engine
import Knowledge

/// New orders as FHIR, for suggestions to create: drafts for the patient of the call, by its user where one may order.
///
/// - Source: FHIR R4, MedicationRequest, ServiceRequest.
struct DraftResource {
    private let context: CardContext

    init(_ context: CardContext) {
        self.context = context
    }

    /// A MedicationRequest of an ingredient by its RxNorm code.
    func prescription(_ prescription: SuggestedChange.Prescription) -> JSONValue {
        let coding = Coding(system: .rxNorm, code: String(prescription.rxcui), display: prescription.name)
        return order("MedicationRequest", "medicationCodeableConcept", FHIRValue.concept([coding], text: prescription.name), [
            ("dosageInstruction", FHIRValue.dosage(prescription.dose, instructions: prescription.instructions).map { .array([$0]) })
        ])
    }

    /// A MedicationRequest with the vaccine's CVX code.
    ///
    /// An ImmunizationRecommendation is not something that a user can order. EHRs order a vaccine as they order a medicine,
    /// and send it to us in that form too.
    func vaccine(name: String, coding: Coding) -> JSONValue {
        order("MedicationRequest", "medicationCodeableConcept", FHIRValue.concept([coding], text: name))
    }

    /// A ServiceRequest for a test, an image or another service; `dueIn` says when it is to be done.
    func service(_ orderable: Orderable, dueIn: TimeSpan?) -> JSONValue {
        let concept = FHIRValue.concept(orderable.concept.codings, text: orderable.concept.text ?? orderable.name)
        let due = dueIn.map { context.asOf.today.adding($0).description }
        return order("ServiceRequest", "code", concept, [("occurrenceDateTime", .text(due))])
    }

    // MARK: - What all of them have

    private func order(
        _ type: String, _ codeMember: String, _ code: JSONValue, _ rest: [(String, JSONValue?)] = []
    ) -> JSONValue {
        let ordering: Set<String> = ["Practitioner", "PractitionerRole"]
        let members: [(String, JSONValue?)] = [
            ("resourceType", .string(type)), ("status", "draft"), ("intent", "order"), (codeMember, code),
            ("subject", reference("Patient/\(context.patientID)")),
            ("encounter", context.encounterID.map { reference("Encounter/\($0)") }),
            ("authoredOn", .string(context.asOf.today.description)),
            ("requester", context.user.flatMap { ordering.contains($0.type) ? reference($0.description) : nil }),
        ]
        return .compact(members + rest)
    }

    private func reference(_ text: String) -> JSONValue {
        .object([("reference", .string(text))])
    }
}
