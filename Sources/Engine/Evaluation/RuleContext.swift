import Clinical
import Knowledge

/// One rule over one meeting in one patient: facts are worked out when they are first asked for, and kept.
final class RuleContext {
    let rule: PlannedRule
    let match: Match
    let record: PatientRecord
    private var results: [FactResult?]
    /// Facts in the order in which they were first asked for.
    private(set) var asked: [FactID] = []
    /// Who meets, in the order of the roles.
    private(set) lazy var participants = makeParticipants()
    /// What a statement about this meeting is about, in words: its drugs, or the rule's title.
    private(set) lazy var subject = makeSubject()
    /// Every ordered drug of the meeting, in the order of the roles.
    private(set) lazy var orderedDrugs = drugsByRole.flatMap { $0.filter(\.isOrdered) }
    private lazy var drugsByRole = match.roles.map { fillers in
        fillers.compactMap { if case .drug(let drug) = $0 { drug } else { nil } }
    }

    init(_ rule: PlannedRule, _ match: Match, _ record: PatientRecord) {
        self.rule = rule
        self.match = match
        self.record = record
        results = Array(repeating: nil, count: rule.facts.count)
    }

    func result(of fact: FactID) -> FactResult {
        if let known = results[fact.index] { return known }
        if asked.isEmpty { asked.reserveCapacity(min(rule.facts.count, 8)) }
        asked.append(fact)
        let planned = rule.facts[fact.index]
        let result =
            if let shared = planned.shared {
                record.result(of: shared) { evaluate(planned.definition) }
            } else {
                evaluate(planned.definition)
            }
        results[fact.index] = result
        return result
    }

    // MARK: Who fills a role

    func drugs(in role: RoleID) -> [DrugPresence] {
        role.index < match.roles.count ? drugsByRole[role.index] : []
    }

    func allergies(in role: RoleID) -> [AllergyMatch] {
        guard role.index < match.roles.count else { return [] }
        return match.roles[role.index].compactMap { if case .allergy(let allergy) = $0 { allergy } else { nil } }
    }

    func vaccines(in role: RoleID) -> [MedicationEntry] {
        guard role.index < match.roles.count else { return [] }
        return match.roles[role.index].compactMap { if case .vaccine(let entry) = $0 { entry } else { nil } }
    }

    func ingredients(in role: RoleID) -> [IngredientID] {
        drugs(in: role).map(\.ingredient) + allergies(in: role).flatMap(\.entry.ingredients)
    }

    func names(in role: RoleID) -> [String] {
        let drugs = drugs(in: role).map(\.name)
        guard role.index < match.roles.count, drugs.count < match.roles[role.index].count else { return drugs }
        return drugs + allergies(in: role).map(\.name) + vaccines(in: role).map(\.vaccineName)
    }

    // MARK: Three values

    func truth(of criterion: Criterion) -> Truth {
        switch criterion {
        case .all(let parts): fold(parts, identity: .yes, stop: .no) { $0.and($1) }
        case .any(let parts): fold(parts, identity: .no, stop: .yes) { $0.or($1) }
        case .none(let parts): fold(parts, identity: .no, stop: .yes) { $0.or($1) }.not
        case .test(let fact, let test): truth(of: test, on: result(of: fact))
        }
    }

    private func fold(
        _ parts: [Criterion], identity: Truth, stop: Truth, _ combine: (Truth, Truth) -> Truth
    ) -> Truth {
        var truth = identity
        for part in parts {
            truth = combine(truth, self.truth(of: part))
            if truth == stop { return truth }
        }
        return truth
    }

    /// The facts within a criterion that are unknown, by number, in their order.
    func unknownFacts(in criterion: Criterion) -> [FactID] {
        var facts: [FactID] = []
        addUnknownFacts(in: criterion, to: &facts)
        return facts
    }

    private func addUnknownFacts(in criterion: Criterion, to facts: inout [FactID]) {
        switch criterion {
        case .all(let parts), .any(let parts), .none(let parts):
            for part in parts { addUnknownFacts(in: part, to: &facts) }
        case .test(let fact, let test):
            if !facts.contains(fact), truth(of: test, on: result(of: fact)).isUnknown { facts.append(fact) }
        }
    }
}
