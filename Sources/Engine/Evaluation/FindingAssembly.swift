import Clinical
import Knowledge

extension RuleContext {
    /// The finding of a row that fired.
    func finding(of grade: PlannedGrade, unknown: [FactID]) -> Finding {
        finding(
            card: grade.card, grade: grade.name, severity: grade.severity ?? match.interaction?.severity ?? .moderate,
            unknown: unknownFacts(unknown), gap: nil, evidence: grade.evidence)
    }

    func finding(
        card: CardText, grade: String, severity: Severity, unknown: [UnknownFact], gap: GapState?,
        evidence: [Evidence] = []
    ) -> Finding {
        let suggestions = card.suggestions.compactMap(suggestion)
        return Finding(
            rule: heading(with: evidence), grade: grade, severity: severity, summary: render(card.summary, gap: gap),
            detail: render(card.detail, gap: gap), elements: elements(card), participants: participants,
            orders: draftOrders, suggestions: suggestions,
            overrideReasons: card.overrideReasons, unknown: unknown, facts: factValues, gap: gap, key: key)
    }

    /// The rule's heading; for a pair of the table with the sources of that pair in place of the rule's.
    private func heading(with own: [Evidence]) -> RuleHeading {
        var evidence = own
        if let interaction = match.interaction {
            evidence = [
                Evidence(
                    cite: "\(interaction.sources) (\(interaction.id))",
                    grade: interaction.evidence.isEmpty ? nil : interaction.evidence)
            ] + dissent(from: interaction)
        }
        guard !evidence.isEmpty else { return rule.heading }
        return RuleHeading(
            id: rule.heading.id, version: rule.heading.version, title: rule.heading.title, kind: rule.heading.kind,
            evidence: evidence, approvedBy: rule.heading.approvedBy, category: rule.heading.category)
    }

    /// Sources that give the pair another severity: a conflict is shown, never averaged.
    private func dissent(from speaker: Interaction) -> [Evidence] {
        guard let (one, other) = pair else { return [] }
        return record.knowledge.interactionOpinions(one, other).filter { $0.severity != speaker.severity }.map {
            Evidence(cite: "\($0.sources) (\($0.id)) says \($0.severity.rawValue)")
        }
    }

    /// What the author wrote of the seven elements, and where nothing was written what the table says of the pair.
    private func elements(_ card: CardText) -> AlertElements {
        let table = match.interaction ?? tableInteraction
        func text(_ template: TextTemplate?, _ fallback: String?) -> String? {
            let words = template.map { render($0) } ?? fallback ?? ""
            return words.isEmpty ? nil : words
        }
        return AlertElements(
            consequence: text(card.consequence, table?.effect), mechanism: text(card.mechanism, table?.mechanism),
            management: text(card.management, table?.management))
    }

    private var tableInteraction: Interaction? {
        pair.flatMap { record.knowledge.interaction($0, $1) }
    }

    private var pair: (IngredientID, IngredientID)? {
        guard match.roles.count == 2, let one = drugs(in: RoleID(index: 0)).first,
            let other = drugs(in: RoleID(index: 1)).first
        else { return nil }
        return (one.ingredient, other.ingredient)
    }

    /// Who takes part: each role of the rule and what fills it, in the rule's order.
    func makeParticipants() -> [Participant] {
        var participants: [Participant] = []
        for (index, name) in rule.roleNames.enumerated() {
            let role = RoleID(index: index)
            for drug in drugs(in: role) {
                participants.append(Participant(
                    role: name, name: drug.name, writtenAs: drug.otherName, isOrdered: drug.isOrdered,
                    reference: drug.entry?.medication.reference, rxcui: drug.rxcui, origins: unique(drug.taken.map { MedicationOrigin($0.medication) })))
            }
            for allergy in allergies(in: role) {
                participants.append(Participant(
                    role: name, name: allergy.name, isOrdered: false, reference: allergy.entry.allergy.reference, rxcui: allergy.rxcui))
            }
            for entry in vaccines(in: role) {
                participants.append(Participant(
                    role: name, name: entry.vaccineName, isOrdered: true, reference: entry.medication.reference, rxcui: nil))
            }
        }
        return participants
    }

    /// The draft orders that the meeting is about.
    private var draftOrders: [ResourceReference] {
        var orders = orderedDrugs.flatMap { $0.orders.map(\.medication.reference) }
        for index in match.roles.indices { orders += vaccines(in: RoleID(index: index)).map(\.medication.reference) }
        orders += match.orders
        return unique(orders)
    }

    /// The named facts that were asked for, in words; those a criterion is made of stand inside it.
    private var factValues: [FactValue] {
        asked.compactMap { fact in
            let planned = rule.facts[fact.index]
            let result = result(of: fact)
            guard result.unknownReason == nil else { return nil }
            let date = result.date.map { " (\($0))" } ?? ""
            return FactValue(name: planned.name, text: words(for: fact) + dateSuffix(planned, date), references: result.references)
        }
    }

    private func dateSuffix(_ fact: PlannedFact, _ date: String) -> String {
        switch fact.definition {
        case .lab, .firstKnown, .calculate, .has, .done, .vaccine: date
        default: ""
        }
    }

    /// Names the meeting: the rule, and the codes of what fills its roles.
    var key: String {
        var key = rule.heading.id
        if let row = rule.row { key += ";row=\(row)" }
        for participant in participants {
            key += ";" + participant.role + "="
            key += participant.rxcui.map(String.init) ?? participant.reference?.description ?? participant.name
        }
        if match.roles.isEmpty {
            for order in match.orders { key += ";" + order.description }
        }
        return key
    }

    // MARK: Suggestions

    private func suggestion(_ planned: PlannedSuggestion) -> SuggestedChange? {
        if let condition = planned.onlyIf, truth(of: condition) != .yes { return nil }
        let actions = planned.actions.flatMap(changes)
        return actions.isEmpty ? nil : SuggestedChange(label: render(planned.label), actions: actions)
    }

    private func changes(_ action: PlannedSuggestion.Action) -> [SuggestedChange.Action] {
        switch action {
        case .stop(let role): drugs(in: role).flatMap(stop)
            + vaccines(in: role).map { .removeDraft($0.medication.reference, name: $0.vaccineName) }
        case .stopOrdered: orderedDrugs.flatMap(stop)
        case .prescribe(let prescription): [.prescribe(prescription)]
        case .change(let role, let dose, let instructions):
            drugs(in: role).flatMap { drug in
                drug.orders.map {
                    .change($0.medication.reference, name: drug.name, dose: dose, instructions: instructions)
                }
            }
        case .order(let orderable, let dueIn): [.order(orderable, dueIn: dueIn)]
        case .immunize(let name, let coding): [.immunize(name: name, coding: coding)]
        }
    }

    /// An ordered drug is stopped by taking its drafts away; one that is only taken, by ending it.
    private func stop(_ drug: DrugPresence) -> [SuggestedChange.Action] {
        if drug.isOrdered { return drug.orders.map { .removeDraft($0.medication.reference, name: drug.name) } }
        return drug.taken.filter { $0.medication.source == .request && $0.medication.use == .current }
            .map { .stopCurrent($0.medication.reference, name: drug.name) }
    }
}
