import Clinical
import Knowledge

extension RuleContext {
    /// An amount of the drug in a role, perhaps in proportion to the patient's size.
    func dose(_ query: DoseQuery) -> FactResult {
        let drugs = drugs(in: query.role)
        guard let drug = drugs.first else { return .unknown(.notRecorded, "the dose is not stated") }
        guard drugs.count == 1 else { return .unknown(.notComputable, "several drugs have no dose in common") }
        let entries = drug.isOrdered ? drug.orders : drug.taken
        let references = unique(entries.map(\.medication.reference))
        switch amount(query.measure, of: drug, entries) {
        case .failure(let reason): return FactResult(.unknown(reason))
        case .success(let dose):
            switch size(query.basis) {
            case .failure(let reason): return FactResult(.unknown(reason))
            case .success(nil):
                return FactResult(.quantity(low: dose.low, high: dose.high, analyte: nil), references: references)
            case .success(let size?):
                return per(size, dose, isDaily: query.measure == .daily, references)
            }
        }
    }

    private typealias Amount = (low: Quantity, high: Quantity, base: Unit?)
    /// A weight in kg or a surface in m², with the unit's code and the results it was read from.
    private typealias Size = (value: Decimal, unit: String, references: [ResourceReference])

    private func amount(
        _ measure: DoseQuery.Measure, of drug: DrugPresence, _ entries: [MedicationEntry]
    ) -> Result<Amount, UnknownReason> {
        switch measure {
        case .single: SingleDose.of(entries, ingredient: drug.ingredient).map { ($0.low, $0.high, $0.high.unit) }
        case .daily:
            DailyDose.of(entries, ingredient: drug.ingredient, isOrdered: drug.isOrdered).map { ($0.low, $0.high, $0.base) }
        }
    }

    /// What the dose is in proportion to; nothing for the dose itself.
    private func size(_ basis: DoseQuery.Basis) -> Result<Size?, UnknownReason> {
        switch basis {
        case .whole: .success(nil)
        case .perKilogram(let query): bodyWeight(query).map { ($0.kilograms, "kg", $0.references) }
        case .perSquareMetre(let weight, let height):
            measured(weight).flatMap { weight in
                measured(height).flatMap { height in
                    guard let surface = BodySize.surface(weight: weight.value.doubleValue, height: height.value.doubleValue)
                    else { return .failure(UnknownReason(.notComputable, "the body surface cannot be worked out")) }
                    return .success((surface, "m2", weight.references + height.references))
                }
            }
        }
    }

    private func per(_ size: Size, _ dose: Amount, isDaily: Bool, _ references: [ResourceReference]) -> FactResult {
        guard let base = dose.base, let unit = try? Unit(text: "\(base.code)/\(size.unit)" + (isDaily ? "/day" : "")),
            let low = dose.low.value.divided(by: size.value), let high = dose.high.value.divided(by: size.value)
        else { return .unknown(.notComputable, "the dose cannot be told in proportion to the patient's size") }
        return FactResult(
            .quantity(
                low: Quantity(low.rounded(places: 4).normalized, unit), high: Quantity(high.rounded(places: 4).normalized, unit),
                analyte: nil), references: references + size.references)
    }

    // MARK: The patient's size

    /// A result as an exact number in its lab's unit.
    func measured(_ query: LabQuery) -> Result<(value: Decimal, references: [ResourceReference], date: PartialDate?), UnknownReason> {
        let input = lab(query)
        guard case .quantity(let low, let high, _) = input.value else {
            let name = record.plan.labs[Int(query.lab.index)].title
            let reason = input.unknownReason ?? UnknownReason(.notRecorded, "not known")
            return .failure(UnknownReason(reason.kind, "\(name): \(reason.why)"))
        }
        guard low == high, low.comparator == nil else {
            return .failure(UnknownReason(.comparator, "an input of the calculation is not an exact value"))
        }
        if let reason = record.outgrown(input.date, record.plan.labs[Int(query.lab.index)].title) { return .failure(reason) }
        return .success((low.value, input.references, input.date))
    }

    /// The weight that an author chose, in kg.
    func bodyWeight(_ query: WeightQuery) -> Result<(kilograms: Decimal, references: [ResourceReference]), UnknownReason> {
        if query.choice == .actual || query.height == nil {
            return measured(query.weight).map { ($0.value, $0.references) }
        }
        return idealWeight(query.height ?? query.weight).flatMap { ideal in
            if query.choice == .ideal { return .success(ideal) }
            return measured(query.weight).flatMap { actual in
                let references = ideal.references + actual.references
                switch query.choice {
                case .lesser: return .success((min(ideal.kilograms, actual.value), references))
                default:
                    guard let adjusted = BodyWeight.adjusted(actual: actual.value, ideal: ideal.kilograms) else {
                        return .failure(UnknownReason(.notComputable, "the weight cannot be worked out"))
                    }
                    return .success((adjusted, references))
                }
            }
        }
    }

    func idealWeight(_ height: LabQuery) -> Result<(kilograms: Decimal, references: [ResourceReference]), UnknownReason> {
        guard case .sex(let sex) = record.sex().value else {
            return .failure(UnknownReason(.notRecorded, "the sex is not recorded"))
        }
        return measured(height).flatMap { height in
            guard let ideal = BodyWeight.ideal(height: height.value, sex: sex) else {
                return .failure(UnknownReason(.notComputable, "the equation for ideal weight begins at 152.4 cm"))
            }
            return .success((ideal, height.references))
        }
    }
}
