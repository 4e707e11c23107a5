import Clinical
import Knowledge

extension RuleContext {
    /// One number of the dosage of what fills a role; unknown, with the reason, where the order does not tell it.
    func dose(of role: RoleID, _ measure: DoseMeasure) -> FactResult {
        guard let drug = drugs(in: role).first, drugs(in: role).count == 1 else {
            return .unknown(.notComputable, "several drugs have no dose in common")
        }
        return dose(of: drug, measure)
    }

    private func dose(of drug: DrugPresence, _ measure: DoseMeasure) -> FactResult {
        let entries = entries(of: drug, measure)
        guard !entries.isEmpty else { return .unknown(.notRecorded, "the dose is not stated") }
        var total: Decimal = 0
        for entry in entries {
            guard !entry.medication.dosages.isEmpty else { return unknownDose("no dosage is stated") }
            var own: Decimal = 0
            for dosage in entry.medication.dosages {
                switch value(dosage, entry, drug.ingredient, measure) {
                case .failure(let reason): return FactResult(.unknown(reason))
                case .success(let part): own = combined(own, part, entry, measure)
                }
            }
            let sums = measure.amount == .daily || measure.amount == .weekly
            total = sums ? total.adding(own) ?? total : max(total, own)
        }
        let quantity = Quantity(tidied(total), measure.unit)
        return FactResult(
            .quantity(low: quantity, high: quantity, analyte: nil), references: unique(entries.map(\.medication.reference)))
    }

    /// Three places after the point, and below 1 so many more that four digits are left: 0.00315 mg/kg is above a limit of 0.003.
    private func tidied(_ total: Decimal) -> Decimal {
        let more = [0, 1, 2].count { total < Decimal(coefficient: 1, scale: $0) }
        return total.rounded(places: 3 + more).normalized
    }

    /// Steps that follow one another count with the largest, steps at one time add up.
    private func combined(_ one: Decimal, _ other: Decimal, _ entry: MedicationEntry, _ measure: DoseMeasure) -> Decimal {
        let isSequence = Set(entry.medication.dosages.map { $0.sequence ?? 0 }).count > 1
        let adds = !isSequence && (measure.amount == .daily || measure.amount == .weekly || measure.amount == .frequency)
        return adds ? one.adding(other) ?? one : max(one, other)
    }

    private func unknownDose(_ why: String) -> FactResult {
        .unknown(.notComputable, "the dose is not known: \(why)")
    }

    // MARK: Which entries add up

    private func entries(of drug: DrugPresence, _ measure: DoseMeasure) -> [MedicationEntry] {
        func counts(_ entry: MedicationEntry) -> Bool {
            guard let routes = measure.routes, let route = entry.route else { return true }
            return routes.contains(route)
        }
        let orders = drug.orders.filter(counts)
        guard measure.span != .orders else { return orders }
        return orders + drug.taken.filter { taken in
            counts(taken) && !taken.isReplaced && !orders.contains { renews($0, taken, drug.ingredient, measure) }
        }
    }

    /// Whether an order is what goes on with an entry of the record rather than what comes on top of it.
    private func renews(
        _ order: MedicationEntry, _ taken: MedicationEntry, _ ingredient: IngredientID, _ measure: DoseMeasure
    ) -> Bool {
        guard Set(order.drug?.ingredients ?? []) == Set(taken.drug?.ingredients ?? []) else { return false }
        guard measure.span == .everything else { return true }
        let doses = [order, taken].map { entry in
            entry.medication.dosages.map { try? value($0, entry, ingredient, measure).get() }
        }
        return doses[0] == doses[1]
    }

    // MARK: One step of a dosage

    private func value(
        _ dosage: Dosage, _ entry: MedicationEntry, _ ingredient: IngredientID, _ measure: DoseMeasure
    ) -> Result<Decimal, UnknownReason> {
        switch measure.amount {
        case .duration:
            if dosage.timing?.count == 1 { return .success(1) }
            guard let days = dosage.timing?.boundsDays else { return doseFailure("for how long is not stated") }
            return .success(Decimal(days.upperBound))
        case .frequency:
            if dosage.timing?.count == 1 { return .success(1) }
            guard let often = DailyDose.timesPerDay(dosage.timing), let weekly = often.high.multiplied(by: 7) else {
                return doseFailure("how often it is taken is not stated")
            }
            return .success(weekly)
        case .rate: return rate(dosage, measure)
        case .single: return single(dosage, entry, ingredient, measure)
        case .daily, .weekly:
            let most = maximum(dosage, entry, ingredient, measure)
            guard let often = DailyDose.timesPerDay(dosage.timing) else {
                return most.map { .success($0) } ?? doseFailure("how often it is taken is not stated")
            }
            return single(dosage, entry, ingredient, measure).flatMap { amount in
                guard let daily = amount.multiplied(by: often.high),
                    let value = measure.amount == .daily ? daily : weekly(daily, dosage)
                else { return doseFailure("it cannot be worked out") }
                return .success(most.map { min($0, value) } ?? value)
            }
        }
    }

    /// The most that a day or a week may have, where the dosage says it.
    private func maximum(_ dosage: Dosage, _ entry: MedicationEntry, _ ingredient: IngredientID, _ measure: DoseMeasure) -> Decimal? {
        // A limit is told per the same time as the measure: a day's most is no week's.
        guard let stated = dosage.maximumPerPeriod, stated.numerator.value > 0, let unit = try? Unit(ucum: measure.amount == .daily ? "d" : "wk"),
            case .success(let periods) = stated.denominator.converted(to: unit), periods.value > 0,
            case .success(let amount) = DailyDose.amount(stated.numerator, of: ingredient, in: entry).flatMap({ converted($0, measure) })
        else { return nil }
        return amount.divided(by: periods.value)
    }

