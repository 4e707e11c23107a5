import Clinical
import Knowledge

extension PatientRecord {
    /// The result that a query picks, in the unit in which rules compare that lab.
    ///
    /// Only results that stand count: final, amended or corrected, with a value, not after the instant of the evaluation.
    /// The latest or earliest is not passed over for another because it cannot be used: it is then unknown, and why. Among results
    /// that cannot be compared there is no highest or lowest; it is picked among the others.
    func result(of query: LabQuery, in scope: EntryScope) -> FactResult {
        let lab = plan.labs[Int(query.lab.index)]
        let results = usableResults(of: query.lab)
        var candidates: [Int] = []
        var uncertain: [Int] = []
        if scope.isAny {
            candidates = results
        } else {
            for number in results {
                switch counts(snapshot.observations[number], in: scope) {
                case .yes: candidates.append(number)
                case .no: break
                case .unknown: uncertain.append(number)
                }
            }
        }
        let result = chosen(query.entries.pick, among: candidates, of: lab) ?? absence(results, uncertain, scope)
        result.isMeasured = true
        result.results = (candidates, uncertain)
        return result
    }

    /// On how many days the entries lie that count for a fact; nothing where it rests on none.
    func occurrences(of result: FactResult) -> Occurrences? {
        guard result.occurrences == nil, let results = result.results else { return result.occurrences }
        let isComplete = snapshot.supply(of: .observations) == .complete
        return Occurrences(least: days(results.sure), most: isComplete ? days(results.sure + results.possible) : nil)
    }

    private func days(_ numbers: [Int]) -> Int {
        days(numbers.map { RecordEntry(snapshot.observations[$0].effective, snapshot.observations[$0].reference) })
    }

    /// Why there is no result that counts.
    private func absence(_ results: [Int], _ uncertain: [Int], _ scope: EntryScope) -> FactResult {
        let reported = uncertain.compactMap { snapshot.observations[$0].effective == nil ? snapshot.observations[$0].issued : nil }
        if let latest = reported.max(), reported.count == uncertain.count { return FactResult(.unknown(reportedOnly(latest))) }
        if !uncertain.isEmpty {
            return .unknown(.imprecise, "its date is missing, or too imprecise to tell whether it is recent enough")
        }
        if let reason = absence(in: .observations).reason {
            return FactResult(.unknown(reason))
        }
        return .unknown(results.isEmpty ? .notRecorded : .notInWindow, "no result \(scope.words)")
    }

    /// True for a result that stands and does not lie ahead.
    func isUsable(_ observation: Observation) -> Bool {
        guard observation.isEvidence, observation.value != nil else { return false }
        guard let start = observation.effective?.start ?? observation.effective?.end else { return true }
        let moment = start.instants(in: asOf.zone).lowerBound
        horizon.turns(at: moment)
        return moment <= asOf.instant
    }

    private func chosen(_ pick: EntryQuery.Pick, among candidates: [Int], of lab: LabDefinition) -> FactResult? {
        guard !candidates.isEmpty else { return nil }
        let times = candidates.map { ResultTime(of: snapshot.observations[$0], number: $0, in: asOf.zone) }
        switch pick {
        case .latest:
            return times.max().map { reading(of: $0, among: times, lab) }
        case .earliest:
            return times.min().map { reading(of: $0, among: times, lab) }
        case .highest, .lowest:
            var best: (value: Decimal, result: FactResult)?
            var unusable: FactResult?
            for time in times.sorted() {
                let result = reading(of: snapshot.observations[time.number], lab)
                guard case .quantity(let low, let high, _) = result.value else {
                    unusable = unusable ?? result
                    continue
                }
                let value = pick == .highest ? high.value : low.value
                if let known = best, pick == .highest ? known.value >= value : known.value <= value { continue }
                best = (value, result)
            }
            return best?.result ?? unusable
        }
    }

    /// The result of a time; where others are of the same moment and say something else, nobody knows which counts: it lies between them.
    private func reading(of time: ResultTime, among times: [ResultTime], _ lab: LabDefinition) -> FactResult {
        let own = reading(of: snapshot.observations[time.number], lab)
        guard times.count > 1, case .quantity(var low, var high, let analyte) = own.value else { return own }
        var references = own.references
        let others = times.filter { $0.isOfTheMoment(of: time) && $0.number != time.number }
        // In their own order: which of them widen the range, and so are named, does not hang on that of the entries.
        for other in others.sorted() {
            let result = reading(of: snapshot.observations[other.number], lab)
            guard case .quantity(let least, let most, _) = result.value else { continue }
            guard least.value < low.value || most.value > high.value else { continue }
            low = least.value < low.value ? least : low
            high = most.value > high.value ? most : high
            references += result.references
        }
        guard references.count > own.references.count else { return own }
        return FactResult(.quantity(low: low, high: high, analyte: analyte), date: own.date, references: references.sorted())
    }

    /// One observation as the lab's quantity.
    private func reading(of observation: Observation, _ lab: LabDefinition) -> FactResult {
        let date = observation.effective?.start ?? observation.effective?.end
        let value: FactResult.Value
        switch observation.value {
        case .quantity(let quantity):
            value = converted(quantity, quantity, lab)
        case .range(let low?, let high?):
            value = converted(low, high, lab)
        default:
            value = .unknown(UnknownReason(.noValue, "the result is not a number"))
        }
        return FactResult(value, date: date, references: [observation.reference])
    }

    private func converted(_ low: Quantity, _ high: Quantity, _ lab: LabDefinition) -> FactResult.Value {
        switch (low.converted(to: lab.unit, as: lab.analyte), high.converted(to: lab.unit, as: lab.analyte)) {
        case (.success(let low), .success(let high)):
            if let plausible = lab.plausible, !plausible.contains(low.value) || !plausible.contains(high.value) {
                return .unknown(
                    UnknownReason(
                        .implausible, "the result of \(low) cannot be right: plausible is \(plausible.lowerBound) to \(plausible.upperBound) \(lab.unit)"))
            }
            return .quantity(low: low, high: high, analyte: lab.analyte)
        case (.failure(let reason), _), (_, .failure(let reason)):
            return .unknown(reason)
        }
    }
}

/// When a result was obtained, for the order among results of one lab: earlier first; of one moment by issue, by update, by id, so
/// that the order of entries never decides. What the id alone decides is not known.
private struct ResultTime: Comparable {
    let number: Int
    private let moment: Int64
    private let issued: Int64
    private let updated: Int64
    private let reference: ResourceReference

    init(of observation: Observation, number: Int, in zone: ZoneOffset) {
        self.number = number
        let start = observation.effective?.start ?? observation.effective?.end
        moment = start?.instants(in: zone).lowerBound.milliseconds ?? .min
        issued = observation.issued?.milliseconds ?? .min
        updated = observation.lastUpdated?.milliseconds ?? .min
        reference = observation.reference
    }

    /// True where nothing but the id tells which of the two came later.
    func isOfTheMoment(of other: ResultTime) -> Bool { (moment, issued, updated) == (other.moment, other.issued, other.updated) }

    static func == (one: ResultTime, other: ResultTime) -> Bool { !(one < other || other < one) }

    static func < (one: ResultTime, other: ResultTime) -> Bool {
        let (first, second) = ((one.moment, one.issued, one.updated), (other.moment, other.issued, other.updated))
        return first == second ? one.reference < other.reference : first < second
    }
}
