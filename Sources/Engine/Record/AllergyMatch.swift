import Clinical
import Knowledge

/// One allergy on record, with what the knowledge base makes of its substance.
final class AllergyEntry: Sendable {
    let allergy: AllergyIntolerance
    let resolution: AllergenResolution
    /// Every ingredient that the allergen names or covers, sorted.
    let ingredients: [IngredientID]

    init(allergy: AllergyIntolerance, resolution: AllergenResolution, ingredients: [IngredientID]) {
        self.allergy = allergy
        self.resolution = resolution
        self.ingredients = ingredients
    }
}

/// An allergy that a rule's allergen set holds.
struct AllergyMatch {
    let entry: AllergyEntry
    /// The drug of the set that the record names, or the class.
    let name: String
    let rxcui: Int?

    /// True where the allergen is this ingredient or a class that holds it.
    func covers(_ ingredient: IngredientID) -> Bool {
        entry.ingredients.contains(ingredient)
    }
}

extension PatientRecord {
    /// Allergies that count, resolved; refuted and past ones left out.
    func resolveAllergies() -> [AllergyEntry] {
        snapshot.allergies.filter { $0.standing == .active }.map { allergy in
            let concepts = [allergy.code] + allergy.reactions.compactMap(\.substance)
            var resolution = knowledge.resolveAllergen(allergy.code)
            for substance in concepts.dropFirst() {
                let more = knowledge.resolveAllergen(substance)
                resolution.ingredients += more.ingredients
                resolution.classes += more.classes
            }
            let members = Set(resolution.ingredients + resolution.classes.flatMap(\.members)).sorted()
            // A substance beside "no known allergies" contradicts it, and is the one to be heard.
            if !members.isEmpty { resolution.noneKnown = false }
            return AllergyEntry(allergy: allergy, resolution: resolution, ingredients: members)
        }
    }

    /// Allergies to something in a set of drugs, by reference.
    func allergies(to set: DrugSetID) -> [AllergyMatch] {
        allergyEntries.compactMap { entry in
            guard !entry.resolution.noneKnown, let member = entry.ingredients.first(where: { isMember($0, of: set) })
            else { return nil }
            if entry.resolution.ingredients.contains(where: { isMember($0, of: set) }) || entry.resolution.classes.isEmpty {
                let known = knowledge.ingredient(
                    entry.resolution.ingredients.first { isMember($0, of: set) } ?? member)
                return AllergyMatch(entry: entry, name: known.name, rxcui: known.rxcui)
            }
            let covering = entry.resolution.classes.first { $0.members.contains { isMember($0, of: set) } }
            return AllergyMatch(entry: entry, name: covering?.title ?? "", rxcui: nil)
        }
        .sorted { $0.entry.allergy.reference < $1.entry.allergy.reference }
    }

    private func isMember(_ ingredient: IngredientID, of set: DrugSetID) -> Bool {
        plan.drugSets.sets(holding: ingredient).contains(set.index)
    }
}