    /// A single occasion is that much in its week, whatever a day's worth is.
    private func weekly(_ daily: Decimal, _ dosage: Dosage) -> Decimal? {
        dosage.timing?.count == 1 ? daily : daily.multiplied(by: 7)
    }

    private func rate(_ dosage: Dosage, _ measure: DoseMeasure) -> Result<Decimal, UnknownReason> {
        let stated: Quantity?
        switch dosage.rate {
        case .quantity(let quantity): stated = quantity
        case .range(_, let high): stated = high
        case .ratio(let ratio):
            stated = ratio.denominator.unit.flatMap { per in
                guard let value = ratio.numerator.value.divided(by: ratio.denominator.value), let unit = ratio.numerator.unit,
                    let rate = try? Unit(ucum: "\(unit.code)/\(per.code)")
                else { return nil }
                return Quantity(value, rate)
            }
        case nil: stated = nil
        }
        guard let stated, case .success(let converted) = stated.converted(to: measure.unit) else {
            return doseFailure("how fast it is given is not stated")
        }
        return .success(converted.value)
    }

    private func single(
        _ dosage: Dosage, _ entry: MedicationEntry, _ ingredient: IngredientID, _ measure: DoseMeasure
    ) -> Result<Decimal, UnknownReason> {
        let stated: Quantity
        switch dosage.dose {
        case .quantity(let quantity): stated = quantity
        case .range(_, let high?): stated = high
        default:
            return doseFailure(
                dosage.rate != nil ? "it is told as a rate" : dosage.hasText ? "it is stated in words only" : "no dose is stated")
        }
        if let refusal = DailyDose.refusal(of: (stated, stated)) { return doseFailure(refusal) }
        return DailyDose.amount(stated, of: ingredient, in: entry).flatMap { converted($0, measure) }
    }

    /// An amount in the measure's unit of amount: of its own kind, or by weight or body surface.
    private func converted(_ amount: Quantity, _ measure: DoseMeasure) -> Result<Decimal, UnknownReason> {
        guard let base = DoseUnits.bases.first(where: { $0.matches(measure.unit) }) else {
            return doseFailure("its unit is not one of doses")
        }
        let size: (Quantity) -> Result<Decimal, UnknownReason>
        if case .success(let plain) = amount.converted(to: base.plain) {
            size = { _ in .success(plain.value) }
            if measure.basis == .absolute { return size(amount) }
            return bodySize(measure.basis, measure).flatMap { per in
                plain.value.divided(by: per).map { .success($0) } ?? doseFailure("it cannot be worked out")
            }
        }
        for (unit, basis) in [(base.perKilogram, DoseMeasure.Basis.perKilogram), (base.perSquareMetre, .perSquareMetre)] {
            guard case .success(let relative) = amount.converted(to: unit) else { continue }
            if measure.basis == basis { return .success(relative.value) }
            return bodySize(basis, measure).flatMap { own in
                guard let plain = relative.value.multiplied(by: own) else { return doseFailure("it cannot be worked out") }
                guard measure.basis != .absolute else { return .success(plain) }
                return bodySize(measure.basis, measure).flatMap { per in
                    plain.divided(by: per).map { .success($0) } ?? doseFailure("it cannot be worked out")
                }
            }
        }
        return doseFailure("it is told in another kind of unit")
    }

    private func bodySize(_ basis: DoseMeasure.Basis, _ measure: DoseMeasure) -> Result<Decimal, UnknownReason> {
        func number(_ query: LabQuery?, _ name: String) -> Result<Decimal, UnknownReason> {
            guard let query else { return doseFailure("the body \(name) is not known") }
            let result = lab(query)
            guard case .quantity(let low, _, _) = result.value else {
                return .failure(
                    UnknownReason(
                        result.unknownReason?.kind ?? .notRecorded,
                        "the dose by body \(name) is not known (\(name): \(result.unknownReason?.why ?? "not known"))"))
            }
            if let reason = record.outgrown(result.date, name) {
                return .failure(UnknownReason(reason.kind, "the dose by body \(name) is not known (\(reason.why))"))
            }
            return .success(low.value)
        }
        guard basis == .perSquareMetre else { return number(measure.weight, "weight") }
        return number(measure.weight, "weight").flatMap { weight in
            number(measure.height, "height").flatMap { height in
                BodySize.surface(weight: weight.doubleValue, height: height.doubleValue).map { .success($0) }
                    ?? doseFailure("the body surface cannot be worked out")
            }
        }
    }
}

private func doseFailure(_ why: String) -> Result<Decimal, UnknownReason> {
    .failure(UnknownReason(.notComputable, "the dose is not known: \(why)"))
}

/// The units in which amounts of drugs are told, plain and by body size.
private struct DoseUnits {
    let plain: Unit
    let perKilogram: Unit
    let perSquareMetre: Unit

    /// Units of the same kind of amount, whatever the time.
    func matches(_ unit: Unit) -> Bool {
        [plain, perKilogram, perSquareMetre].contains { amount in
            unit.isCommensurable(with: amount)
                || ["d", "wk"].contains { time in (try? Unit(ucum: "\(amount.code)/\(time)")).map(unit.isCommensurable) ?? false }
        }
    }

    static let bases: [DoseUnits] = ["mg", "[iU]", "meq", "mL"].compactMap { code in
        guard let plain = try? Unit(ucum: code), let perKilogram = try? Unit(ucum: "\(code)/kg"),
            let perSquareMetre = try? Unit(ucum: "\(code)/m2")
        else { return nil }
        return DoseUnits(plain: plain, perKilogram: perKilogram, perSquareMetre: perSquareMetre)
    }
}
