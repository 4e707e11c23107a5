public import Clinical
public import Documents
public import Knowledge
import Replay

/// Turns a real patient into the `given:` of a test that names nobody.
///
/// Names, identifiers and resource ids are left out. Every date is moved by the same number of days, so that the day of
/// the record becomes the day of tests; of a birth date only the age in years is kept, 90 and over as 90. Words that the
/// knowledge base does not know are left out and said.
public struct CaseWriter {
    private let knowledge: KnowledgeBase
    private let asOf: AsOf
    private let shift: Int
    /// Names that the rule uses: of several that fit, one of these is written.
    private let wanted: Set<String>
    private var entries: [(key: String, items: [String], isList: Bool)] = []
    /// What could not be told in the words of tests, without naming anybody.
    public private(set) var leftOut: [String] = []

    /// - Parameters:
    ///   - snapshot: the patient.
    ///   - asOf: the instant at which the record was so.
    ///   - rule: the rule that the case is for; its own names are used where several fit.
    public init(_ snapshot: Snapshot, for rule: YAMLNode?, knowledge: KnowledgeBase, asOf: AsOf) {
        wanted = rule.map(Self.scalars) ?? []
        self.knowledge = knowledge
        self.asOf = asOf
        shift = RuleTestRunner.standardToday.daysSinceEpoch - asOf.today.daysSinceEpoch
        write(snapshot)
    }

    private static func scalars(of node: YAMLNode) -> Set<String> {
        if let text = node.text { return [text] }
        return (node.elements + node.entries.map(\.value)).reduce(into: []) { $0.formUnion(scalars(of: $1)) }
    }

    /// The map under `given:`, on one line.
    public var given: String {
        "{ " + entries.map { "\($0.key): " + ($0.isList ? "[" + $0.items.map(YAMLNode.flowScalar).joined(separator: ", ") + "]" : YAMLNode.flowScalar($0.items[0])) }.joined(separator: ", ") + " }"
    }

    private mutating func write(_ snapshot: Snapshot) {
        if let birth = snapshot.patient.birthDate {
            let days = birth.days(in: asOf.zone)
            let years = [days.lowerBound, days.upperBound].map { CivilDate.completedYears(from: $0, to: asOf.today) }
            let age = years[0]
            if age < 2 {
                entries.append(("age", ["\(CivilDate.completedMonths(from: days.lowerBound, to: asOf.today)) months"], false))
            } else {
                entries.append(("age", ["\(min(age, 90)) y"], false))
            }
            if years[0] != years[1] { leftOut.append("the age, which the birth date gives only about: \(years[1]) or \(years[0])") }
        }
        if let sex = snapshot.patient.sex, sex == .female || sex == .male { entries.append(("sex", [sex.rawValue], false)) }
        list("taking", snapshot.medications.filter { $0.use == .current || $0.use == .onHold || $0.use == .ended }, "a medicine") { $0.medicine($1, isOrder: false) }
        list("ordering", snapshot.orders, "an order") { $0.medicine($1, isOrder: true) }
        list("allergies", snapshot.allergies, "an allergy") { $0.allergy($1) }
        list("problems", snapshot.conditions, "a problem") { $0.problem($1) }
        list("labs", snapshot.observations, "a result") { $0.result($1) }
        list("done", snapshot.procedures.filter(\.isDone), "a procedure") { $0.procedure($1) }
        list("vaccines", snapshot.immunizations, "a vaccine") { $0.vaccine($1) }
        list("family_history", snapshot.familyHistory.filter { $0.kinship != .unrelated }, "a disease of a relative") { $0.familyHistory($1) }
        supplies(snapshot)
    }

    private mutating func list<Item>(_ key: String, _ items: [Item], _ what: String, _ words: (inout CaseWriter, Item) -> String?) {
        var written: [String] = []
        var missed = 0
        for item in items {
            if let text = words(&self, item) {
                if !written.contains(text) { written.append(text) }
            } else {
                missed += 1
            }
        }
        if missed > 0 { leftOut.append("\(missed) × \(what) that the words of tests cannot tell") }
        if !written.isEmpty { entries.append((key, written, true)) }
    }

    private mutating func supplies(_ snapshot: Snapshot) {
        let words: [(String, RecordSection)] = [
            ("labs", .observations), ("medications", .medications), ("allergies", .allergies), ("problems", .conditions),
            ("procedures", .procedures), ("vaccines", .immunizations), ("encounters", .encounters),
            ("family_history", .familyHistory),
        ]
        let missing = words.filter { _, section in
            if case .complete = snapshot.supply(of: section) { false } else { true }
        }.map(\.0)
        if !missing.isEmpty { entries.append(("not_supplied", missing, true)) }
    }

    // MARK: Items

    private func moved(_ date: PartialDate?) -> String? {
        guard let date else { return nil }
        let day = date.days(in: asOf.zone).lowerBound
        return CivilDate(daysSinceEpoch: day.daysSinceEpoch + shift).description
    }

    /// The first of some wordings that a test may say.
    private func first(_ key: String, of wordings: [[String?]]) -> String? {
        wordings.map { $0.compactMap(\.self).joined(separator: " ") }.first { accepts(key, $0) }
    }

    private func accepts(_ key: String, _ item: String) -> Bool {
        let source = Source(name: "case", text: "\(key): [\(YAMLNode.flowScalar(item))]\n")
        guard let node = YAMLReader.read(source).node else { return false }
        return GivenReader.read(node, today: RuleTestRunner.standardToday, knowledge: knowledge, file: "case").diagnostics.isEmpty
    }

