/// One entry of a record as something that happened, was found, was ordered, or was not: what measures are counted from.
///
/// Rules at the bedside read a `Snapshot`, in which status and negation have been weighed. Measures ask for the statuses
/// themselves, for the stay's disposition, for the reason of a refusal; so the same resources stand here as they were stated,
/// all in one form. Codes stand as stated, times by day in the zone in which they were written.
public struct RecordEvent: Sendable {
    /// What kind of entry it is, by the resource it was read from.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case encounter, condition, observation, diagnosticReport, procedure, medicationRequest, serviceRequest
        case deviceRequest, immunization, allergyIntolerance, task
    }

    public var kind: Kind
    public var reference: ResourceReference
    /// What it is about: the type of a visit, the code of a finding, the medicine.
    public var codes: [Coding]
    /// The value set that a negated entry names in place of a code, by its URL.
    public var notDoneValueSet: String?
    public var status: String
    public var intent: String?
    /// True for what was said not to be done: `doNotPerform`, `not-done`, a cancelled observation.
    public var isNegated: Bool
    /// When it was true of the patient, was done, or was ordered.
    public var time: EventPeriod
    /// When it was written down, where that is stated beside the time itself: `issued`, `recordedDate`.
    public var recorded: EventTime?
    public var value: Observation.Value?
    /// The profiles of national guides that an observation says it conforms to, each by the last part of its URL.
    public var profiles: [String] = []
    /// Words, such as `laboratory`, `encounter-diagnosis` or `discharge`.
    public var categories: [String]
    public var details: Details?

    /// What only some kinds of entry have.
    public struct Details: Sendable {
        public var bodySites: [Coding] = []
        public var reasons: [Coding] = []
        public var severities: [Coding] = []
        /// `confirmed`, `refuted` and so on.
        public var verification: String?
        /// The class of a visit, such as `IMP` or `VR`.
        public var visitClass: String?
        public var dispositions: [Coding] = []
        /// Conditions that a visit names as its diagnoses.
        public var diagnoses: [ResourceReference] = []
        /// What a task is about.
        public var focus: ResourceReference?
        public var supply: MedicationSupply?

        public init() {}
    }

    public init(kind: Kind, reference: ResourceReference) {
        self.kind = kind
        self.reference = reference
        codes = []
        status = ""
        isNegated = false
        time = EventPeriod(start: .unknown, end: .unknown)
        categories = []
    }
}

/// How long what was ordered lasts.
public struct MedicationSupply: Sendable {
    /// The period for which it is to be taken, as the first dosage states it.
    public var bounds: EventPeriod?
    /// Days that the order supplies, all refills together; `nil` where neither duration nor quantity and dose tell.
    public var days: Decimal?
    public var refills: Int
    public var quantity: Quantity?

    public init(bounds: EventPeriod? = nil, days: Decimal? = nil, refills: Int = 0, quantity: Quantity? = nil) {
        self.bounds = bounds
        self.days = days
        self.refills = refills
        self.quantity = quantity
    }
}
