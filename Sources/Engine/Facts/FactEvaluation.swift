import Clinical
import Knowledge

extension RuleContext {
    /// What a definition comes to for this match; see `result(of:)` for the kept value.
    func evaluate(_ definition: FactDefinition) -> FactResult {
        switch definition {
        case .lab(let query): record.result(of: query)
        case .firstKnown(let definitions): firstKnown(definitions)
        case .taking(let selector): record.taking(selector)
        case .ordering(let selector): record.ordering(selector)
        case .has(let set, let ever): record.has(set, ever: ever)
        case .done(let set, let span): record.done(set, within: span)
        case .vaccine(let set, let span): record.vaccine(set, within: span)
        case .allergicTo(let set): record.allergic(to: set)
        case .setting(let set): record.setting(set)
        case .countOf(let role): FactResult(.count(drugs(in: role).count), names: drugs(in: role).map(\.name))
        case .timeSince(let fact): timeSince(fact)
        case .calculate(let calculation): record.result(of: calculation)
        case .share(let relation, let one, let other): share(relation, one, other)
        case .criterion(let criterion): FactResult.truth(truth(of: criterion))
        case .age: record.age()
        case .sex: record.sex()
        case .pregnant(let codes): record.pregnant(codes)
        case .route(let role): route(of: role)
        case .dailyDose(let role): dailyDose(of: role)
        case .started(let role): started(role)
        case .reaction(let role): reaction(to: role)
        }
    }

    private func firstKnown(_ definitions: [FactDefinition]) -> FactResult {
        var first: FactResult?
        for definition in definitions {
            let result = evaluate(definition)
            if result.unknownReason == nil { return result }
            first = first ?? result
        }
        return first ?? .unknown(.notRecorded, "not recorded")
    }

    private func timeSince(_ fact: FactID) -> FactResult {
        let source = result(of: fact)
        if let reason = source.unknownReason { return FactResult(.unknown(reason)) }
        guard let date = source.date else { return .unknown(.notRecorded, "it has no date") }
        return FactResult(.since(date.days(in: record.asOf.zone), isAge: false), date: date, references: source.references)
    }

    /// Whether what fills one role is of one group with what fills the other.
    private func share(_ relation: DrugRelation, _ one: RoleID, _ other: RoleID) -> FactResult {
        let left = ingredients(in: one)
        let right = ingredients(in: other)
        var answers: [Truth] = []
        for first in left {
            for second in right { answers.append(relation.share(first, second)) }
        }
        if answers.isEmpty { return .unknown(.notRecorded, "the record does not say which drug it was") }
        if answers.allSatisfy(\.isYes) { return .truth(.yes) }
        if answers.allSatisfy(\.isNo) { return .truth(.no) }
        if let reason = answers.lazy.compactMap(\.reason).first, answers.count == 1 { return FactResult(.unknown(reason)) }
        return .unknown(.imprecise, "the record names a group of drugs, some of which do")
    }

    private func route(of role: RoleID) -> FactResult {
        let entries = drugs(in: role).flatMap { $0.orders + $0.taken }
        let routes = entries.map(\.route)
        guard !entries.isEmpty, !routes.contains(nil) else { return .unknown(.notRecorded, "the route is not stated") }
        return FactResult(.routes(Set(routes.compactMap(\.self))), references: unique(entries.map(\.medication.reference)))
    }

    /// Of what is ordered all orders together, else of what is taken.
    private func dailyDose(of role: RoleID) -> FactResult {
        let drugs = drugs(in: role)
        guard let drug = drugs.first else { return .unknown(.notRecorded, "the dose is not stated") }
        guard drugs.count == 1 else { return .unknown(.notComputable, "several drugs have no dose in common") }
        let entries = drug.isOrdered ? drug.orders : drug.taken
        switch DailyDose.of(entries, ingredient: drug.ingredient, isOrdered: drug.isOrdered) {
        case .success(let dose):
            return FactResult(
                .quantity(low: dose.low, high: dose.high, analyte: nil), references: entries.map(\.medication.reference))
        case .failure(let reason):
            return FactResult(.unknown(reason))
        }
    }

    private func started(_ role: RoleID) -> FactResult {
        let entries = drugs(in: role).flatMap { $0.taken + $0.orders }
        guard let entry = entries.first(where: { $0.medication.started != nil || $0.medication.authored != nil }),
            let date = entry.medication.started ?? entry.medication.authored
        else { return .unknown(.notRecorded, "the start is not recorded") }
        return FactResult(
            .since(date.days(in: record.asOf.zone), isAge: false), date: date, references: [entry.medication.reference])
    }

    private func reaction(to role: RoleID) -> FactResult {
        guard let allergy = allergies(in: role).first?.entry.allergy else {
            return .unknown(.notRecorded, "no reaction is recorded")
        }
        let manifestations = allergy.reactions.flatMap(\.manifestations)
        if manifestations.isEmpty { return .unknown(.notRecorded, "no reaction is recorded") }
        if manifestations.allSatisfy(\.isUncoded) { return .unknown(.uncoded, "the reaction is recorded in words only") }
        return FactResult(.reactions(manifestations), references: [allergy.reference])
    }
}

extension Truth {
    /// Why it is unknown; nothing where it is not.
    var reason: UnknownReason? {
        if case .unknown(let reason) = self { reason } else { nil }
    }
}
