import Clinical
import Knowledge

/// What is asked of the drug that fills a role: by which way, in which form, how much, how often, how long.
extension RuleContext {
    /// The entries that speak for a role: the orders where it is ordered, else what is taken.
    private func speaking(for role: RoleID) -> [MedicationEntry] {
        let drugs = drugs(in: role)
        let orders = drugs.flatMap(\.orders)
        return orders.isEmpty ? drugs.flatMap(\.taken) : orders
    }

    func route(of role: RoleID) -> FactResult {
        let entries = drugs(in: role).flatMap { $0.orders + $0.taken }
        let routes = entries.map(\.route)
        guard !entries.isEmpty, !routes.contains(nil) else { return .unknown(.notRecorded, "the route is not stated") }
        return FactResult(.routes(Set(routes.compactMap(\.self))), references: unique(entries.map(\.medication.reference)))
    }

    /// The form that the entry states, else that of the product.
    func form(of role: RoleID) -> FactResult {
        let entries = speaking(for: role)
        let forms = entries.map { $0.medication.form?.label ?? $0.drug?.doseForm }
        guard !entries.isEmpty, !forms.contains(nil) else { return .unknown(.notRecorded, "the dose form is not stated") }
        return FactResult(
            .forms(unique(forms.compactMap(\.self))), references: unique(entries.map(\.medication.reference)))
    }

    /// Whether an order of it, or an entry by which it is taken, tells a dose in any way: as an amount, a rate, a maximum or in words.
    func doseTold(_ role: RoleID) -> FactResult {
        let entries = drugs(in: role).flatMap { $0.orders + $0.taken }
        let isTold = entries.flatMap(\.medication.dosages).contains {
            $0.dose != nil || $0.rate != nil || $0.maximumPerPeriod != nil || $0.hasText
        }
        return FactResult(.truth(Truth(isTold)), references: unique(entries.map(\.medication.reference)))
    }

    func dosesPerDay(of role: RoleID) -> FactResult {
        let entries = speaking(for: role)
        let dosages = entries.flatMap(\.medication.dosages)
        guard let dosage = dosages.first, dosages.count == 1 else {
            return .unknown(.notComputable, dosages.isEmpty ? "no dosage is stated" : "several dosages are stated")
        }
        guard let often = DailyDose.timesPerDay(dosage.timing) else {
            return .unknown(.notRecorded, "how often it is taken is not stated")
        }
        return FactResult(
            .number(low: dosage.isAsNeeded ? 0 : often.low, high: often.high), references: entries.map(\.medication.reference))
    }

    func asNeeded(_ role: RoleID) -> FactResult {
        let entries = speaking(for: role)
        let answers = entries.flatMap(\.medication.dosages).map(\.isAsNeeded)
        let references = unique(entries.map(\.medication.reference))
        guard !answers.isEmpty else { return .unknown(.notRecorded, "no dosage is stated") }
        if Set(answers).count > 1 { return .unknown(.conflicting, "part of it is taken as needed, and part at set times") }
        return FactResult(.truth(Truth(answers[0])), references: references)
    }

    /// How long it is to be taken: told as the time since a day so long ago.
    func duration(of role: RoleID) -> FactResult {
        let entries = speaking(for: role)
        var longest: ClosedRange<Int>?
        for entry in entries {
            guard let days = Course.days(of: entry.medication, zone: record.asOf.zone) else {
                return .unknown(.notRecorded, "how long it is to be taken is not stated")
            }
            longest = longest.map { max($0.lowerBound, days.lowerBound)...max($0.upperBound, days.upperBound) } ?? days
        }
        guard let longest else { return .unknown(.notRecorded, "how long it is to be taken is not stated") }
        let today = record.today
        let days = today.adding(TimeSpan(amount: -longest.upperBound, unit: .days))...today.adding(
            TimeSpan(amount: -longest.lowerBound, unit: .days))
        return FactResult(.since(days, isAge: false), references: unique(entries.map(\.medication.reference)))
    }

    func started(_ role: RoleID) -> FactResult {
        let entries = drugs(in: role).flatMap { $0.taken + $0.orders }
        guard let entry = entries.first(where: { $0.medication.started != nil || $0.medication.authored != nil }),
            let date = entry.medication.started ?? entry.medication.authored
        else { return .unknown(.notRecorded, "the start is not recorded") }
        return FactResult(
            .since(date.days(in: record.asOf.zone), isAge: false), date: date, references: [entry.medication.reference])
    }

    func reaction(to role: RoleID) -> FactResult {
        guard let allergy = allergies(in: role).first?.entry.allergy else {
            return .unknown(.notRecorded, "no reaction is recorded")
        }
        let manifestations = allergy.reactions.flatMap(\.manifestations)
        if manifestations.isEmpty { return .unknown(.notRecorded, "no reaction is recorded") }
        if manifestations.allSatisfy(\.isUncoded) { return .unknown(.uncoded, "the reaction is recorded in words only") }
        return FactResult(.reactions(manifestations), references: [allergy.reference])
    }

    /// Yes where a reaction was severe or the criticality is high; no where the record says that it was less.
    func severe(_ role: RoleID) -> FactResult {
        guard let allergy = allergies(in: role).first?.entry.allergy else {
            return .unknown(.notRecorded, "how severe it was is not recorded")
        }
        let severities = allergy.reactions.compactMap(\.severity)
        if allergy.criticality == .high || severities.contains("severe") {
            return FactResult(.truth(.yes), references: [allergy.reference])
        }
        guard allergy.criticality == .low || !severities.isEmpty else {
            return .unknown(.notRecorded, "how severe it was is not recorded")
        }
        return FactResult(.truth(.no), references: [allergy.reference])
    }

    /// No where the record does not say which it is: what is not called an intolerance is held to be an allergy.
    func intolerance(_ role: RoleID) -> FactResult {
        guard let allergy = allergies(in: role).first?.entry.allergy else { return .truth(.no) }
        return FactResult(.truth(Truth(allergy.kind == .intolerance)), references: [allergy.reference])
    }
}
