import Clinical
import Knowledge

/// One ingredient in a patient, over all the entries that hold it.
final class DrugPresence: Sendable {
    let ingredient: IngredientID
    let name: String
    let rxcui: Int
    /// Draft orders of it.
    let orders: [MedicationEntry]
    /// Entries of the record by which it is taken now, or was until recently.
    let taken: [MedicationEntry]
    /// Unknown where only an entry with an unsure end speaks for it.
    let certainty: Truth

    init(
        ingredient: IngredientID, name: String, rxcui: Int, orders: [MedicationEntry], taken: [MedicationEntry], certainty: Truth
    ) {
        self.ingredient = ingredient
        self.name = name
        self.rxcui = rxcui
        self.orders = orders
        self.taken = taken
        self.certainty = certainty
    }

    var isOrdered: Bool { !orders.isEmpty }
    var isTaken: Bool { !taken.isEmpty }
    /// The entry that speaks for it: the order where there is one.
    var entry: MedicationEntry? { orders.first ?? taken.first }

    /// What the entry that speaks for it calls it, where that does not hold its name: `valproic acid` for valproate.
    var otherName: String? {
        guard let code = entry?.medication.code, let words = code.text ?? code.codings.lazy.compactMap(\.display).first,
            !words.holdsInAnyCase(name)
        else { return nil }
        return words
    }

    /// Taken ones before those only ordered; by name within each.
    static func precedes(_ one: DrugPresence, _ other: DrugPresence) -> Bool {
        (one.isTaken ? 0 : 1, one.name, one.rxcui) < (other.isTaken ? 0 : 1, other.name, other.rxcui)
    }

    /// True where the two are different drugs of which one is ordered, and not merely the parts of one product, new or renewed.
    func meets(_ other: DrugPresence) -> Bool {
        guard ingredient != other.ingredient, isOrdered || other.isOrdered else { return false }
        if let one = onlyEntry, let another = other.onlyEntry { return one.medication.reference != another.medication.reference }
        let mine = Set((orders + taken).map(\.medication.reference))
        let theirs = Set((other.orders + other.taken).map(\.medication.reference))
        return mine != theirs
    }

    /// The entry that holds it, where no other does.
    private var onlyEntry: MedicationEntry? { orders.count + taken.count == 1 ? entry : nil }

    /// True where some entry does not say by which route it is given.
    var hasUntoldRoute: Bool { orders.contains { $0.route == nil } || taken.contains { $0.route == nil } }

    /// True where some entry gives it by one of these routes, or by one that is not known.
    func isGiven(by routes: Set<RouteGroup>) -> Bool {
        func isGiven(_ entry: MedicationEntry) -> Bool { entry.route.map(routes.contains) ?? true }
        return orders.contains(where: isGiven) || taken.contains(where: isGiven)
    }
}

extension [DrugPresence] {
    /// Yes where so many of them are sure to be there; else why one is not.
    func certainty(ofAtLeast number: Int) -> Truth {
        let sure = filter { $0.certainty == .yes }
        return sure.count >= number ? .yes : .all(map(\.certainty))
    }
}

extension PatientRecord {
    /// What of a selector the patient is ordered, takes, or stopped so lately that it counts; one for each ingredient.
    ///
    /// - Returns: taken ones first, then those only ordered; by name within each.
    func presences(of selector: DrugSelector) -> [DrugPresence] {
        if selector.isPlain { return plainPresences(of: selector) }
        var whole: [DrugPresence] = []
        var found: [IngredientID: PresenceDraft] = [:]
        for alternative in selector.alternatives {
            for number in exposuresBySet[alternative.set] {
                let exposure = exposures[number]
                let entry = entries[exposure.entry]
                if let routes = alternative.routes, let route = entry.route, !routes.contains(route) { continue }
                if alternative.isScheduled, entry.isOnlyAsNeeded { continue }
                if let place = presences.byExposure[number], presences.isOnly[number] {
                    let only = presences.all[place]
                    if !whole.contains(where: { $0 === only }) { whole.append(only) }
                    continue
                }
                let presence = self.presence(of: entry, stoppedWithin: alternative.stoppedWithin)
                guard presence != .no else { continue }
                found[exposure.ingredient, default: PresenceDraft()].add(entry, presence)
            }
        }
        for (ingredient, draft) in found { whole.append(draft.presence(of: ingredient, knowledge: knowledge)) }
        return whole.count > 1 ? whole.sorted(by: DrugPresence.precedes) : whole
    }

