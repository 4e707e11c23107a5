import Clinical
import Knowledge

extension RuleContext {
    /// Whether a fact passes a test. What is asked of an unknown is unknown, except whether it is.
    func truth(of test: FactTest, on result: FactResult) -> Truth {
        if case .isUnknown = test { return Truth(result.unknownReason != nil) }
        if let reason = result.unknownReason { return .unknown(reason) }
        switch (test, result.value) {
        case (.isYes, .truth(let truth)): return truth
        case (.isNo, .truth(let truth)): return truth.not
        case (.compare(let comparison, let threshold), let value):
            return compare(value, comparison, threshold, coarse: result.coarse)
        case (.between(let low, let high), let value):
            return compare(value, .atLeast, low, coarse: result.coarse).and(compare(value, .atMost, high, coarse: result.coarse))
        case (.sex(let wanted), .sex(let sex)): return Truth(sex == wanted)
        case (.routes(let wanted), .routes(let routes)):
            if routes.isSubset(of: wanted) { return .yes }
            return routes.isDisjoint(with: wanted) ? .no : .unknown(UnknownReason(.conflicting, "it is given by several routes"))
        case (.form(let words), .forms(let forms)):
            let answers = forms.map { $0.hasWords(words) }
            if answers.allSatisfy(\.self) { return .yes }
            return answers.contains(true) ? .unknown(UnknownReason(.conflicting, "it is given in several forms")) : .no
        case (.reaction(let set, let only), .reactions(let manifestations)):
            return truth(of: set, only: only, among: manifestations)
        default:
            // The rule language lets no test through that its fact has no answer to.
            return .unknown(UnknownReason(.notComputable, "this cannot be asked of it"))
        }
    }

    /// A reaction in words may be any: it never makes a test fail that a code of it could have met, nor pass as the only one.
    private func truth(of set: CodeSetID, only: Bool, among manifestations: [CodeableConcept]) -> Truth {
        let coded = manifestations.filter { !$0.isUncoded }
        let isInSet = { self.record.concept($0, isIn: set) }
        if only ? !coded.allSatisfy(isInSet) : coded.contains(where: isInSet) { return Truth(!only) }
        if coded.count < manifestations.count { return .unknown(UnknownReason(.uncoded, "a reaction is recorded in words only")) }
        return Truth(only)
    }

    private func compare(
        _ value: FactResult.Value, _ comparison: Comparison, _ threshold: Threshold, coarse: String?
    ) -> Truth {
        switch (value, threshold) {
        case (.quantity(let low, let high, let analyte), .quantity(let limit)):
            let ends = [low.compare(comparison, limit, as: analyte), high.compare(comparison, limit, as: analyte)]
            if ends[0] == ends[1] { return ends[0] }
            if let unknown = ends.first(where: \.isUnknown) { return unknown }
            let why = coarse.map { ", for \($0) is too imprecise" } ?? ""
            return .unknown(UnknownReason(.imprecise, "it lies somewhere from \(low) to \(high)\(why)"))
        case (.since(let days, let isAge), .span(let span)):
            let ends = [days.lowerBound, days.upperBound].map { elapsed(since: $0, isAge: isAge, comparison, span) }
            if ends[0] == ends[1] { return Truth(ends[0]) }
            return .unknown(UnknownReason(.imprecise, isAge ? "the birth date is too imprecise" : "the date is too imprecise"))
        case (.number(let low, let high), .number(let number)):
            return compare(low, high, comparison, number)
        default:
            return .unknown(UnknownReason(.notComputable, "this cannot be asked of it"))
        }
    }

    /// A number that is known within bounds; without an upper one it may be any from the lower on.
    private func compare(_ low: Decimal, _ high: Decimal?, _ comparison: Comparison, _ limit: Decimal) -> Truth {
        let first = holds(low, comparison, limit)
        let last: Bool =
            if let high {
                holds(high, comparison, limit)
            } else {
                comparison == .above || comparison == .atLeast
            }
        if first == last, comparison != .equal || low == high { return Truth(first) }
        let words = high.map { "from \(low) to \($0)" } ?? "at \(low) or above"
        return .unknown(UnknownReason(.imprecise, "it lies somewhere \(words)"))
    }

    /// An age is a number of completed units; other times end on the day that the calendar says.
    private func elapsed(since day: CivilDate, isAge: Bool, _ comparison: Comparison, _ span: TimeSpan) -> Bool {
        let today = record.asOf.today, horizon = record.horizon
        if isAge {
            for amount in [span.amount, span.amount &+ 1] { horizon.turns(TimeSpan(amount: amount, unit: span.unit), after: day) }
            let completed =
                switch span.unit {
                case .years: CivilDate.completedYears(from: day, to: today)
                case .months: CivilDate.completedMonths(from: day, to: today)
                case .weeks: (today.daysSinceEpoch - day.daysSinceEpoch) / 7
                case .days: today.daysSinceEpoch - day.daysSinceEpoch
                case .hours: (today.daysSinceEpoch - day.daysSinceEpoch) * 24
                case .minutes: (today.daysSinceEpoch - day.daysSinceEpoch) * 1_440
                }
            return holds(Decimal(completed), comparison, Decimal(span.amount))
        }
        let end = day.adding(span)
        for days in 0...1 { horizon.turns(on: end.adding(days: days)) }
        return switch comparison {
        case .above: end < today
        case .atLeast: end <= today
        case .below: end > today
        case .atMost: end >= today
        case .equal: end == today
        }
    }

    private func holds(_ value: Decimal, _ comparison: Comparison, _ limit: Decimal) -> Bool {
        switch comparison {
        case .above: value > limit
        case .atLeast: value >= limit
        case .below: value < limit
        case .atMost: value <= limit
        case .equal: value == limit
        }
    }
}

extension String {
    /// True where these words stand in it one after the other, whatever their case: dose forms are written in several ways.
    public func hasWords(_ words: [String]) -> Bool {
        let mine = formWords
        guard !words.isEmpty, mine.count >= words.count else { return false }
        return (0...(mine.count - words.count)).contains { start in Array(mine[start..<(start + words.count)]) == words }
    }

    /// Its words in small letters, without the marks between them.
    public var formWords: [String] {
        lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
