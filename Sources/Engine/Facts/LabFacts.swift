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
                switch counts(snapshot.observations[number].effective?.start, snapshot.observations[number].encounter, in: scope) {
                case .yes: candidates.append(number)
                case .no: break
                case .unknown: uncertain.append(number)
                }
            }
        }
        let result = chosen(query.entries.pick, among: candidates, of: lab) ?? absence(results, uncertain, scope)
        result.isMeasured = true
        let isComplete = snapshot.supply(of: .observations) == .complete
        result.occurrences = Occurrences(least: days(candidates), most: isComplete ? days(candidates + uncertain) : nil)
        return result
    }

    private func days(_ numbers: [Int]) -> Int {
        days(numbers.map { RecordEntry(snapshot.observations[$0].effective, snapshot.observations[$0].reference) })
    }

    /// Why there is no result that counts.
    private func absence(_ results: [Int], _ uncertain: [Int], _ scope: EntryScope) -> FactResult {
        if !uncertain.isEmpty {
            return .unknown(.imprecise, "its date is missing, or too imprecise to tell whether it is recent enough")
        }
        if let reason = snapshot.supply(of: .observations).truthOfAbsence(.observations).reason {
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
        switch pick {
        case .latest:
            return candidates.max { isEarlier($0, $1) }.map { reading(of: snapshot.observations[$0], lab) }
        case .earliest:
            return candidates.min { isEarlier($0, $1) }.map { reading(of: snapshot.observations[$0], lab) }
        case .highest, .lowest:
            var best: (value: Decimal, result: FactResult)?
            var unusable: FactResult?
            for candidate in candidates.sorted(by: isEarlier) {
                let result = reading(of: snapshot.observations[candidate], lab)
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

    /// Earlier first; on one moment by issue, by update, by id, so that the order of entries never decides.
    private func isEarlier(_ one: Int, _ other: Int) -> Bool {
        func key(_ number: Int) -> (Int64, Int64, Int64) {
            let period = snapshot.observations[number].effective
            let moment = period?.start ?? period?.end
            return (
                moment?.instants(in: asOf.zone).lowerBound.milliseconds ?? .min,
                snapshot.observations[number].issued?.milliseconds ?? .min,
                snapshot.observations[number].lastUpdated?.milliseconds ?? .min
            )
        }
        let (first, second) = (key(one), key(other))
        return first == second
            ? snapshot.observations[one].reference < snapshot.observations[other].reference : first < second
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