    private func medicine(_ medication: Medication, isOrder: Bool) -> String? {
        guard case .resolved(let drug) = knowledge.resolve(medication), !drug.ingredients.isEmpty else { return nil }
        let dosage = medication.dosages.first
        let ingredients = drug.ingredients.map { knowledge.ingredient($0).name }.joined(separator: "/")
        // Tablets say nothing of an amount without the product.
        let name = dosage?.isCounted == true ? drug.product.map { "rxcui:\($0.rxcui)" } ?? ingredients : ingredients
        let dose = dosage.flatMap(\.doseWords)
        let route = knowledge.route(medication.route, doseForm: drug.doseForm)?.rawValue
        let schedule = dosage?.timing?.scheduleWords
        let needed = dosage?.isAsNeeded == true ? "as needed" : nil
        let ended = medication.use == .ended ? "stopped" + (moved(medication.ended).map { " \($0)" } ?? "") : nil
        let since = isOrder ? nil : moved(medication.started).map { "since \($0)" }
        return first(isOrder ? "ordering" : "taking", of: [
            [name, dose, route, schedule, needed, since, ended], [name, dose, schedule, needed, since, ended], [name, dose, schedule, ended],
            [name, route, ended], [name, ended],
        ])
    }

    private func allergy(_ allergy: AllergyIntolerance) -> String? {
        let found = knowledge.resolveAllergen(allergy.code)
        let substances = found.noneKnown ? ["none known"] : found.ingredients.count == 1 ? found.ingredients.map { knowledge.ingredient($0).name } : found.classes.map(\.name)
        let reactions = allergy.reactions.flatMap(\.manifestations).compactMap { names(of: $0, .reaction).first }
        let standing: String? = switch allergy.standing {
        case .active: nil
        case .past: "resolved"
        case .refuted: "refuted"
        }
        let arrow = reactions.isEmpty ? nil : "-> " + Array(Set(reactions)).sorted().joined(separator: ", ")
        return first("allergies", of: substances.flatMap { [[$0, arrow, standing], [$0, standing]] })
    }

    private func problem(_ condition: Condition) -> String? {
        let standing: String? = switch condition.standing {
        case .active: nil
        case .past: "resolved"
        case .uncertain: "suspected"
        case .refuted: "refuted"
        }
        let date = moved(condition.onset ?? condition.recorded)
        return first("problems", of: names(of: condition.code, .problem).flatMap { [[$0, date, standing], [$0, standing]] })
    }

    private func result(_ observation: Observation) -> String? {
        guard case .quantity(let value)? = observation.value else { return nil }
        let date = moved(observation.effective?.start ?? observation.effective?.end)
        let labs = knowledge.names(of: .lab).filter { knowledge.lab(named: $0)?.contains(observation.code) ?? false }
        return first("labs", of: preferred(labs).map { [$0, "\(value)", date] })
    }

    private func procedure(_ procedure: Procedure) -> String? {
        let date = moved(procedure.performed?.start ?? procedure.performed?.end)
        return first("done", of: names(of: procedure.code, .procedure).map { [$0, date] })
    }

    /// Without the age at onset where a test can only tell it inexactly.
    private func familyHistory(_ entry: FamilyMemberHistory) -> String? {
        let relative: String? = entry.kinship == .firstDegree ? "parent" : entry.kinship == .further ? "aunt" : nil
        let age = entry.onsetAge.flatMap { $0.lowerBound == $0.upperBound ? ["at", "\($0.lowerBound)", "y"] : nil } ?? []
        return first("family_history", of: names(of: entry.code, .problem).map { [$0, relative] + age })
    }

    private func vaccine(_ immunization: Immunization) -> String? {
        guard immunization.isValidDose else { return nil }
        return first("vaccines", of: names(of: immunization.vaccine, .vaccine).map { [$0, moved(immunization.occurred)] })
    }

    /// The names of the sets that hold a concept: those of the rule first, then the narrowest.
    private func names(of concept: CodeableConcept, _ kind: CodeSetKind) -> [String] {
        let all: NameKind = switch kind {
        case .problem: .problem
        case .procedure: .procedure
        case .vaccine: .vaccine
        case .reaction: .reaction
        case .setting: .setting
        }
        let sets = knowledge.names(of: all).compactMap { name in knowledge.codeSet(kind, named: name).map { (name, $0) } }.filter { $0.1.contains(concept) }
        return preferred(sets.sorted { ($0.1.codes.count, $0.0) < ($1.1.codes.count, $1.0) }.map(\.0))
    }

    private func preferred(_ names: [String]) -> [String] {
        names.filter(wanted.contains) + names.filter { !wanted.contains($0) }
    }
}

extension Dosage {
    /// True where the dose is a number of tablets, puffs, patches.
    fileprivate var isCounted: Bool {
        if case .quantity(let quantity) = dose { quantity.unit.map { $0.code.hasPrefix("{") || $0.code == "1" } ?? true } else { false }
    }

    fileprivate var doseWords: String? {
        switch dose {
        case .quantity(let quantity): "\(quantity)"
        case .range(let low?, let high?): "\(low.value)-\(high)"
        default: nil
        }
    }
}

extension Timing {
    /// `2x/day`, `every 6 hours`; nothing where it is not as plain as that.
    fileprivate var scheduleWords: String? {
        guard let period, let periodUnit, let frequency = frequency ?? (timesPerDay > 0 ? timesPerDay : nil) else { return nil }
        let unit = [PeriodUnit.day: "day", .week: "week", .month: "month", .hour: "hour"][periodUnit]
        guard let unit else { return nil }
        if period == 1 { return "\(frequency)x/\(unit)" }
        return frequency == 1 ? "every \(period) \(unit)s" : nil
    }
}
