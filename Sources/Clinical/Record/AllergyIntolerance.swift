/// What the patient does not tolerate.
public struct AllergyIntolerance: Sendable, Hashable {
    /// What the entry says after its statuses have been read.
    public enum Standing: Sendable, Hashable {
        /// Active, confirmed or not: to be checked.
        case active
        /// Resolved or inactive.
        case past
        /// Refuted or entered in error: never evidence.
        case refuted
    }

    /// Physiological mechanism as stated.
    public enum Kind: Sendable, Hashable {
        case allergy
        case intolerance
    }

    /// Potential clinical harm as stated.
    public enum Criticality: Sendable, Hashable {
        case low
        case high
        case unableToAssess
    }

    public var reference: ResourceReference
    public var standing: Standing
    public var kind: Kind?
    public var criticality: Criticality?
    /// `food`, `medication`, `environment`, `biologic`.
    public var categories: [String]
    /// The substance, class or product, or a statement such as "no known allergies".
    public var code: CodeableConcept
    public var reactions: [Reaction]
    public var recorded: PartialDate?

    public struct Reaction: Sendable, Hashable {
        public var substance: CodeableConcept?
        public var manifestations: [CodeableConcept]
        /// `mild`, `moderate`, `severe`.
        public var severity: String?

        public init(substance: CodeableConcept? = nil, manifestations: [CodeableConcept] = [], severity: String? = nil) {
            self.substance = substance
            self.manifestations = manifestations
            self.severity = severity
        }
    }

    public init(
        reference: ResourceReference, standing: Standing, kind: Kind? = nil, criticality: Criticality? = nil,
        categories: [String] = [], code: CodeableConcept, reactions: [Reaction] = [], recorded: PartialDate? = nil
    ) {
        self.reference = reference
        self.standing = standing
        self.kind = kind
        self.criticality = criticality
        self.categories = categories
        self.code = code
        self.reactions = reactions
        self.recorded = recorded
    }
}
