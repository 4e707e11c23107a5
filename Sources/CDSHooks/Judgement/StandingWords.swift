import Clinical
import Engine
import Knowledge

extension Evaluation {
    /// The evaluation told of medicines that are taken: no finding and no statement says that one was ordered.
    func ofTaken(_ taken: Set<ResourceReference>) -> Evaluation {
        Evaluation(
            findings: findings.map(\.ofTaken),
            notChecked: notChecked.map { $0.ofTaken(taken) }, rulesConsidered: rulesConsidered, silenced: silenced)
    }

    /// The evaluation told of orders that were signed before: there is no draft to take away, only an order to be stopped.
    func ofSigned(unfound: [ResourceReference]) -> Evaluation {
        let statements = unfound.map { reference in
            NotChecked(
                what: "the dispatched order \(reference)", why: "it was not among the prescriptions that came", isForPrescriber: true,
                about: reference)
        }
        return Evaluation(
            findings: findings.map { $0.with(suggestions: $0.suggestions.map(\.ofStanding)) }, notChecked: notChecked + statements,
            rulesConsidered: rulesConsidered, silenced: silenced)
    }
}

extension NotChecked {
    /// The engine calls what it was asked about an order.
    fileprivate func ofTaken(_ taken: Set<ResourceReference>) -> NotChecked {
        let ordered = "ordered medication"
        guard let about, taken.contains(about), what.hasPrefix(ordered) else { return self }
        return NotChecked(
            what: "current medication\(what.dropFirst(ordered.count))", why: why, rules: rules, isForPrescriber: isForPrescriber,
            about: about)
    }
}

extension Finding {
    /// Authors write for the moment of ordering. Where their words speak of it, plainer ones take their place; the drugs, the
    /// facts and the evidence are told as ever.
    fileprivate var ofTaken: Finding {
        let heading = RuleHeading(
            id: rule.id, version: rule.version, title: Wording.speaksOfOrdering(rule.title) ? "Medicines on record" : rule.title,
            kind: rule.kind, evidence: rule.evidence, approvedBy: rule.approvedBy)
        func kept(_ text: String?) -> String? { text.flatMap { Wording.saysOrdered($0) ? nil : $0 } }
        let lines = detail.split(separator: "\n", omittingEmptySubsequences: false).filter { !Wording.saysOrdered(String($0)) }
        return Finding(
            rule: heading, grade: grade, severity: severity,
            summary: Wording.speaksOfOrdering(summary) || Wording.speaksOfStarting(summary) ? plainSummary(heading.title) : summary,
            detail: lines.joined(separator: "\n"),
            elements: AlertElements(
                consequence: kept(elements.consequence), mechanism: kept(elements.mechanism), management: kept(elements.management)),
            participants: participants.map {
                Participant(role: $0.role, name: $0.name, isOrdered: false, reference: $0.reference, rxcui: $0.rxcui)
            },
            orders: [], suggestions: suggestions.map(\.ofStanding), overrideReasons: overrideReasons, unknown: unknown, facts: facts,
            gap: gap, key: key)
    }

    /// Who meets, without a word of an order.
    private func plainSummary(_ title: String) -> String {
        let allergies = participants.filter { $0.reference?.type == "AllergyIntolerance" }.map(\.name).unique
        let drugs = participants.filter { $0.reference?.type != "AllergyIntolerance" }.map(\.name).unique.joined(separator: ", ")
        guard !drugs.isEmpty else { return title }
        return allergies.isEmpty
            ? "\(drugs) on the medication list: \(title)"
            : "Allergy to \(allergies.joined(separator: ", ")), and \(drugs) on the medication list"
    }

    fileprivate func with(suggestions: [SuggestedChange]) -> Finding {
        Finding(
            rule: rule, grade: grade, severity: severity, summary: summary, detail: detail, elements: elements,
            participants: participants, orders: orders, suggestions: suggestions, overrideReasons: overrideReasons, unknown: unknown,
            facts: facts, gap: gap, key: key, standsSince: standsSince)
    }
}

extension SuggestedChange {
    /// The change of something that is on record: where a draft would be taken away, the prescription is stopped.
    fileprivate var ofStanding: SuggestedChange {
        let stopped = actions.compactMap { action in
            if case .removeDraft(_, let name) = action { name } else { nil as String? }
        }
        guard !stopped.isEmpty else { return self }
        let changed = actions.map { action in
            if case .removeDraft(let reference, let name) = action { Action.stopCurrent(reference, name: name) } else { action }
        }
        let isOnlyStop = stopped.count == actions.count
        let needsWords = isOnlyStop || Wording.speaksOfOrdering(label) || Wording.speaksOfStarting(label)
        return SuggestedChange(label: needsWords ? "Stop \(stopped.unique.joined(separator: " and "))" : label, actions: changed)
    }
}

/// Words that only fit the moment of ordering.
private enum Wording {
    private static let ordered: Set<Substring> = ["ordered", "ordering", "reordered"]
    private static let ordering = ordered.union(["order", "orders", "reorder"])
    private static let starting: Set<Substring> = [
        "start", "starting", "started", "add", "adding", "added", "prescribe", "prescribing", "prescribed", "new",
    ]

    /// True where something is said to have been ordered; advice to order a test is none of that.
    static func saysOrdered(_ text: String) -> Bool { contains(ordered, text) }
    static func speaksOfOrdering(_ text: String) -> Bool { contains(ordering, text) }
    static func speaksOfStarting(_ text: String) -> Bool { contains(starting, text) }

    private static func contains(_ words: Set<Substring>, _ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter }.contains(where: words.contains)
    }
}
