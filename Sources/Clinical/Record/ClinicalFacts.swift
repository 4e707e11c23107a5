/// A problem, diagnosis or health concern.
public struct Condition: Sendable, Hashable {
    /// What the entry says after clinical and verification status have been read.
    public enum Standing: Sendable, Hashable {
        /// Active, recurring or relapsed.
        case active
        /// Resolved, inactive or in remission, or abated before the instant of the snapshot.
        case past
        /// Provisional, unconfirmed or differential: not counted unless a rule asks.
        case uncertain
        /// Refuted or entered in error: never evidence.
        case refuted
    }

    public var reference: ResourceReference
    public var standing: Standing
    public var code: CodeableConcept
    /// When it began: a date, a period or an age turned into a window of days.
    public var onset: PartialDate?
    public var abated: PartialDate?
    public var recorded: PartialDate?
    /// True for `encounter-diagnosis`.
    public var isEncounterDiagnosis: Bool
    public var encounter: ResourceReference?

    public init(
        reference: ResourceReference, standing: Standing, code: CodeableConcept, onset: PartialDate? = nil,
        abated: PartialDate? = nil, recorded: PartialDate? = nil, isEncounterDiagnosis: Bool = false,
        encounter: ResourceReference? = nil
    ) {
        self.reference = reference
        self.standing = standing
        self.code = code
        self.onset = onset
        self.abated = abated
        self.recorded = recorded
        self.isEncounterDiagnosis = isEncounterDiagnosis
        self.encounter = encounter
    }
}

/// A measurement or finding. A panel's components stand as observations of their own, with the panel's reference.
public struct Observation: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case quantity(Quantity)
        indirect case range(low: Quantity?, high: Quantity?)
        case code(CodeableConcept)
        case boolean(Bool)
        indirect case ratio(Ratio)
        /// Words that are not a quantity; never parsed by guess.
        case text
    }

    public var reference: ResourceReference
    public var code: CodeableConcept
    /// `nil` where there is none; `absence` may then say why.
    public var value: Value?
    /// The code of `dataAbsentReason`, such as `not-performed`.
    public var absence: String?
    /// When it was true of the patient.
    public var effective: Period?
    public var issued: Instant?
    public var lastUpdated: Instant?
    /// `final`, `amended`, `corrected`, `preliminary` … as stated; entered-in-error entries are left out on reading.
    public var status: String
    public var interpretations: [CodeableConcept]
    public var encounter: ResourceReference?

    public init(
        reference: ResourceReference, code: CodeableConcept, value: Value? = nil, absence: String? = nil,
        effective: Period? = nil, issued: Instant? = nil, lastUpdated: Instant? = nil, status: String = "final",
        interpretations: [CodeableConcept] = [], encounter: ResourceReference? = nil
    ) {
        self.reference = reference
        self.code = code
        self.value = value
        self.absence = absence
        self.effective = effective
        self.issued = issued
        self.lastUpdated = lastUpdated
        self.status = status
        self.interpretations = interpretations
        self.encounter = encounter
    }
}

/// Something done to or for the patient, and finished.
public struct Procedure: Sendable, Hashable {
    public var reference: ResourceReference
    public var code: CodeableConcept
    public var performed: Period?
    public var bodySites: [CodeableConcept]
    /// False for `not-done`, `preparation`, `in-progress` and the like: no evidence that it was done.
    public var isDone: Bool
    public var encounter: ResourceReference?

    public init(
        reference: ResourceReference, code: CodeableConcept, performed: Period? = nil, bodySites: [CodeableConcept] = [],
        isDone: Bool = true, encounter: ResourceReference? = nil
    ) {
        self.reference = reference
        self.code = code
        self.performed = performed
        self.bodySites = bodySites
        self.isDone = isDone
        self.encounter = encounter
    }
}

/// A vaccine given, or not.
public struct Immunization: Sendable, Hashable {
    public var reference: ResourceReference
    public var vaccine: CodeableConcept
    public var occurred: PartialDate?
    /// False for `not-done` and for subpotent doses.
    public var isValidDose: Bool

    public init(reference: ResourceReference, vaccine: CodeableConcept, occurred: PartialDate? = nil, isValidDose: Bool = true) {
        self.reference = reference
        self.vaccine = vaccine
        self.occurred = occurred
        self.isValidDose = isValidDose
    }
}

/// A contact with care.
public struct Encounter: Sendable, Hashable {
    public var reference: ResourceReference
    public var status: String
    /// Class and types together: `IMP`, `AMB`, SNOMED CT and CPT codes.
    public var codes: [CodeableConcept]
    public var period: Period?
    /// Codes of service type and location type, where stated.
    public var settings: [CodeableConcept]

    public init(
        reference: ResourceReference, status: String, codes: [CodeableConcept] = [], period: Period? = nil,
        settings: [CodeableConcept] = []
    ) {
        self.reference = reference
        self.status = status
        self.codes = codes
        self.period = period
        self.settings = settings
    }
}

/// An order of a test, an image or a procedure. An order is no result.
public struct ServiceRequest: Sendable, Hashable {
    public var reference: ResourceReference
    public var code: CodeableConcept
    /// True where it is one of the hook's draft orders.
    public var isDraft: Bool
    public var isActive: Bool
    public var authored: PartialDate?
    public var occurrence: PartialDate?

    public init(
        reference: ResourceReference, code: CodeableConcept, isDraft: Bool, isActive: Bool = true,
        authored: PartialDate? = nil, occurrence: PartialDate? = nil
    ) {
        self.reference = reference
        self.code = code
        self.isDraft = isDraft
        self.isActive = isActive
        self.authored = authored
        self.occurrence = occurrence
    }
}
