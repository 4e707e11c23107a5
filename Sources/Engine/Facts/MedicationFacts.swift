import Clinical
import Knowledge

extension PatientRecord {
    /// Whether any drug of the selector is taken now. What an order replaces is taken until then: unlike in a meeting of drugs, it counts.
    func taking(_ selector: DrugSelector, _ pick: EntryQuery.Pick) -> FactResult {
        var names: [(name: String, entry: MedicationEntry)] = []
        var certainty: Truth = .no
        for alternative in selector.alternatives {
            for number in exposuresBySet[alternative.set] {
                let exposure = exposures[number]
                let entry = entries[exposure.entry]
                guard !entry.isOrder else { continue }
                if let routes = alternative.routes, let route = entry.route, !routes.contains(route) { continue }
                if alternative.isScheduled, entry.isOnlyAsNeeded { continue }
                let taken = use(of: entry, stoppedWithin: alternative.stoppedWithin)
                certainty = certainty.or(taken)
                if taken == .yes { names.append((knowledge.ingredient(exposure.ingredient).name, entry)) }
            }
        }
        if certainty == .no { return .truth(absence(in: .medications)) }
        let sorted = names.sorted { ($0.name, $0.entry.medication.reference) < ($1.name, $1.entry.medication.reference) }
        return FactResult(
            .truth(certainty), names: unique(sorted.map(\.name)),
            date: start(of: sorted.map(\.entry), pick),
            references: unique(sorted.map(\.entry.medication.reference)))
    }

    /// Since when it is taken: the latest or the earliest start of the entries that have one.
    private func start(of entries: [MedicationEntry], _ pick: EntryQuery.Pick) -> PartialDate? {
        let dates = entries.compactMap { $0.medication.started ?? $0.medication.authored }
        func comesFirst(_ one: PartialDate, _ other: PartialDate) -> Bool {
            one.instants(in: asOf.zone).lowerBound < other.instants(in: asOf.zone).lowerBound
        }
        return pick == .earliest ? dates.min(by: comesFirst) : dates.max(by: comesFirst)
    }

    /// Whether any drug of the selector is among the draft orders.
    func ordering(_ selector: DrugSelector) -> FactResult {
        let drugs = presences(of: selector).filter(\.isOrdered)
        return FactResult(
            .truth(Truth(!drugs.isEmpty)), names: drugs.map(\.name),
            references: unique(drugs.flatMap(\.orders).map(\.medication.reference)))
    }

    /// Whether the record holds an active allergy to anything in the set.
    func allergic(to set: DrugSetID) -> FactResult {
        let matches = allergies(to: set)
        if matches.isEmpty { return .truth(absence(in: .allergies)) }
        return FactResult(
            .truth(.yes), names: unique(matches.map(\.name)), date: matches.lazy.compactMap(\.entry.allergy.recorded).first,
            references: matches.map(\.entry.allergy.reference))
    }
}

/// The elements in their order, each once.
func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    elements.count > 1 ? united([elements]) : elements
}

/// The elements of all lists in their order, each once.
func united<Element: Hashable>(_ lists: [[Element]]) -> [Element] {
    var kept: [Element] = []
    kept.reserveCapacity(8)
    var seen: Set<Element> = []
    for list in lists {
        for element in list {
            if kept.count < 16 {
                // So few are sooner compared than hashed.
                if !kept.contains(element) { kept.append(element) }
            } else {
                if seen.isEmpty { seen = Set(kept) }
                if seen.insert(element).inserted { kept.append(element) }
            }
        }
    }
    return kept
}