    /// Drugs of sets that nothing narrows or widens: they are there or not, whoever asks.
    private func plainPresences(of selector: DrugSelector) -> [DrugPresence] {
        var places: [Int] = []
        for alternative in selector.alternatives {
            for number in exposuresBySet[alternative.set] {
                if let place = presences.byExposure[number], !places.contains(place) { places.append(place) }
            }
        }
        places.sort()
        return places.map { presences.all[$0] }
    }

    /// What each ingredient comes to over all entries.
    func findPresences() -> Presences {
        var drafts: [IngredientID: PresenceDraft] = [:]
        var counts: [IngredientID: Int] = [:]
        for exposure in exposures {
            counts[exposure.ingredient, default: 0] += 1
            let entry = entries[exposure.entry]
            let presence = self.presence(of: entry, stoppedWithin: nil)
            if presence != .no { drafts[exposure.ingredient, default: PresenceDraft()].add(entry, presence) }
        }
        let all = drafts.map { $1.presence(of: $0, knowledge: knowledge) }.sorted(by: DrugPresence.precedes)
        let places = Dictionary(uniqueKeysWithValues: all.indices.map { (all[$0].ingredient, $0) })
        return Presences(
            all: all, byExposure: exposures.map { places[$0.ingredient] }, isOnly: exposures.map { counts[$0.ingredient] == 1 })
    }

    /// Whether an entry takes part in a meeting of drugs today: orders do, and what is taken unless an order replaces it.
    ///
    /// What an order replaces ends today, which is within every washout.
    private func presence(of entry: MedicationEntry, stoppedWithin span: TimeSpan?) -> Truth {
        if entry.isOrder { return .yes }
        return entry.isReplaced && span == nil ? .no : use(of: entry, stoppedWithin: span)
    }

    /// Whether an entry of the record is taken today, or ended so lately that it counts.
    func use(of entry: MedicationEntry, stoppedWithin span: TimeSpan?) -> Truth {
        switch entry.medication.use {
        case .current, .onHold:
            return .yes
        case .ended:
            guard let span else { return .no }
            guard let ended = entry.medication.ended else {
                return .unknown(UnknownReason(.notRecorded, "it is not recorded when it was stopped"))
            }
            return lies(ended, within: span)
        case .drafted, .proposed, .prohibited:
            return .no
        }
    }
}

/// Every ingredient that is ordered or taken now.
struct Presences {
    /// In the order of `PatientRecord.presences(of:)`.
    let all: [DrugPresence]
    /// For each exposure the place of its ingredient in `all`; nothing where that is neither ordered nor taken now.
    let byExposure: [Int?]
    /// True for exposures that share their ingredient with no other: however they are looked for, they come to the same.
    let isOnly: [Bool]
}

/// What is known of one ingredient while entries are gone through.
private struct PresenceDraft {
    var orders: [MedicationEntry] = []
    var taken: [MedicationEntry] = []
    var certainty: Truth = .no

    mutating func add(_ entry: MedicationEntry, _ presence: Truth) {
        certainty = certainty.or(presence)
        let reference = entry.medication.reference
        if entry.isOrder {
            if !orders.contains(where: { $0.medication.reference == reference }) { orders.append(entry) }
        } else if !taken.contains(where: { $0.medication.reference == reference }) {
            taken.append(entry)
        }
    }

    func presence(of ingredient: IngredientID, knowledge: KnowledgeBase) -> DrugPresence {
        let known = knowledge.ingredient(ingredient)
        return DrugPresence(
            ingredient: ingredient, name: known.name, rxcui: known.rxcui, orders: orders, taken: taken,
            certainty: certainty)
    }
}
