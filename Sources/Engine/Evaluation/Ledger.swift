import Clinical
import Knowledge

/// Gathers what was not checked, each statement once.
struct Ledger {
    private var entries: [Key: Entry] = [:]

    private struct Key: Hashable {
        let what: String
        let why: String
        let about: ResourceReference?

        /// The same is seldom not checked for two reasons.
        func hash(into hasher: inout Hasher) {
            hasher.combine(what)
            hasher.combine(about)
        }
    }

    private struct Entry {
        /// Each as often as it was added.
        var rules: [String] = []
        var isForPrescriber = false

        mutating func add(_ rule: String?, isForPrescriber isMore: Bool) {
            if let rule { rules.append(rule) }
            isForPrescriber = isForPrescriber || isMore
        }
    }

    mutating func add(
        _ what: String, why: String, rule: String? = nil, isForPrescriber: Bool = false, about: ResourceReference? = nil
    ) {
        entries[Key(what: what, why: why, about: about), default: Entry()].add(rule, isForPrescriber: isForPrescriber)
    }

    /// What the prescriber should read first; then by words.
    var statements: [NotChecked] {
        entries.map { key, entry in
            NotChecked(
                what: key.what, why: key.why, rules: entry.rules.count > 1 ? Set(entry.rules).sorted() : entry.rules,
                isForPrescriber: entry.isForPrescriber, about: key.about)
        }
        .sorted { one, other in
            if one.isForPrescriber != other.isForPrescriber { return one.isForPrescriber }
            if one.what != other.what { return one.what < other.what }
            if one.why != other.why { return one.why < other.why }
            return (one.about?.description ?? "") < (other.about?.description ?? "")
        }
    }
}

extension Ledger {
    /// What cannot be checked whatever the rules say: drugs and allergies that are not known, and sections that did not come.
    mutating func addRecord(_ record: PatientRecord, needs: DataNeeds, isOrdering: Bool) {
        addMedications(record)
        addDoses(record)
        if isOrdering { addAllergies(record) }
        for section in needs.sections.sorted() {
            guard let reason = record.absence(in: section).reason else { continue }
            let isMissing = reason.kind == .notSupplied || reason.kind == .failed || record.snapshot.lacking.contains(section)
            let matters = isOrdering && isMissing && (section == .medications || section == .allergies) && !record.snapshot.orders.isEmpty
            add(section.words, why: reason.why, isForPrescriber: matters)
        }
        addProblems(record)
        addVaccines(record)
        if isOrdering {
            addStopped(record)
            addTests(record)
        }
        if record.allergyEntries.contains(where: \.resolution.noneKnown), record.allergyEntries.contains(where: { !$0.resolution.noneKnown }) {
            add("allergies", why: "the list says both that none is known and that there are some; what is listed was checked")
        }
    }

    /// Problems that no rule can find, because they have no code or only codes of systems that problems are not looked up in.
    ///
    /// Those of SNOMED CT that no list holds are counted in one statement: most of them concern no rule, and the lists hold
    /// but part of SNOMED CT, so nobody can tell which. ICD-10-CM is known whole.
    private mutating func addProblems(_ record: PatientRecord) {
        var unlisted = 0
        for condition in record.snapshot.conditions where condition.standing == .active {
            if condition.code.isUncoded {
                add("a problem on the list", why: "it is recorded in words only, without a code", about: condition.reference)
            } else if !condition.code.codings.contains(where: { $0.system == .snomedCT || $0.system == .icd10CM }) {
                add("a problem on the list", why: "it is coded neither in SNOMED CT nor in ICD-10-CM", about: condition.reference)
            } else if !record.isListed(condition.code) {
                unlisted += 1
            }
        }
        guard unlisted > 0 else { return }
        let what = unlisted == 1 ? "one is" : "\(unlisted) are"
        add("problems on the list", why: "\(what) coded in SNOMED CT alone, with a code that stands in none of the lists that rules ask")
    }

