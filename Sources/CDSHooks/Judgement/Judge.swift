import Clinical
import Engine

/// Asks the rules that fit a hook, and makes one evaluation of what they say.
struct Judge {
    /// What follows for a snapshot, by the rules of an occasion.
    let evaluate: (Snapshot, Occasion) -> Evaluation
    /// What tells the drug of an entry from others; `nil` where nobody knows it.
    let drug: (Medication) -> [Int]?

    /// What follows for the record of a call.
    func evaluation(of record: HookRecord, for hook: any Hook) -> Evaluation {
        switch hook.subject {
        case .drafts, .patient:
            return asked(hook, record.snapshot)
        case .dispatched:
            return asked(hook, record.snapshot).ofSigned(unfound: record.unfound)
        case .medicines:
            return Evaluation(joining: hook.occasions.map { occasion in
                occasion == .patientView ? evaluate(record.snapshot, occasion) : taken(record.snapshot, occasion).evaluation
            })
        case .recorded:
            return Evaluation(joining: hook.occasions.map { following(record, $0) })
        }
    }

    private func asked(_ hook: any Hook, _ snapshot: Snapshot) -> Evaluation {
        Evaluation(joining: hook.occasions.map { evaluate(snapshot, $0) })
    }

    private func taken(_ snapshot: Snapshot, _ occasion: Occasion) -> TakenMedicines {
        TakenMedicines(in: snapshot, drug: drug) { evaluate($0, occasion) }
    }

    /// What follows with the new entries and does not follow without them.
    ///
    /// Of what could not be checked, a prescriber is told what is new and what concerns the medicines: the rest was so before.
    private func following(_ record: HookRecord, _ occasion: Occasion) -> Evaluation {
        let after = taken(record.snapshot, occasion), before = taken(record.snapshot.without(record.recorded), occasion)
        let known = Set(before.evaluation.findings.map(FindingIdentity.init))
        let stated = Set(before.evaluation.notChecked.map { [$0.what, $0.why] })
        var statements = after.evaluation.notChecked.map { statement in
            let matters = !stated.contains([statement.what, statement.why]) || after.isAboutMedicine(statement)
            return matters ? statement : statement.forOperators
        }
        if record.recorded.isEmpty {
            statements.append(NotChecked(
                what: "what is being recorded", why: "it could not be read as this patient's", isForPrescriber: true))
        }
        return Evaluation(
            findings: after.evaluation.findings.filter { !known.contains(FindingIdentity($0)) }, notChecked: statements,
            rulesConsidered: after.evaluation.rulesConsidered, silenced: after.evaluation.silenced)
    }
}

extension Snapshot {
    /// The record as it was before these entries.
    fileprivate func without(_ references: Set<ResourceReference>) -> Snapshot {
        var before = self
        before.allergies.removeAll { references.contains($0.reference) }
        before.conditions.removeAll { references.contains($0.reference) }
        return before
    }
}
