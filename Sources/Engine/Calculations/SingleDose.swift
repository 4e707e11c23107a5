import Clinical
import Knowledge

/// The largest amount of an ingredient that is taken at one time.
///
/// Known also where the day's total is not: as needed, at intervals that are not stated, or in steps that follow one
/// another. A range gives a window.
struct SingleDose {
    let low: Quantity
    let high: Quantity

    /// Over several entries of one drug the largest.
    static func of(_ entries: [MedicationEntry], ingredient: IngredientID) -> Result<SingleDose, UnknownReason> {
        var largest: SingleDose?
        for entry in entries {
            guard !entry.medication.dosages.isEmpty else { return failure("no dosage is stated") }
            for dosage in entry.medication.dosages {
                switch of(dosage, entry: entry, ingredient: ingredient) {
                case .failure(let reason): return .failure(reason)
                case .success(let dose):
                    guard let both = largest.map({ $0.larger(dose) }) ?? dose else {
                        return failure("its doses are told in units that cannot be compared")
                    }
                    largest = both
                }
            }
        }
        return largest.map { .success($0) } ?? failure("no dosage is stated")
    }

    private static func of(
        _ dosage: Dosage, entry: MedicationEntry, ingredient: IngredientID
    ) -> Result<SingleDose, UnknownReason> {
        guard let ends = DailyDose.ends(of: dosage) else {
            if dosage.rate != nil { return failure("the dose is told as a rate") }
            return failure(dosage.hasText ? "it is stated in words only" : "no dose is stated")
        }
        if let refusal = DailyDose.refusal(of: ends) { return failure(refusal) }
        switch (DailyDose.amount(ends.low, of: ingredient, in: entry), DailyDose.amount(ends.high, of: ingredient, in: entry)) {
        case (.success(let low), .success(let high)): return .success(SingleDose(low: low, high: high))
        case (.failure(let reason), _), (_, .failure(let reason)): return .failure(reason)
        }
    }

    private func larger(_ other: SingleDose) -> SingleDose? {
        guard let unit = high.unit, case .success(let otherLow) = other.low.converted(to: unit),
            case .success(let otherHigh) = other.high.converted(to: unit), case .success(let low) = low.converted(to: unit)
        else { return nil }
        return SingleDose(
            low: Quantity(max(low.value, otherLow.value), unit), high: Quantity(max(high.value, otherHigh.value), unit))
    }

    private static func failure(_ why: String) -> Result<SingleDose, UnknownReason> {
        .failure(UnknownReason(.notComputable, "the dose is not known: \(why)"))
    }
}