    /// Results of labs that rules asked for and that could not be used: an older one may have been taken for the latest.
    mutating func addUnusedResults(_ record: PatientRecord) {
        for lab in record.askedLabs {
            for number in record.observationsBySet[lab.codes] {
                let result = record.snapshot.observations[number]
                guard let why = result.reasonUnused else { continue }
                add("a result of \(record.plan.labs[Int(lab.index)].title)", why: "\(why); another may have been taken for the latest", about: result.reference)
            }
        }
    }

    /// Vaccines that no rule can find; what was given before decides what may be given now.
    private mutating func addVaccines(_ record: PatientRecord) {
        for dose in record.snapshot.immunizations where dose.isValidDose && dose.vaccine.isUncoded {
            add("a vaccine on record", why: "it is recorded in words only, without a code", about: dose.reference)
        }
    }

    /// Medicines that were stopped and are not known: one of them may still be at work.
    private mutating func addStopped(_ record: PatientRecord) {
        for entry in record.entries where entry.medication.use == .ended {
            guard let why = reason(entry), entry.medication.ended.map({ record.lies($0, within: Self.washout) }) != .no else { continue }
            add("stopped medication \(entry.medication.code.label ?? "without a name")", why: why, about: entry.medication.reference)
        }
    }

    /// No drug of the rules is asked for longer after it was stopped.
    private static let washout = TimeSpan(amount: 6, unit: .months)

    /// Orders of tests and procedures that no rule can find.
    private mutating func addTests(_ record: PatientRecord) {
        for order in record.snapshot.serviceRequests where order.isDraft && order.code.isUncoded {
            add(
                "ordered test \(order.code.label ?? "without a name")", why: "it is stated in words only, without a code",
                about: order.reference)
        }
    }

    private mutating func addMedications(_ record: PatientRecord) {
        for entry in record.entries {
            let isPresent = entry.isOrder || entry.medication.use == .current || entry.medication.use == .onHold
            guard isPresent, let why = reason(entry) else { continue }
            let label = entry.medication.code.label ?? "without a name"
            add(
                entry.isOrder ? "ordered medication \(label)" : "current medication \(label)", why: why,
                isForPrescriber: !entry.isVaccine && (entry.isOrder || !record.snapshot.orders.isEmpty),
                about: entry.medication.reference)
        }
    }

    /// Orders of an amount that is no dose: nothing of it can be compared with a limit.
    private mutating func addDoses(_ record: PatientRecord) {
        for entry in record.entries where entry.isOrder {
            let refusals = entry.medication.dosages.compactMap { DailyDose.ends(of: $0).flatMap { DailyDose.refusal(of: $0) } }
            guard let why = refusals.first else { continue }
            add("the dose of \(entry.medication.code.label ?? "an order")", why: why, isForPrescriber: true, about: entry.medication.reference)
        }
    }

    private func reason(_ entry: MedicationEntry) -> String? {
        if entry.isVaccine { return "it is a vaccine; checks of medicines do not apply to it" }
        switch entry.resolution {
        case .resolved: return nil
        case .unmapped(let code): return "drug not recognised: \(code) is not in the drug table"
        case .uncoded: return "drug not recognised: it is stated in words only, without a code"
        case .unresolved(let why): return "it cannot be used: \(why)"
        }
    }

    private mutating func addAllergies(_ record: PatientRecord) {
        for entry in record.allergyEntries where !entry.resolution.noneKnown && !entry.resolution.nonDrug {
            let isKnown = !entry.resolution.ingredients.isEmpty || !entry.resolution.classes.isEmpty
            guard !isKnown else { continue }
            let label = entry.allergy.code.label ?? "without a name"
            let why =
                entry.resolution.unmapped.map { "allergen not recognised: \($0) is not in the allergen table" }
                ?? "allergen not recognised: it is stated in words only, without a code"
            add("allergy to \(label)", why: why, isForPrescriber: true, about: entry.allergy.reference)
        }
    }
}
