public import Clinical
import Immunization
public import Knowledge

/// A snapshot made ready for the rules of one plan: drugs resolved, codes sorted into the sets that rules name.
///
/// Made once for each request and used by one evaluation only. What a rule does not ask for is not worked out.
public final class PatientRecord {
    let snapshot: Snapshot
    let plan: Plan
    let knowledge: KnowledgeBase
    let asOf: AsOf
    /// Told of every comparison with the instant.
    let horizon: Horizon
    /// Orders first, then what the record holds, each resolved.
    let entries: [MedicationEntry]
    /// What is given or was given, one for each ingredient of each entry that counts.
    let exposures: [Exposure]
    /// The numbers of the exposures in each drug set.
    let exposuresBySet: EntriesBySet

    /// Answers that are the same for every rule, kept once given.
    private(set) lazy var allergyEntries = resolveAllergies()
    private(set) lazy var conditionsBySet = sort(snapshot.conditions.lazy.map(\.code.orWords))
    private(set) lazy var observationsBySet = sort(snapshot.observations.lazy.map(\.code))
    private(set) lazy var proceduresBySet = sort(snapshot.procedures.lazy.map(\.code))
    private(set) lazy var immunizationsBySet = sort(snapshot.immunizations.lazy.map(\.vaccine))
    private(set) lazy var familyBySet = sort(snapshot.familyHistory.lazy.map(\.code.orWords))
    private(set) lazy var encounters = entryEncounters()
    /// Every ingredient that is ordered or taken now.
    private(set) lazy var presences = findPresences()
    var allPresences: [DrugPresence] { presences.all }
    /// The measures over this patient, for the calendar year of the instant.
    private lazy var measurePass = MeasurePass(
        plan: plan.measures, record: EventRecord(snapshot, sets: plan.measures.sets, horizon: horizon),
        period: MeasurementPeriod(yearOf: asOf.today))
    /// The vaccines that were given, or why they are not known.
    private(set) lazy var immunizationHistory = Result { () throws(HistoryProblem) in try ImmunizationHistory(snapshot, asOf: asOf) }
    /// What is due of each group of vaccines that was asked for, by its name.
    var vaccineForecasts: [String: VaccineGroupForecast] = [:]
    private var tablePairCache: [TablePair]?
    private var sharedResults: [FactResult?]
    private var resultsOfLabs: [LabID: [Int]] = [:]
    private var absences: [(section: RecordSection, truth: Truth)] = []

    init(_ snapshot: Snapshot, plan: Plan, knowledge: KnowledgeBase, asOf: AsOf, horizon: Horizon? = nil) {
        self.horizon = horizon ?? Horizon(asOf)
        self.snapshot = snapshot
        self.plan = plan
        self.knowledge = knowledge
        self.asOf = asOf
        sharedResults = Array(repeating: nil, count: plan.sharedFactCount)
        entries = MedicationEntry.all(in: snapshot, knowledge: knowledge)
        exposures = Exposure.all(of: entries)
        exposuresBySet = EntriesBySet(exposures, plan.drugSets)
    }

    /// The calendar day of the evaluation, for comparisons of which it is not told when they turn: they may with every day.
    var today: CivilDate {
        horizon.turnsTomorrow()
        return asOf.today
    }

    /// True where the record says that the patient died before the instant of the evaluation.
    var isDeceased: Bool { snapshot.patient.isDead(by: horizon) }

    /// Completed years since a day.
    func completedYears(from day: CivilDate) -> Int {
        let years = CivilDate.completedYears(from: day, to: asOf.today)
        horizon.turns(TimeSpan(amount: years &+ 1, unit: .years), after: day)
        return years
    }

    /// The encounter in which an entry of the record was made; an encounter is its own.
    func encounter(of reference: ResourceReference) -> ResourceReference? { encounters[reference] }

    private func entryEncounters() -> [ResourceReference: ResourceReference] {
        var encounters: [ResourceReference: ResourceReference] = [:]
        for encounter in snapshot.encounters { encounters[encounter.reference] = encounter.reference }
        for entry in snapshot.conditions { encounters[entry.reference] = entry.encounter }
        for entry in snapshot.observations { encounters[entry.reference] = entry.encounter }
        for entry in snapshot.procedures { encounters[entry.reference] = entry.encounter }
        for entry in snapshot.medications + snapshot.orders { encounters[entry.reference] = entry.encounter }
        return encounters
    }

    private func sort(_ concepts: some Collection<CodeableConcept>) -> EntriesBySet {
        EntriesBySet(concepts, plan.codeSets)
    }

    /// True where any coding of the concept is in the set.
    func concept(_ concept: CodeableConcept, isIn set: CodeSetID) -> Bool {
        var found = false
        for coding in concept.codings where !found {
            plan.codeSets.forEachSet(holding: coding) { if $0 == set { found = true } }
        }
        return found
    }

    /// True where some list of the plan holds one of its codes, or one of ICD-10-CM stands beside them, of which all are known.
    func isListed(_ concept: CodeableConcept) -> Bool {
        var isListed = false
        for coding in concept.codings where !isListed {
            if coding.system == .icd10CM { return true }
            plan.codeSets.forEachSet(holding: coding) { _ in isListed = true }
        }
        return isListed
    }

    /// A fact that is the same for every rule, worked out once.
    func result(of fact: SharedFactID, _ evaluate: () -> FactResult) -> FactResult {
        let place = Int(fact.index)
        guard sharedResults.indices.contains(place) else { return evaluate() }
        if let known = sharedResults[place] { return known }
        let result = evaluate()
        sharedResults[place] = result
        return result
    }

    /// Numbers of the observations that are results of a lab and stand, worked out once for each lab.
    func usableResults(of lab: LabID) -> [Int] {
        if let known = resultsOfLabs[lab] { return known }
        let usable = observationsBySet[lab.codes].filter { isUsable(snapshot.observations[$0]) }
        resultsOfLabs[lab] = usable
        return usable
    }

    /// The labs of which a rule asked for a result.
    var askedLabs: [LabID] { resultsOfLabs.keys.sorted { $0.index < $1.index } }

    /// What it means that a section has nothing of a kind: no where all of it came, else unknown; told once for each section.
    func absence(in section: RecordSection) -> Truth {
        if let known = absences.first(where: { $0.section == section }) { return known.truth }
        let truth = snapshot.supply(of: section).truthOfAbsence(section)
        absences.append((section, truth))
        return truth
    }

    /// What a measure says of the patient.
    func rates(of measure: Measure) -> [RateResult] { measurePass.rates(of: measure) }

    /// Pairs of the interaction table among the exposures, one of each ordered; worked out once.
    func tablePairs(routes: Set<RouteGroup>?) -> [TablePair] {
        let all = tablePairCache ?? TablePair.all(in: self)
        tablePairCache = all
        guard let routes else { return all }
        return all.filter { $0.first.isGiven(by: routes) && $0.second.isGiven(by: routes) }
    }
}

extension Patient {
    /// True where the record says that the patient died before the instant of an evaluation.
    func isDead(by horizon: Horizon) -> Bool {
        guard isDeceased || deathDate != nil else { return false }
        guard let date = deathDate else { return true }
        let day = date.days(in: horizon.asOf.zone).lowerBound
        horizon.turns(on: day)
        return day <= horizon.asOf.today
    }
}
