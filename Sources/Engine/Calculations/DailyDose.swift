import Clinical
import Knowledge

/// How much of an ingredient a day's doses come to.
///
/// Worked out only where the dosage says it exactly: amount, how often, and, for a dose told in tablets or millilitres, the
/// strength of the product. A dose as needed gives a window that starts at zero; a range gives a window. Steps that follow
/// one another, infusions and dosages in words are not added up by guess.
struct DailyDose {
    let low: Quantity
    let high: Quantity
    /// The unit of one dose, such as `mg` where the day's doses are told in `mg/day`.
    let base: Unit?

    /// Over several entries of one drug. Orders add up; entries of the record may repeat one another, which gives a window.
    static func of(
        _ entries: [MedicationEntry], ingredient: IngredientID, isOrdered: Bool
    ) -> Result<DailyDose, UnknownReason> {
        var total: DailyDose?
        for entry in entries {
            switch of(entry, ingredient: ingredient) {
            case .failure(let reason): return .failure(reason)
            case .success(let dose):
                guard let known = total else {
                    total = dose
                    continue
                }
                guard let sum = isOrdered ? known.adding(dose) : known.orBoth(dose) else {
                    return failure("its doses are told in units that do not add up")
                }
                total = sum
            }
        }
        return total.map { .success($0) } ?? failure("no dosage is stated")
    }

    static func of(_ entry: MedicationEntry, ingredient: IngredientID) -> Result<DailyDose, UnknownReason> {
        let dosages = entry.medication.dosages
        guard !dosages.isEmpty else { return failure("no dosage is stated") }
        guard Set(dosages.map { $0.sequence ?? 0 }).count == 1 else {
            return failure("the dosage changes over time")
        }
        var total: DailyDose?
        for dosage in dosages {
            switch of(dosage, entry: entry, ingredient: ingredient) {
            case .failure(let reason): return .failure(reason)
            case .success(let dose):
                guard let sum = total.map({ $0.adding(dose) }) ?? dose else {
                    return failure("its doses are told in units that do not add up")
                }
                total = sum
            }
        }
        return total.map { .success($0) } ?? failure("no dosage is stated")
    }

    private static func of(
        _ dosage: Dosage, entry: MedicationEntry, ingredient: IngredientID
    ) -> Result<DailyDose, UnknownReason> {
        if dosage.rate != nil, dosage.dose == nil { return failure("the dose is told as a rate") }
        guard let ends = ends(of: dosage) else {
            return failure(dosage.hasText ? "the dose is stated in words only" : "no dose is stated")
        }
        if let refusal = refusal(of: ends) { return failure(refusal) }
        let most = maximum(of: dosage, for: ingredient, in: entry)
        guard let often = timesPerDay(dosage.timing) else {
            guard let most else { return failure("how often it is taken is not stated") }
            return .success(DailyDose(low: Quantity(0, most.day.unit), high: most.day, base: most.base))
        }
        switch (amount(ends.low, of: ingredient, in: entry), amount(ends.high, of: ingredient, in: entry)) {
        case (.success(let low), .success(let high)):
            guard let total = perDay(high, often.high), let least = perDay(low, often.low) else {
                return failure("the dose cannot be worked out")
            }
            let dose = DailyDose(low: dosage.isAsNeeded ? Quantity(0, total.unit) : least, high: total, base: high.unit)
            return .success(most.map { dose.capped(at: $0.day) } ?? dose)
        case (.failure(let reason), _), (_, .failure(let reason)):
            return .failure(reason)
        }
    }

    /// The least and the most of one dose, as stated.
    static func ends(of dosage: Dosage) -> (low: Quantity, high: Quantity)? {
        switch dosage.dose {
        case .quantity(let quantity): (quantity, quantity)
        case .range(let low, let high?): (low ?? Quantity(0, high.unit), high)
        default: nil
        }
    }

    /// Why an amount can be no dose; nothing where it can.
    static func refusal(of ends: (low: Quantity, high: Quantity)) -> String? {
        ends.high.value > 0 && ends.low.value >= 0 ? nil : "it is stated as \(ends.high), which is no dose"
    }

