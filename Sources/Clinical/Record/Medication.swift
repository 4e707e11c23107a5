/// One entry about a medicine: an order, a prescription, a statement, a dispense or an administration.
public struct Medication: Sendable, Hashable {
    /// Where the entry came from.
    public enum Source: Sendable, Hashable {
        case request
        case statement
        case dispense
        case administration
    }

    /// What the entry says of use, after status, intent and negation have been read.
    ///
    /// - Source: FHIR R4 medicationrequest-status, -intent; medication-statement-status; `doNotPerform`.
    public enum Use: Sendable, Hashable {
        /// Drafted in this session: the thing to be checked.
        case drafted
        /// Taken now, as far as the record says.
        case current
        /// On hold: counts for interactions, and is marked.
        case onHold
        /// Taken in the past and ended: `ended` says when, if known.
        case ended
        /// A plan, a proposal or an option; not taken.
        case proposed
        /// Said not to be taken, or not to be given.
        case prohibited
    }

    public var reference: ResourceReference
    public var source: Source
    public var use: Use
    /// What it is. Several codings are one drug, told several ways.
    public var code: CodeableConcept
    /// Active ingredients as the record lists them, where the product itself is described rather than coded.
    public var ingredients: [MedicationIngredient]
    /// Why `code` and `ingredients` say nothing, where a reference could not be followed.
    public var unresolved: String?
    /// Dose form as stated on the product.
    public var form: CodeableConcept?
    public var dosages: [Dosage]
    public var route: CodeableConcept? { dosages.lazy.compactMap(\.route).first }
    /// When it was written, asserted or handed over.
    public var authored: PartialDate?
    public var started: PartialDate?
    /// Last day of use: the end of the stated period, of the supply, or when it was stopped.
    public var ended: PartialDate?
    /// The order that this one replaces.
    public var replaces: ResourceReference?
    /// True where it is what the patient reports.
    public var isReported: Bool
    public var reasons: [CodeableConcept]
    public var encounter: ResourceReference?
    public var category: [CodeableConcept]
    /// Who prescribed, dispensed or reported it, by the name that the entry states: for a patient seen by several.
    public var author: String?

    public init(
        reference: ResourceReference, source: Source, use: Use, code: CodeableConcept = CodeableConcept(),
        ingredients: [MedicationIngredient] = [], unresolved: String? = nil, form: CodeableConcept? = nil,
        dosages: [Dosage] = [], authored: PartialDate? = nil, started: PartialDate? = nil, ended: PartialDate? = nil,
        replaces: ResourceReference? = nil, isReported: Bool = false, reasons: [CodeableConcept] = [],
        encounter: ResourceReference? = nil, category: [CodeableConcept] = [], author: String? = nil
    ) {
        self.reference = reference
        self.source = source
        self.use = use
        self.code = code
        self.ingredients = ingredients
        self.unresolved = unresolved
        self.form = form
        self.dosages = dosages
        self.authored = authored
        self.started = started
        self.ended = ended
        self.replaces = replaces
        self.isReported = isReported
        self.reasons = reasons
        self.encounter = encounter
        self.category = category
        self.author = author
    }
}

/// One active ingredient of a described product.
public struct MedicationIngredient: Sendable, Hashable {
    public var code: CodeableConcept
    /// Amount of the ingredient in one unit of the product, such as 500 mg in a tablet.
    public var strength: Ratio?

    public init(code: CodeableConcept, strength: Ratio? = nil) {
        self.code = code
        self.strength = strength
    }
}

/// A numerator over a denominator.
public struct Ratio: Sendable, Hashable {
    public var numerator: Quantity
    public var denominator: Quantity

    public init(numerator: Quantity, denominator: Quantity) {
        self.numerator = numerator
        self.denominator = denominator
    }
}
