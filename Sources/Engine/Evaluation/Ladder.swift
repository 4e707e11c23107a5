import Clinical
import Knowledge

/// Where the walk down a ladder ended.
struct LadderOutcome {
    /// The row that decided; nothing where none did.
    let grade: PlannedGrade?
    /// Facts for which a row that was passed could not be decided.
    let unknown: [FactID]
}

extension RuleContext {
    /// Walks the ladder: the first row that is true decides. A row that is unknown is passed, and remembered.
    func walk(_ grades: [PlannedGrade]) -> LadderOutcome {
        var unknown: [FactID] = []
        for grade in grades {
            guard let when = grade.when else { return LadderOutcome(grade: grade, unknown: unique(unknown)) }
            switch truth(of: when) {
            case .yes: return LadderOutcome(grade: grade, unknown: unique(unknown))
            case .no: continue
            case .unknown: unknown += unknownFacts(in: when)
            }
        }
        return LadderOutcome(grade: nil, unknown: unique(unknown))
    }

    /// The facts of a list as the card tells them.
    func unknownFacts(_ facts: [FactID]) -> [UnknownFact] {
        facts.compactMap { fact in
            let planned = rule.facts[fact.index]
            let reason = result(of: fact).unknownReason ?? UnknownReason(.imprecise, "it could not be compared")
            return UnknownFact(name: planned.name, reason: reason, missing: planned.missing)
        }
    }
}
