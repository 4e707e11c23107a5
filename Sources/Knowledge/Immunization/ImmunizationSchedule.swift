/// When whom to vaccinate with what, after the tables that the CDC publishes for ACIP's recommendations.
///
/// Nothing here knows a patient; `Immunization` evaluates a history against it.
///
/// - Source: CDC, CDSi supporting data; each row of `Knowledge/cdsi_*.csv` names its version.
public struct ImmunizationSchedule: Sendable {
    /// What is forecast as one: `MMR` for measles, mumps and rubella.
    public let groups: [VaccineGroup]
    public let antigens: [AntigenSchedule]
    /// Titles of the observations that make a series relevant or contraindicated, by code.
    public let observationTitles: [String: String]
    let targetsByVaccine: [String: [VaccineTarget]]
    let conflictsByVaccine: [String: [VaccineConflict]]

    init(
        groups: [VaccineGroup], antigens: [AntigenSchedule], observationTitles: [String: String],
        targetsByVaccine: [String: [VaccineTarget]], conflictsByVaccine: [String: [VaccineConflict]]
    ) {
        self.groups = groups
        self.antigens = antigens
        self.observationTitles = observationTitles
        self.targetsByVaccine = targetsByVaccine
        self.conflictsByVaccine = conflictsByVaccine
    }

    /// False where no table of a schedule was loaded.
    public var isEmpty: Bool { groups.isEmpty }

    /// The antigens that a vaccine holds, by CVX code; empty for a vaccine that the schedule does not know.
    public func targets(of cvx: String) -> [VaccineTarget] { targetsByVaccine[cvx] ?? [] }

    /// Whether a vaccine holds an antigen of the group.
    public func isGiven(_ cvx: String, in group: VaccineGroup) -> Bool {
        targets(of: cvx).contains { group.antigens.contains($0.antigen) }
    }

    /// What must not have been given shortly before the vaccine.
    public func conflicts(with cvx: String) -> [VaccineConflict] { conflictsByVaccine[cvx] ?? [] }

    /// The group of a name or of another name of it, whatever its case.
    public func group(named name: String) -> VaccineGroup? {
        let key = name.lowercased()
        return groups.first { group in group.name.lowercased() == key || group.otherNames.contains { $0.lowercased() == key } }
    }
}

/// Antigens that are forecast together.
public struct VaccineGroup: Sendable, Hashable {
    public let name: String
    /// What others call it: `POL`, `Polio`.
    public let otherNames: [String]
    /// Indices of `ImmunizationSchedule.antigens`.
    public let antigens: [Int]
    /// One vaccine is given for all of them, and a dose counts once every antigen has had it: MMR, not DTaP.
    public let isGivenWhole: Bool
}

/// An antigen in a vaccine, and the ages at which giving the vaccine counts for it.
public struct VaccineTarget: Sendable, Hashable {
    public let antigen: Int
    public let beginAge: SchedulePeriod?
    public let endAge: SchedulePeriod?
}

/// A vaccine that another must follow at a distance: live virus after live virus.
///
/// - Source: CDSi, Live Virus Conflicts.
public struct VaccineConflict: Sendable, Hashable {
    public let previousVaccine: String
    public let begin: SchedulePeriod
    /// Where the previous dose was valid.
    public let minimumEnd: SchedulePeriod
    public let end: SchedulePeriod
}

/// What the schedule says of one antigen.
public final class AntigenSchedule: Sendable {
    public let name: String
    public let series: [AntigenSeries]
    public let contraindications: [VaccineContraindication]
    public let immunity: [ImmunityEvidence]

    init(
        name: String, series: [AntigenSeries], contraindications: [VaccineContraindication],
        immunity: [ImmunityEvidence]
    ) {
        self.name = name
        self.series = series
        self.contraindications = contraindications
        self.immunity = immunity
    }
}

/// An observation that forbids an antigen, or some of its vaccines.
public struct VaccineContraindication: Sendable, Hashable {
    public let observation: String
    /// The CVX codes that are forbidden; empty where all are.
    public let vaccines: [String]
    public let beginAge: SchedulePeriod?
    public let endAge: SchedulePeriod?
}

/// What proves immunity without vaccination: an observation, or a birth before some day.
public enum ImmunityEvidence: Sendable, Hashable {
    case observation(String)
    /// Born before `year-month-day` in the country, unless one of the observations is there.
    case bornBefore(BirthImmunity)
}
