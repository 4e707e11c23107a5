public import Clinical
public import Knowledge

/// A named value that a rule reads.
public final class PlannedFact: Sendable {
    /// The author's name for it; for a test written in place, words for it.
    public let name: String
    public let definition: FactDefinition
    /// The author's words for when it is not known.
    public let missing: String?
    /// Its number among the facts that are the same for every rule; nothing where it hangs on who meets, or on other facts.
    let shared: SharedFactID?

    public init(name: String, definition: FactDefinition, missing: String? = nil, shared: SharedFactID? = nil) {
        self.name = name
        self.definition = definition
        self.missing = missing
        self.shared = shared
    }
}

/// Where a fact comes from.
public indirect enum FactDefinition: Sendable, Hashable {
    case lab(LabQuery)
    /// The first that is known.
    case firstKnown([FactDefinition])
    case taking(DrugSelector, EntryQuery.Pick)
    case ordering(DrugSelector)
    /// A problem that is active, or was ever; a window asks when it began.
    case has(CodeSetID, ever: Bool, EntryQuery)
    case done(CodeSetID, EntryQuery)
    case vaccine(CodeSetID, EntryQuery)
    /// A disease of a relative.
    case familyHistory(FamilyQuery)
    case allergicTo(DrugSetID)
    /// An encounter that goes on now; with a window also one that has ended.
    case setting(CodeSetID, EntryQuery)
    case countOf(RoleID)
    /// On how many days the entries that count for another fact lie.
    case occurrences(FactID)
    case timeSince(FactID)
    case calculate(Calculation)
    case share(DrugRelation, RoleID, RoleID)
    case criterion(Criterion)
    case age
    case sex
    case pregnant(PregnancyCodes)
    case route(RoleID)
    /// The dose form, in words.
    case form(RoleID)
    case dose(DoseQuery)
    /// Whether any dose is told, even one that cannot be worked out.
    case doseTold(RoleID)
    case dosesPerDay(RoleID)
    /// How long it is to be taken.
    case duration(RoleID)
    case asNeeded(RoleID)
    case started(RoleID)
    case reaction(RoleID)
    /// Whether an allergy was severe, or may be next time.
    case severe(RoleID)
    /// Whether the record calls it an intolerance, not an allergy.
    case intolerance(RoleID)
    /// A number of the dosage as tables of limits mean it.
    case measuredDose(RoleID, DoseMeasure)
    case genotype(GeneQuery)
    case testsDue([TestNeed], of: RoleID)
    case orderingTest(CodeSetID)
    /// Whether no dose of any of these groups of vaccines is due.
    case upToDate([VaccineGroup], by: DueMark)
}

/// From when on a dose counts as due.
public enum DueMark: String, Sendable, Hashable, CaseIterable {
    /// From the day on which it is recommended.
    case recommended
    /// From the day after the latest on which it should have been given.
    case pastDue = "past-due"
}

extension FactDefinition {
    /// True where it hangs on the record alone: neither on who fills a role nor on another fact.
    var isOfRecordAlone: Bool {
        switch self {
        case .lab(let query): query.entries.parts.isEmpty
        case .firstKnown(let definitions): definitions.allSatisfy(\.isOfRecordAlone)
        case .has(_, _, let query), .done(_, let query), .vaccine(_, let query), .setting(_, let query): query.parts.isEmpty
        case .calculate(let calculation):
            !calculation.equation.isOverDrugs && calculation.results.allSatisfy(\.entries.parts.isEmpty)
        case .taking, .ordering, .familyHistory, .allergicTo, .age, .sex, .pregnant, .genotype, .orderingTest, .upToDate: true
        default: false
        }
    }
}

extension Calculation {
    /// Every result that it takes, those that make the weight included.
    fileprivate var results: [LabQuery] {
        inputs + (weight.map { [$0.weight] + ($0.height.map { [$0] } ?? []) } ?? [])
    }
}

/// How a record says that a patient is pregnant or is not.
public struct PregnancyCodes: Sendable, Hashable {
    /// Problems that mean pregnancy.
    public let problems: CodeSetID
    /// Observations that ask for it.
    public let status: CodeSetID
    /// Answers that mean yes, and those that mean no.
    public let pregnant: CodeSetID
    public let notPregnant: CodeSetID
    /// How long it stays good that somebody is pregnant.
    public let shelfLife: TimeSpan
    /// How long it stays good that somebody is not: shorter, for that changes without anybody recording it.
    public let negativeShelfLife: TimeSpan
    /// Years of age at which a record that says nothing leaves it open; before and after, nobody is pregnant of whom it is not recorded.
    ///
    /// - Source: CMS, Definitions of Medicare Code Edits, age conflict: maternity diagnoses (age 9 through 64).
    public let ages: ClosedRange<Int>

    public init(
        problems: CodeSetID, status: CodeSetID, pregnant: CodeSetID, notPregnant: CodeSetID, shelfLife: TimeSpan,
        negativeShelfLife: TimeSpan = TimeSpan(amount: 30, unit: .days), ages: ClosedRange<Int> = 9...64
    ) {
        self.ages = ages
        self.negativeShelfLife = negativeShelfLife
        self.problems = problems
        self.status = status
        self.pregnant = pregnant
        self.notPregnant = notPregnant
        self.shelfLife = shelfLife
    }
}
