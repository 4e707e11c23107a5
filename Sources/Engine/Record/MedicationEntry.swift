import Clinical
import Knowledge

/// One order or one entry of the medication list, with what the knowledge base makes of it.
///
/// A class because it is handed on from drug to pair to rule: that copies one reference, not two dozen.
final class MedicationEntry: Sendable {
    let medication: Medication
    let isOrder: Bool
    let resolution: DrugResolution
    /// Nothing where neither the entry nor the product's form tells.
    let route: RouteGroup?
    /// True where one of the orders replaces it.
    let isReplaced: Bool
    /// How much of each ingredient is in one piece of the product, as the entry describes it.
    let strengths: [IngredientID: Ratio]

    init(
        medication: Medication, isOrder: Bool, resolution: DrugResolution, route: RouteGroup?, isReplaced: Bool,
        strengths: [IngredientID: Ratio] = [:]
    ) {
        self.medication = medication
        self.isOrder = isOrder
        self.resolution = resolution
        self.route = route
        self.isReplaced = isReplaced
        self.strengths = strengths
    }

    var drug: Drug? {
        if case .resolved(let drug) = resolution { drug } else { nil }
    }

    /// True where every dosage of it is as needed.
    var isOnlyAsNeeded: Bool {
        !medication.dosages.isEmpty && medication.dosages.allSatisfy(\.isAsNeeded)
    }

    /// True for the order of a vaccine: it is given, not taken, and no drug check applies.
    var isVaccine: Bool {
        if case .resolved = resolution { return false }
        return medication.code.codings.contains { $0.system == .cvx }
    }

    /// What a card calls the vaccine that is ordered.
    var vaccineName: String { medication.code.label ?? "the vaccine" }

    /// Orders first. A draft that also stands on the record counts once, as the draft.
    static func all(in snapshot: Snapshot, knowledge: KnowledgeBase) -> [MedicationEntry] {
        let drafts = Set(snapshot.orders.map(\.reference))
        let replaced = Set(snapshot.orders.compactMap(\.replaces))
        let orders = snapshot.orders.lazy
            .filter { $0.use != .prohibited }
            .map { entry($0, isOrder: true, isReplaced: false, knowledge: knowledge) }
        let listed = snapshot.medications.lazy
            .filter { !drafts.contains($0.reference) && $0.use != .prohibited && $0.use != .proposed && $0.use != .drafted }
            .map { entry($0, isOrder: false, isReplaced: replaced.contains($0.reference), knowledge: knowledge) }
        return Array(orders) + settled(Array(listed))
    }

    /// Doses that were given speak for a drug only where nothing else on the list does: they tell nothing of what is to come.
    private static func settled(_ listed: [MedicationEntry]) -> [MedicationEntry] {
        guard listed.contains(where: \.isDoseGiven) else { return listed }
        let told = Set(listed.filter { !$0.isDoseGiven && ($0.medication.use == .current || $0.medication.use == .onHold) }.flatMap { $0.drug?.ingredients ?? [] })
        return listed.map { entry in
            guard entry.isDoseGiven, let drug = entry.drug, drug.ingredients.allSatisfy(told.contains) else { return entry }
            var medication = entry.medication
            medication.use = .ended
            return MedicationEntry(
                medication: medication, isOrder: false, resolution: entry.resolution, route: entry.route, isReplaced: entry.isReplaced,
                strengths: entry.strengths)
        }
    }

    /// True for a dose that was given, and is still at work.
    private var isDoseGiven: Bool { medication.source == .administration && medication.use == .current && medication.ended != nil }

    private static func entry(
        _ medication: Medication, isOrder: Bool, isReplaced: Bool, knowledge: KnowledgeBase
    ) -> MedicationEntry {
        let resolution = knowledge.resolve(medication)
        let form: String? =
            if case .resolved(let drug) = resolution { drug.product?.doseForm } else { nil }
        return MedicationEntry(
            medication: medication, isOrder: isOrder, resolution: resolution,
            route: knowledge.route(medication.route, doseForm: form ?? medication.form?.label), isReplaced: isReplaced,
            strengths: strengths(of: medication, knowledge))
    }

    private static func strengths(of medication: Medication, _ knowledge: KnowledgeBase) -> [IngredientID: Ratio] {
        guard medication.ingredients.contains(where: { $0.strength != nil }) else { return [:] }
        return medication.ingredients.reduce(into: [:]) { strengths, ingredient in
            guard let strength = ingredient.strength, case .resolved(let drug) = knowledge.resolve(ingredient.code),
                drug.ingredients.count == 1, let id = drug.ingredients.first
            else { return }
            strengths[id] = strength
        }
    }
}

/// One ingredient of one entry.
struct Exposure {
    let ingredient: IngredientID
    /// The number of its entry.
    let entry: Int

    static func all(of entries: [MedicationEntry]) -> [Exposure] {
        var exposures: [Exposure] = []
        exposures.reserveCapacity(entries.count * 2)
        for (number, entry) in entries.enumerated() {
            guard case .resolved(let drug) = entry.resolution else { continue }
            for ingredient in drug.ingredients { exposures.append(Exposure(ingredient: ingredient, entry: number)) }
        }
        return exposures
    }
}
