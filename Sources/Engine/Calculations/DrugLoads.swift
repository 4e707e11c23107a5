import Clinical
import Knowledge

/// Sums over all drugs that are ordered or taken.
extension RuleContext {
    /// Entries that count today: orders, and what is taken unless an order replaces it.
    private var presentEntries: [MedicationEntry] {
        record.entries.filter { $0.isOrder || (!$0.isReplaced && ($0.medication.use == .current || $0.medication.use == .onHold)) }
    }

    /// Morphine milligram equivalents a day, over all opioids.
    ///
    /// Doses as needed count with all that the order allows, as the guideline has it. An entry of the record that says what an
    /// order says is what the order renews, and counts once. Where the medication list did not come, or a dose is not known, the sum
    /// is only a bound from below.
    ///
    /// - Source: Dowell et al. CDC Clinical Practice Guideline for Prescribing Opioids for Pain, United States, 2022. MMWR
    ///   Recomm Rep 2022;71(3):1-95, table of conversion factors; the factors stand in `Knowledge/opioid_mme.csv`.
    func opioidLoad(_ calculation: Calculation) -> FactResult {
        var total = Decimal.zero
        var names: [String] = []
        var references: [ResourceReference] = []
        var unknown: UnknownReason?
        var ordered: [OrderedOpioid] = []
        for entry in presentEntries {
            for ingredient in entry.drug?.ingredients ?? [] {
                let isOpioid = calculation.drugs.map { record.plan.drugSets.sets(holding: ingredient).contains($0.index) } ?? false
                let factors = record.knowledge.opioidFactors(of: ingredient)
                guard isOpioid || !factors.isEmpty else { continue }
                if let route = entry.route, !route.isSystemic { continue }
                let name = record.knowledge.ingredient(ingredient).name
                guard let factor = OpioidDose.factor(for: entry, among: factors) else {
                    unknown = UnknownReason(.notComputable, "no conversion factor is known for \(name) by this route")
                    continue
                }
                switch OpioidDose.equivalents(of: entry, ingredient: ingredient, factor: factor) {
                case .failure(let reason): unknown = UnknownReason(reason.kind, "\(name): \(reason.why)")
                case .success(let dose):
                    let own = OrderedOpioid(ingredient: ingredient, route: entry.route, most: dose.high)
                    if entry.isOrder { ordered.append(own) } else if ordered.contains(own) { continue }
                    guard let sum = total.adding(dose.high) else {
                        return .unknown(.notComputable, "the doses are too large to add up")
                    }
                    total = sum
                    names.append(name)
                }
                references.append(entry.medication.reference)
            }
        }
        if let unknown, total == 0 { return FactResult(.unknown(unknown)) }
        let isBound = unknown != nil || record.snapshot.supply(of: .medications) != .complete
        let quantity = Quantity(total.normalized, calculation.unit, comparator: isBound ? .atLeast : nil)
        return FactResult(.quantity(low: quantity, high: quantity, analyte: nil), names: unique(names), references: unique(references))
    }

    /// What tells a renewal from a second order of the same opioid.
    private struct OrderedOpioid: Equatable {
        let ingredient: IngredientID
        let route: RouteGroup?
        let most: Decimal
    }

    /// The sum of the anticholinergic scores of all drugs.
    ///
    /// A drug that could not be recognised, or a list that did not come, makes it a bound from below.
    func anticholinergicBurden() -> FactResult {
        var scores: [IngredientID: Decimal] = [:]
        var references: [ResourceReference] = []
        var isBound = record.snapshot.supply(of: .medications) != .complete
        for entry in presentEntries where !entry.isVaccine {
            guard let drug = entry.drug else {
                isBound = true
                continue
            }
            if let route = entry.route, !route.isSystemic { continue }
            for ingredient in drug.ingredients {
                guard let score = record.knowledge.anticholinergicScore(of: ingredient), score > 0 else { continue }
                scores[ingredient] = score
                references.append(entry.medication.reference)
            }
        }
        let names = scores.keys.map { record.knowledge.ingredient($0).name }.sorted()
        guard let sum = scores.values.reduce(Optional(Decimal.zero), { $0?.adding($1) }) else {
            return .unknown(.notComputable, "the scores are too large to add up")
        }
        return FactResult(.number(low: sum, high: isBound ? nil : sum), names: names, references: unique(references))
    }
}

/// What the dose of one opioid comes to in morphine.
enum OpioidDose {
    /// The factor for the route of an entry; a route that is not known takes the one for the mouth.
    static func factor(for entry: MedicationEntry, among factors: [OpioidFactor]) -> OpioidFactor? {
        let route = entry.route ?? .oral
        return factors.first { $0.route == route || ($0.route == .oral && (route == .sublingual || route == .rectal)) }
    }

    static func equivalents(
        of entry: MedicationEntry, ingredient: IngredientID, factor: OpioidFactor
    ) -> Result<(low: Decimal, high: Decimal), UnknownReason> {
        factor.isRate ? byRate(entry, ingredient, factor) : byDay(entry, ingredient, factor)
    }

    private static func byDay(
        _ entry: MedicationEntry, _ ingredient: IngredientID, _ factor: OpioidFactor
    ) -> Result<(low: Decimal, high: Decimal), UnknownReason> {
        DailyDose.of(entry, ingredient: ingredient).flatMap { dose in
            guard case .success(let low) = dose.low.converted(to: factor.unit),
                case .success(let high) = dose.high.converted(to: factor.unit), let least = low.value.multiplied(by: factor.factor),
                let most = high.value.multiplied(by: factor.factor)
            else { return failure }
            return .success((least.rounded(places: 2), most.rounded(places: 2)))
        }
    }

    /// A patch gives so much an hour: stated as the dose, as its rate, or as the strength of the product.
    private static func byRate(
        _ entry: MedicationEntry, _ ingredient: IngredientID, _ factor: OpioidFactor
    ) -> Result<(low: Decimal, high: Decimal), UnknownReason> {
        guard let dosage = entry.medication.dosages.first, entry.medication.dosages.count == 1 else { return failure }
        var stated: [Quantity] = []
        if case .quantity(let dose)? = dosage.dose { stated.append(dose) }
        if case .quantity(let rate)? = dosage.rate { stated.append(rate) }
        var rates: [Decimal] = stated.compactMap { quantity in
            if case .success(let rate) = quantity.converted(to: factor.unit) { rate.value } else { nil }
        }
        if rates.isEmpty, let count = stated.first, count.unit?.isPlainCount ?? true,
            let strength = DailyDose.strength(of: ingredient, in: entry),
            case .success(let rate) = strength.numerator.converted(to: factor.unit),
            let total = rate.value.multiplied(by: count.value)
        {
            rates.append(total)
        }
        guard let rate = rates.first, let value = rate.multiplied(by: factor.factor) else { return failure }
        return .success((value.rounded(places: 2), value.rounded(places: 2)))
    }

    private static let failure: Result<(low: Decimal, high: Decimal), UnknownReason> = .failure(
        UnknownReason(.notComputable, "its dose cannot be told in morphine equivalents"))
}
