/// One patient at one instant: everything the record said that a rule may read, and how much of the record was supplied.
///
/// A plain value. Codes stand as they were stated; resolving them to drugs and problems is the knowledge base's part.
public struct Snapshot: Sendable {
    public var patient: Patient
    /// What the hook is about: draft orders, in the order in which they came.
    public var orders: [Medication]
    /// What the record holds of medicines, current and past.
    public var medications: [Medication]
    /// Orders of tests, imaging and procedures: drafts and those on record.
    public var serviceRequests: [ServiceRequest]
    public var allergies: [AllergyIntolerance]
    public var conditions: [Condition]
    public var observations: [Observation]
    public var procedures: [Procedure]
    public var immunizations: [Immunization]
    public var encounters: [Encounter]
    public var familyHistory: [FamilyMemberHistory] = []
    /// The entries in the form in which measures count them; empty unless they were asked for.
    public var events: [RecordEvent] = []
    /// How much of each kind of resource was supplied; what is not listed was not.
    public var supplied: [RecordSection: Supply]
    /// Sections of which the principal source did not come, or not whole, although others did: whoever orders should know.
    public var lacking: Set<RecordSection> = []

    public init(
        patient: Patient = Patient(), orders: [Medication] = [], medications: [Medication] = [],
        serviceRequests: [ServiceRequest] = [], allergies: [AllergyIntolerance] = [], conditions: [Condition] = [],
        observations: [Observation] = [], procedures: [Procedure] = [], immunizations: [Immunization] = [],
        encounters: [Encounter] = [], supplied: [RecordSection: Supply] = [:]
    ) {
        self.patient = patient
        self.orders = orders
        self.medications = medications
        self.serviceRequests = serviceRequests
        self.allergies = allergies
        self.conditions = conditions
        self.observations = observations
        self.procedures = procedures
        self.immunizations = immunizations
        self.encounters = encounters
        self.supplied = supplied
    }

    /// How much of a section was supplied.
    public func supply(of section: RecordSection) -> Supply {
        supplied[section] ?? .notSupplied
    }
}

/// A part of the record that a sender supplies or does not.
public enum RecordSection: String, Sendable, Hashable, CaseIterable, Comparable {
    case patient
    case medications
    case allergies
    case conditions
    case observations
    case procedures
    case immunizations
    case encounters
    case familyHistory
    case serviceRequests
    case deviceRequests
    case diagnosticReports
    case tasks

    public static func < (left: RecordSection, right: RecordSection) -> Bool { left.rawValue < right.rawValue }

    /// The words for it in a sentence.
    public var words: String {
        switch self {
        case .patient: "patient data"
        case .medications: "current medications"
        case .allergies: "allergies"
        case .conditions: "problems"
        case .observations: "lab results and observations"
        case .procedures: "procedures"
        case .immunizations: "immunizations"
        case .encounters: "encounters"
        case .familyHistory: "diseases in the family"
        case .serviceRequests: "test orders"
        case .deviceRequests: "device orders"
        case .diagnosticReports: "diagnostic reports"
        case .tasks: "tasks"
        }
    }
}

/// How much of a section of the record was supplied.
///
/// Not supplied is not absent: a section that came without a match means *no*; one that did not come means *unknown*.
public enum Supply: Sendable, Hashable {
    /// All of it came; what is not there is not on record.
    case complete
    /// Some came: what is there counts, what is not there is unknown.
    case partial(why: String)
    /// Nothing came.
    case notSupplied
    /// It was asked for, and failed.
    case failed(why: String)
}

/// `Type/id` of the resource that a fact was read from.
public struct ResourceReference: Sendable, Hashable, CustomStringConvertible, Comparable {
    public let type: String
    public let id: String

    public init(type: String, id: String) {
        self.type = type
        self.id = id
    }

    public var description: String { "\(type)/\(id)" }

    /// By the id alone: entries of one record seldom share one.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }

    public static func < (left: ResourceReference, right: ResourceReference) -> Bool {
        (left.type, left.id) < (right.type, right.id)
    }
}