    /// The most that a day may have, where the dosage says how much a period may have at most; shorter periods count as often
    /// as they fit into a day.
    ///
    /// - Source: FHIR R4, dosage: maxDosePerPeriod, "upper limit on medication per unit of time".
    static func maximum(
        of dosage: Dosage, for ingredient: IngredientID, in entry: MedicationEntry
    ) -> (day: Quantity, base: Unit?)? {
        guard let most = dosage.maximumPerPeriod, most.numerator.value > 0, let day = try? Unit(ucum: "d"),
            case .success(let period) = most.denominator.converted(to: day), period.value > 0,
            case .success(let amount) = amount(most.numerator, of: ingredient, in: entry),
            let times = Decimal(1).divided(by: period.value), let daily = perDay(amount, times)
        else { return nil }
        return (daily, amount.unit)
    }

    private func capped(at most: Quantity) -> DailyDose {
        guard let unit = high.unit, case .success(let limit) = most.converted(to: unit), limit.value < high.value else { return self }
        return DailyDose(low: Quantity(min(low.value, limit.value), unit), high: Quantity(limit.value, unit), base: base)
    }

    private func adding(_ other: DailyDose) -> DailyDose? {
        guard let unit = high.unit, case .success(let otherLow) = other.low.converted(to: unit),
            case .success(let otherHigh) = other.high.converted(to: unit), let low = low.value.adding(otherLow.value),
            let high = high.value.adding(otherHigh.value)
        else { return nil }
        return DailyDose(low: Quantity(low, unit), high: Quantity(high, unit), base: base)
    }

    /// At least the larger of two, at most both; the same twice is taken for one.
    private func orBoth(_ other: DailyDose) -> DailyDose? {
        guard let sum = adding(other), let unit = high.unit, case .success(let otherLow) = other.low.converted(to: unit),
            case .success(let otherHigh) = other.high.converted(to: unit)
        else { return nil }
        if low.value == otherLow.value, high.value == otherHigh.value { return self }
        return DailyDose(low: Quantity(max(low.value, otherLow.value), unit), high: sum.high, base: base)
    }

    static func failure(_ why: String) -> Result<DailyDose, UnknownReason> {
        .failure(UnknownReason(.notComputable, "the daily dose is not known: \(why)"))
    }
}

// MARK: - How much

extension DailyDose {
    /// The mass (or units) of the ingredient in one dose.
    static func amount(
        _ dose: Quantity, of ingredient: IngredientID, in entry: MedicationEntry
    ) -> Result<Quantity, UnknownReason> {
        if let unit = dose.unit, !isCountOfPieces(dose), strengthDenominator(unit) == nil { return .success(dose) }
        guard let strength = strength(of: ingredient, in: entry) else {
            return .failure(
                UnknownReason(.notComputable, "the daily dose is not known: the strength of the product is not known"))
        }
        return scaled(dose, by: strength)
    }

    /// True for tablets, capsules, puffs and bare numbers: pieces of the product.
    static func isCountOfPieces(_ dose: Quantity) -> Bool {
        guard let unit = dose.unit else { return true }
        // A dose by body weight has no dimension either, and is no count.
        return unit.isPlainCount
    }

    /// The unit of a volume, which tells of the product and not of the ingredient.
    static func strengthDenominator(_ unit: Unit) -> Unit? {
        guard let millilitre = Units.millilitre, unit.isCommensurable(with: millilitre) else { return nil }
        return millilitre
    }

    /// Strength of the ingredient as the order describes the product, else as the product table has it.
    static func strength(of ingredient: IngredientID, in entry: MedicationEntry) -> Ratio? {
        if entry.medication.ingredients.count == 1, let stated = entry.medication.ingredients.first?.strength { return stated }
        if let stated = entry.strengths[ingredient] { return stated }
        guard let strengths = entry.drug?.product?.strengths else { return nil }
        return strengths.first { $0.ingredient == ingredient }?.amount
            ?? (strengths.count == 1 ? strengths.first?.amount : nil)
    }

