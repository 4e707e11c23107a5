public import Clinical

/// A patient as an author tells one in a few words, every name found and every number read.
///
/// `StoryWriter` makes FHIR resources of it; nothing evaluates a story by itself.
public struct PatientStory: Sendable, Hashable {
    /// The day that counts as today.
    public var today: CivilDate
    public var born: PartialDate?
    public var sex: Patient.Sex?
    public var isPregnant: Bool?
    public var weight: Quantity?
    public var height: Quantity?
    public var settings: [StatedName]
    public var taking: [StatedMedicine]
    /// What is being ordered, in the author's order.
    public var ordering: [StatedMedicine]
    /// Tests and images that are being ordered.
    public var orderingTests: [StatedName] = []
    public var allergies: [StatedAllergy]
    public var problems: [StatedProblem]
    public var labs: [StatedResult]
    public var procedures: [StatedEvent]
    public var vaccines: [StatedEvent]
    public var familyHistory: [StatedRelative] = []
    /// Sections that the record system did not send.
    public var notSupplied: Set<RecordSection>
    /// A bundle in a file beside the rule, that holds what the words above do not say.
    public var recordFile: String?

    public init(
        today: CivilDate, born: PartialDate? = nil, sex: Patient.Sex? = nil, isPregnant: Bool? = nil,
        weight: Quantity? = nil, height: Quantity? = nil, settings: [StatedName] = [], taking: [StatedMedicine] = [],
        ordering: [StatedMedicine] = [], allergies: [StatedAllergy] = [], problems: [StatedProblem] = [],
        labs: [StatedResult] = [], procedures: [StatedEvent] = [], vaccines: [StatedEvent] = [],
        notSupplied: Set<RecordSection> = [], recordFile: String? = nil
    ) {
        self.today = today
        self.born = born
        self.sex = sex
        self.isPregnant = isPregnant
        self.weight = weight
        self.height = height
        self.settings = settings
        self.taking = taking
        self.ordering = ordering
        self.allergies = allergies
        self.problems = problems
        self.labs = labs
        self.procedures = procedures
        self.vaccines = vaccines
        self.notSupplied = notSupplied
        self.recordFile = recordFile
    }
}

/// A name of the knowledge base, with the code that stands for it in a record.
public struct StatedName: Sendable, Hashable {
    public let name: String
    public let coding: Coding

    public init(name: String, coding: Coding) {
        self.name = name
        self.coding = coding
    }
}

/// Something done or given, and when.
public struct StatedEvent: Sendable, Hashable {
    public let what: StatedName
    public let date: PartialDate?

    public init(what: StatedName, date: PartialDate?) {
        self.what = what
        self.date = date
    }
}

/// A disease of a relative.
public struct StatedRelative: Sendable, Hashable {
    public let disease: StatedName
    /// The code of the relationship, of HL7's RoleCode; nothing where it is not told.
    public let relationship: Coding?
    /// At what age it began, in years.
    public let onsetAge: Int?

    public init(disease: StatedName, relationship: Coding? = nil, onsetAge: Int? = nil) {
        self.disease = disease
        self.relationship = relationship
        self.onsetAge = onsetAge
    }
}

/// A result of a lab or a vital sign.
public struct StatedResult: Sendable, Hashable {
    public let what: StatedName
    public let value: Quantity
    public let date: PartialDate

    public init(what: StatedName, value: Quantity, date: PartialDate) {
        self.what = what
        self.value = value
        self.date = date
    }
}

/// A problem on the list, and how it stands.
public struct StatedProblem: Sendable, Hashable {
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case active
        case resolved
        case suspected
        case refuted
    }

    public let what: Stated<StatedName>
    public let onset: PartialDate?
    public let standing: Standing
    /// When it was resolved, where that is told.
    public let ended: PartialDate?

    public init(what: Stated<StatedName>, onset: PartialDate?, standing: Standing = .active, ended: PartialDate? = nil) {
        self.what = what
        self.onset = onset
        self.standing = standing
        self.ended = ended
    }
}

/// A thing that a record names by a code, or in words only.
public enum Stated<Thing: Sendable & Hashable>: Sendable, Hashable {
    case coded(Thing)
    case uncoded(String)
}

/// What the patient does not tolerate, and what happened.
public struct StatedAllergy: Sendable, Hashable {
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case active
        case resolved
        case refuted
    }

    /// The substance as a record would state it.
    public let substance: CodeableConcept
    public let reactions: [StatedName]
    public let standing: Standing
    public let recorded: PartialDate?
    /// True where the record says that a reaction would endanger life.
    public let isSevere: Bool
    /// True where the record calls it an intolerance.
    public let isIntolerance: Bool

    public init(
        substance: CodeableConcept, reactions: [StatedName] = [], standing: Standing = .active, recorded: PartialDate? = nil,
        isSevere: Bool = false, isIntolerance: Bool = false
    ) {
        self.substance = substance
        self.reactions = reactions
        self.standing = standing
        self.recorded = recorded
        self.isSevere = isSevere
        self.isIntolerance = isIntolerance
    }
}
