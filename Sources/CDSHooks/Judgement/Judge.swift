import Clinical
import Engine
import Knowledge

/// Asks the rules that fit a hook, and makes one evaluation of what they say.
struct Judge {
    /// The instant at which the record is looked at.
    let asOf: AsOf
    /// What follows for a snapshot, by the rules of an occasion, at an instant.
    let evaluateAt: (Snapshot, Occasion, AsOf) -> Evaluation
    /// What tells the drug of an entry from others; `nil` where nobody knows it.
    let drug: (Medication) -> [Int]?

    /// What follows for the record of a call.
    func evaluation(of record: HookRecord, for hook: any Hook) -> Evaluation {
        switch hook.subject {
        case .drafts:
            return renewed(asked(hook, record.snapshot), record.snapshot, hook)
        case .patient:
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

    private func evaluate(_ snapshot: Snapshot, _ occasion: Occasion) -> Evaluation { evaluateAt(snapshot, occasion, asOf) }

    private func asked(_ hook: any Hook, _ snapshot: Snapshot) -> Evaluation {
        Evaluation(joining: hook.occasions.map { evaluate(snapshot, $0) })
    }

    /// The evaluation with those findings marked that would have been the same when their drugs were last ordered.
    ///
    /// Only meetings of drugs, or of drug and allergy: those are what a patient can be seen to tolerate. What is contraindicated is
    /// never marked, and a dose, a kidney or a pregnancy is looked at anew each time.
    private func renewed(_ evaluation: Evaluation, _ snapshot: Snapshot, _ hook: any Hook) -> Evaluation {
        var isChanged = false
        let findings = evaluation.findings.map { finding in
            guard finding.severity == .major, finding.participants.count > 1,
                let renewal = Renewal(of: finding.orders, in: snapshot, asOf: asOf, drug: drug)
            else { return finding }
            let identity = FindingIdentity(finding)
            let stood = renewal.records(of: snapshot).allSatisfy { past in
                hook.occasions.contains { evaluateAt(past, $0, renewal.then).findings.contains { FindingIdentity($0) == identity } }
            }
            if stood { isChanged = true }
            return stood ? finding.standing(since: renewal.day) : finding
        }
        guard isChanged else { return evaluation }
        return Evaluation(
            findings: findings, notChecked: evaluation.notChecked, rulesConsidered: evaluation.rulesConsidered,
            silenced: evaluation.silenced)
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