    private static func scaled(_ dose: Quantity, by strength: Ratio) -> Result<Quantity, UnknownReason> {
        let unknown = UnknownReason(
            .notComputable, "the daily dose is not known: dose and strength are told in units that do not fit")
        let count: Decimal
        if let unit = dose.unit, let volume = strengthDenominator(unit) {
            guard let per = strength.denominator.unit, per.isCommensurable(with: volume),
                case .success(let converted) = dose.converted(to: per)
            else { return .failure(unknown) }
            count = converted.value
        } else {
            if let per = strength.denominator.unit, strengthDenominator(per) != nil { return .failure(unknown) }
            count = dose.value
        }
        guard let pieces = count.divided(by: strength.denominator.value),
            let value = pieces.multiplied(by: strength.numerator.value)
        else { return .failure(unknown) }
        return .success(Quantity(value.normalized, strength.numerator.unit))
    }
}

// MARK: - How often

extension DailyDose {
    /// Doses a day, at the least and at the most; nothing where the timing does not say.
    static func timesPerDay(_ timing: Timing?) -> (low: Decimal, high: Decimal)? {
        guard let timing else { return nil }
        if let perDay = fromPeriod(timing) { return perDay }
        if !timing.daysOfWeek.isEmpty {
            let days = Decimal(min(timing.daysOfWeek.count, 7) * max(timing.frequency ?? max(timing.timesPerDay, 1), 1))
            return days.divided(by: 7).map { ($0, $0) }
        }
        if let code = timing.code, let often = abbreviations[code] { return (often, often) }
        if timing.timesPerDay > 0 { return (Decimal(timing.timesPerDay), Decimal(timing.timesPerDay)) }
        if timing.count == 1 || timing.events.count == 1 { return (1, 1) }
        return nil
    }

    /// - Source: FHIR R4, datatypes: Timing. Without a frequency it is once a period, unless the code says how often: a code is a
    ///   complete statement of what the structure tells.
    private static func fromPeriod(_ timing: Timing) -> (low: Decimal, high: Decimal)? {
        if timing.frequency == nil, let code = timing.code, abbreviations[code] != nil { return nil }
        guard let period = timing.period, let unit = timing.periodUnit, period > 0 else { return nil }
        let frequency = max(timing.frequency ?? 1, 1)
        let most = max(timing.frequencyMaximum ?? frequency, frequency)
        let longest = timing.periodMaximum ?? period
        guard let high = perDay(most, each: period, unit), let low = perDay(frequency, each: longest, unit) else { return nil }
        if !timing.daysOfWeek.isEmpty, unit == .day || unit == .hour {
            let share = Decimal(min(timing.daysOfWeek.count, 7))
            guard let low = low.multiplied(by: share)?.divided(by: 7), let high = high.multiplied(by: share)?.divided(by: 7)
            else { return nil }
            return (low, high)
        }
        return (low, high)
    }

    private static func perDay(_ frequency: Int, each period: Decimal, _ unit: Timing.PeriodUnit) -> Decimal? {
        let times = Decimal(frequency)
        return switch unit {
        case .second: times.multiplied(by: 86_400)?.divided(by: period)
        case .minute: times.multiplied(by: 1_440)?.divided(by: period)
        case .hour: times.multiplied(by: 24)?.divided(by: period)
        case .day: times.divided(by: period)
        case .week: period.multiplied(by: 7).flatMap { times.divided(by: $0) }
        case .month: period.multiplied(by: 30).flatMap { times.divided(by: $0) }
        case .year: period.multiplied(by: 365).flatMap { times.divided(by: $0) }
        }
    }

    /// Doses a day for FHIR's timing abbreviations.
    ///
    /// - Source: FHIR R4 valueset-timing-abbreviation (v3-GTSAbbreviation).
    private static let abbreviations: [String: Decimal] = [
        "QD": 1, "BID": 2, "TID": 3, "QID": 4, "AM": 1, "PM": 1, "BED": 1, "QOD": Decimal(coefficient: 5, scale: 1),
        "Q1H": 24, "Q2H": 12, "Q3H": 8, "Q4H": 6, "Q6H": 4, "Q8H": 3,
    ]

    private static func perDay(_ dose: Quantity, _ times: Decimal) -> Quantity? {
        guard let value = dose.value.multiplied(by: times) else { return nil }
        guard let unit = dose.unit, let daily = try? Unit(text: "\(unit.code)/day") else { return nil }
        let tidy = value.rounded(places: 6).normalized
        return Quantity(tidy, daily)
    }

    private enum Units {
        static let millilitre = try? Unit(ucum: "mL")
    }
}
