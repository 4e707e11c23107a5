import Clinical
import Knowledge

extension RuleContext {
    /// What a definition comes to for this match; see `result(of:)` for the kept value.
    func evaluate(_ definition: FactDefinition) -> FactResult {
        switch definition {
        case .lab(let query): lab(query)
        case .firstKnown(let definitions): firstKnown(definitions)
        case .taking(let selector, let pick): record.taking(selector, pick)
        case .ordering(let selector): record.ordering(selector)
        case .has(let set, let ever, let query): entries(query) { self.record.has(set, ever: ever, query, in: $0) }
        case .done(let set, let query): entries(query) { self.record.done(set, query, in: $0) }
        case .vaccine(let set, let query): entries(query) { self.record.vaccine(set, query, in: $0) }
        case .familyHistory(let query): record.familyHistory(query)
        case .allergicTo(let set): record.allergic(to: set)
        case .setting(let set, let query): entries(query) { self.record.setting(set, query, in: $0) }
        case .countOf(let role): count(of: role)
        case .occurrences(let fact): occurrences(of: fact)
        case .timeSince(let fact): timeSince(fact)
        case .calculate(let calculation): result(of: calculation)
        case .share(let relation, let one, let other): share(relation, one, other)
        case .criterion(let criterion): FactResult.truth(truth(of: criterion))
        case .age: record.age()
        case .sex: record.sex()
        case .pregnant(let codes): record.pregnant(codes)
        case .route(let role): route(of: role)
        case .form(let role): form(of: role)
        case .dose(let query): dose(query)
        case .doseTold(let role): doseTold(role)
        case .dosesPerDay(let role): dosesPerDay(of: role)
        case .duration(let role): duration(of: role)
        case .asNeeded(let role): asNeeded(role)
        case .started(let role): started(role)
        case .reaction(let role): reaction(to: role)
        case .severe(let role): severe(role)
        case .intolerance(let role): intolerance(role)
        case .measuredDose(let role, let measure): dose(of: role, measure)
        case .genotype(let query): record.result(of: query)
        case .testsDue(let needs, let role): testsDue(needs, of: role)
        case .orderingTest(let set): record.orderingTest(set)
        case .upToDate(let groups, let mark): record.upToDate(groups, by: mark)
        }
    }

    /// The result that a query picks.
    func lab(_ query: LabQuery) -> FactResult {
        let (scope, refusal) = scope(query.entries)
        guard let refusal else { return record.result(of: query, in: scope) }
        let result = FactResult(.unknown(refusal.reason ?? UnknownReason(.notInWindow, "no result in that time")))
        result.isMeasured = true
        if refusal == .no { result.occurrences = Occurrences(least: 0, most: 0) }
        return result
    }

    /// What a source says within the scope of a query; where what the query hangs on is not so, neither is this.
    private func entries(_ query: EntryQuery, _ source: (EntryScope) -> FactResult) -> FactResult {
        let (scope, refusal) = scope(query)
        guard let refusal else { return source(scope) }
        let result = FactResult.truth(refusal)
        if refusal == .no { result.occurrences = Occurrences(least: 0, most: 0) }
        return result
    }

    private func count(of role: RoleID) -> FactResult {
        let drugs = drugs(in: role)
        let count = Decimal(drugs.count)
        return FactResult(.number(low: count, high: count), names: drugs.map(\.name))
    }

    /// On how many days the entries lie that count for a fact.
    private func occurrences(of fact: FactID) -> FactResult {
        let source = result(of: fact)
        guard let occurrences = record.occurrences(of: source) else {
            return FactResult(.unknown(source.unknownReason ?? UnknownReason(.notComputable, "it cannot be counted")))
        }
        if occurrences.least == 0, occurrences.most == nil, let reason = source.unknownReason { return FactResult(.unknown(reason)) }
        return FactResult(
            .number(low: Decimal(occurrences.least), high: occurrences.most.map { Decimal($0) }), date: source.date,
            references: source.references)
    }

    private func firstKnown(_ definitions: [FactDefinition]) -> FactResult {
        var first: FactResult?
        for definition in definitions {
            let result = evaluate(definition)
            if result.unknownReason == nil { return result }
            guard let known = first else {
                first = result
                continue
            }
            // Why a source that has something cannot be used says more than that another has nothing.
            if known.isAbsent, result.isUnusable { first = result }
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
}

extension FactResult {
    /// True where the record has nothing, or nothing new enough.
    fileprivate var isAbsent: Bool { unknownReason?.kind == .notRecorded || unknownReason?.kind == .notInWindow }

    /// True where the record has something that does not say enough.
    fileprivate var isUnusable: Bool {
        switch unknownReason?.kind {
        case .imprecise, .implausible, .comparator, .conflicting: true
        default: false
        }
    }
}

extension Truth {
    /// Why it is unknown; nothing where it is not.
    var reason: UnknownReason? {
        if case .unknown(let reason) = self { reason } else { nil }
    }
}
