import Clinical

/// One patient over one period while its measures are asked.
///
/// Answers that hang on nothing around them are kept, so that each is worked out once for all measures.
final class MeasurePass {
    let plan: MeasurePlan
    let record: EventRecord
    let period: MeasurementPeriod
    private var found: [Found?]
    private var answers: [Answer?]

    init(plan: MeasurePlan, record: EventRecord, period: MeasurementPeriod) {
        self.plan = plan
        self.record = record
        self.period = period
        found = Array(repeating: nil, count: plan.queries.count)
        answers = Array(repeating: nil, count: plan.conditions.count)
    }

    /// The same patient in a later period.
    func later(years: Int) -> MeasurePass {
        MeasurePass(plan: plan, record: record, period: period.later(years: years))
    }

    // MARK: Queries

    /// The entries that a query finds, those that may be meant, and why there may be more.
    func found(_ id: QueryID, in scope: Scope) -> Found {
        let index = Int(id.index)
        guard plan.closedQueries[index] else { return search(plan.queries[index], in: scope) }
        if let known = found[index] { return known }
        let result = search(plan.queries[index], in: Scope())
        found[index] = result
        return result
    }

    private func search(_ query: EventQuery, in scope: Scope) -> Found {
        var result = Found()
        switch query.source {
        case .record(let kind, let sets):
            for number in record.numbers(kind, in: sets) { keep(number, .yes, query, scope, &result) }
            result.missing = record.shortfall(of: kind)
        case .anyOf(let others):
            var seen: Set<Int32> = []
            for other in others {
                let part = found(other, in: scope)
                for number in part.certain where seen.insert(number).inserted { keep(number, .yes, query, scope, &result) }
                for item in part.possible where seen.insert(item.number).inserted {
                    keep(item.number, .unknown(item.why), query, scope, &result)
                }
                result.missing = result.missing ?? part.missing
            }
        }
        if let window = query.repeatedIn { keepRepeated(window, in: scope, &result) }
        for pick in query.picks { result.pick(pick, record.events) }
        return result
    }

    private func keep(_ number: Int32, _ sofar: Truth, _ query: EventQuery, _ scope: Scope, _ result: inout Found) {
        var truth = sofar
        for test in query.tests {
            truth = truth.and(self.truth(of: test, on: number, in: scope))
            if truth.isNo { return }
        }
        switch truth {
        case .yes: result.certain.append(number)
        case .unknown(let why): result.possible.append((number, why))
        case .no: break
        }
    }

    // MARK: Conditions

    func answer(_ id: ConditionID, in scope: Scope) -> Answer {
        let index = Int(id.index)
        guard plan.closedConditions[index] else { return answer(plan.conditions[index], in: scope) }
        if let known = answers[index] { return known }
        let result = answer(plan.conditions[index], in: Scope())
        answers[index] = result
        return result
    }

    func answer(_ condition: MeasureCondition, in scope: Scope) -> Answer {
        switch condition {
        case .all(let parts):
            var answer = Answer(.yes)
            for part in parts {
                answer = answer.and(self.answer(part, in: scope))
                if answer.truth.isNo { break }
            }
            return answer
        case .any(let parts): return any(parts, in: scope)
        case .none(let parts): return Answer(any(parts, in: scope).truth.not)
        case .exists(let query, let count, let by): return exists(found(query, in: scope), atLeast: count, by: by)
        case .daysSupplied(let query, let comparison, let limit): return daysSupplied(found(query, in: scope), comparison, limit)
        case .age(let point, let range):
            guard let day = self.day(of: point, in: scope) else { return Answer(.unknown(Self.noDate)) }
            return Answer(age(on: day, range))
        case .sex(let sex):
            guard let stated = record.patient.sex else { return Answer(.unknown(UnknownReason(.notRecorded, "sex is not recorded"))) }
            return Answer(Truth(stated == sex))
        case .died(let window): return died(window, in: scope)
        case .named(let id): return answer(id, in: scope)
        }
    }

    private func any(_ parts: [MeasureCondition], in scope: Scope) -> Answer {
        var answer = Answer(.no)
        for part in parts {
            answer = answer.or(self.answer(part, in: scope))
            if answer.truth.isYes { break }
        }
        return answer
    }

    private func exists(_ found: Found, atLeast count: Int, by: EventCount) -> Answer {
        let certain = distinct(found.certain, by)
        let evidence = found.certain.map { record.events[Int($0)].reference }
        if certain >= count { return Answer(.yes, evidence: evidence) }
        let possible = distinct(found.certain + found.possible.map(\.number), by)
        if possible >= count, let why = found.possible.first?.why { return Answer(.unknown(why)) }
        return Answer(found.missing.map { .unknown($0) } ?? .no)
    }

    private func distinct(_ numbers: [Int32], _ by: EventCount) -> Int {
        switch by {
        case .entry: numbers.count
        case .day: Set(numbers.map { record.events[Int($0)].time.endDays.upperBound }).count
        case .medicine: Set(numbers.map { record.events[Int($0)].codes }).count
        }
    }

    private func daysSupplied(_ found: Found, _ comparison: Comparison, _ limit: Decimal) -> Answer {
        let supplies = found.certain.map { record.events[Int($0)].details?.supply?.days }
        let sum = supplies.compactMap(\.self).reduce(Decimal.zero) { $0.adding($1) ?? $0 }
        let truth = Quantity(sum, nil).compare(comparison, Quantity(limit, nil))
        if truth.isYes { return Answer(.yes, evidence: found.certain.map { record.events[Int($0)].reference }) }
        if supplies.contains(where: { $0 == nil }) {
            return Answer(.unknown(UnknownReason(.notComputable, "how many days an order lasts is not stated")))
        }
        return Answer(found.missing.map { .unknown($0) } ?? truth)
    }

    private func died(_ window: TimeWindow, in scope: Scope) -> Answer {
        guard let death = record.patient.deathDate else {
            guard record.patient.isDeceased else { return Answer(.no) }
            return Answer(.unknown(UnknownReason(.notRecorded, "the date of death is not recorded")))
        }
        return Answer(truth(of: .during, EventPeriod(EventTime(death)), window, in: scope))
    }

    private static let noDate = UnknownReason(.imprecise, "a date is not recorded")
}

/// What stands around a question.
struct Scope {
    /// The entry around it.
    var it: Int32?
    /// What the measure counts.
    var episode: Int32?

    func inside(_ number: Int32) -> Scope { Scope(it: number, episode: episode) }
}

/// An answer with the entries that it rests on.
struct Answer {
    var truth: Truth
    var evidence: [ResourceReference]

    init(_ truth: Truth, evidence: [ResourceReference] = []) {
        self.truth = truth
        self.evidence = evidence
    }

    func and(_ other: Answer) -> Answer {
        let truth = truth.and(other.truth)
        return Answer(truth, evidence: truth.isYes ? evidence + other.evidence : [])
    }

    func or(_ other: Answer) -> Answer {
        let truth = truth.or(other.truth)
        guard truth.isYes else { return Answer(truth) }
        return Answer(truth, evidence: (self.truth.isYes ? evidence : []) + (other.truth.isYes ? other.evidence : []))
    }
}

/// What a query found.
struct Found {
    var certain: [Int32] = []
    var possible: [(number: Int32, why: UnknownReason)] = []
    /// Why there may be more.
    var missing: UnknownReason?
}
