import Clinical
import Knowledge
import Testing

@testable import Engine

/// Facts of which the record tells a bound only: results dated by their report, ages by the year, doses by their maximum.
@Suite struct BoundedFactsTests {
    private struct Bench {
        var builder = PlanBuilder()
        var snapshot = Snapshot(supplied: Dictionary(uniqueKeysWithValues: RecordSection.allCases.map { ($0, Supply.complete) }))

        mutating func lab(_ code: String, _ unit: String, analyte: Analyte? = nil) throws -> LabID {
            builder.lab(
                LabDefinition(
                    name: code, title: code, codes: [CodeMatch(system: .loinc, code: code, isPrefix: false)], unit: try World.unit(unit),
                    analyte: analyte, plausible: nil, source: ""))
        }

        mutating func observe(_ code: String, _ value: Decimal, _ unit: String, on date: String?, issued: String? = nil) throws {
            snapshot.observations.append(
                Observation(
                    reference: ResourceReference(type: "Observation", id: "\(snapshot.observations.count)"),
                    code: CodeableConcept(codings: [Coding(system: .loinc, code: code)]), value: .quantity(Quantity(value, try World.unit(unit))),
                    effective: date.flatMap { PartialDate($0) }.map { Period($0) }, issued: issued.flatMap { Instant($0) }))
        }

        func context(_ facts: [FactDefinition] = [], roles: [[Filler]] = []) throws -> RuleContext {
            let rule = PlannedRule(
                heading: RuleHeading(id: "r", version: 1, title: "R", kind: "", evidence: [], approvedBy: ""), occasions: [], isShown: true,
                kind: InteractionTableKind(severities: [], routes: nil), roleNames: [], facts: facts.map { PlannedFact(name: "fact", definition: $0) },
                grades: [], needs: DataNeeds())
            let record = PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: try World.asOf())
            return RuleContext(rule, Match(roles: roles), record)
        }

        func asked(_ fact: FactDefinition, _ comparison: Comparison, _ limit: Quantity, roles: [[Filler]] = []) throws -> Truth {
            try context([fact], roles: roles).truth(of: .test(FactID(index: 0), .compare(comparison, .quantity(limit))))
        }
    }

    // MARK: Results dated by their report

    /// The evaluation is on 2026-01-15, the look-back 90 days: its first day is 2025-10-17.
    @Test(arguments: [("2025-10-16T23:00:00Z", UnknownReason.Kind.notInWindow), ("2025-10-17T01:00:00Z", .imprecise), ("2026-01-10T08:00:00Z", .imprecise)])
    func aReportOlderThanTheLookBackIsTooOld(issued: String, kind: UnknownReason.Kind) throws {
        var bench = Bench()
        let lab = try bench.lab("2823-3", "mmol/L")
        try bench.observe("2823-3", 5, "mmol/L", on: nil, issued: issued)
        let result = try bench.context().lab(LabQuery(lab: lab, within: TimeSpan(amount: 90, unit: .days)))
        #expect(result.unknownReason?.kind == kind)
        #expect(try bench.context().lab(LabQuery(lab: lab, within: nil)).unknownReason == nil)
    }

    @Test func theDayOfTheReportIsSaid() throws {
        var bench = Bench()
        let lab = try bench.lab("2823-3", "mmol/L")
        try bench.observe("2823-3", 5, "mmol/L", on: nil, issued: "2026-01-08T08:00:00Z")
        try bench.observe("2823-3", 6, "mmol/L", on: nil, issued: "2026-01-10T08:00:00Z")
        let result = try bench.context().lab(LabQuery(lab: lab, within: TimeSpan(amount: 90, unit: .days)))
        #expect(result.unknownReason?.why == "it was reported on 2026-01-10, and when it was taken is not recorded")
    }

    @Test func aReportInAnotherVisitIsOfNeither() throws {
        var bench = Bench()
        _ = try bench.lab("2823-3", "mmol/L")
        try bench.observe("2823-3", 5, "mmol/L", on: nil, issued: "2026-01-10T08:00:00Z")
        let record = try bench.context().record
        let visit = ResourceReference(type: "Encounter", id: "v")
        #expect(record.counts(bench.snapshot.observations[0], in: EntryScope(time: .any, encounters: [visit])).isUnknown)
        bench.snapshot.observations[0].encounter = visit
        #expect(record.counts(bench.snapshot.observations[0], in: EntryScope(time: .any, encounters: [visit])) == .yes)
        #expect(record.counts(bench.snapshot.observations[0], in: EntryScope(time: .last(TimeSpan(amount: 90, unit: .days)), encounters: [])) == .no)
    }

    @Test func whatIsDatedByItsReportAloneIsSaid() throws {
        var bench = Bench()
        let lab = try bench.lab("2823-3", "mmol/L")
        try bench.observe("2823-3", 5, "mmol/L", on: nil, issued: "2026-01-10T08:00:00Z")
        let context = try bench.context()
        _ = context.lab(LabQuery(lab: lab, within: nil))
        var ledger = Ledger()
        ledger.addUnusedResults(context.record)
        #expect(ledger.statements.map(\.why) == ["it is dated by its report alone; another may have been taken for the latest"])
    }

    @Test(arguments: [("2025-10-16T23:00:00Z", false), ("2026-01-10T08:00:00Z", true)])
    func whatWasDoneIsDatedByItsReportAtTheLatest(issued: String, isUnknown: Bool) throws {
        var bench = Bench()
        let set = bench.builder.codeSet(
            CodeSet(name: "m", title: "m", codes: [CodeMatch(system: .loinc, code: "24606-6", isPrefix: false)], source: ""), as: "m")
        try bench.observe("24606-6", 1, "mg", on: nil, issued: issued)
        let query = EntryQuery(within: TimeSpan(amount: 90, unit: .days))
        let truth = try bench.context([.done(set, query)]).truth(of: .test(FactID(index: 0), .isYes))
        #expect(truth.isUnknown == isUnknown && truth != .yes)
    }

    // MARK: Ages by the year

    private func why(_ truth: Truth) -> String? {
        if case .unknown(let reason) = truth { reason.why } else { nil }
    }

    private func clearance(born: String) throws -> (Bench, FactDefinition) {
        var bench = Bench()
        let creatinine = try bench.lab("2160-0", "mg/dL"), weight = try bench.lab("29463-7", "kg")
        try bench.observe("2160-0", 1, "mg/dL", on: "2026-01-10")
        try bench.observe("29463-7", 72, "kg", on: "2026-01-10")
        bench.snapshot.patient = Patient(reference: nil, birthDate: PartialDate(born), sex: .male)
        let calculation = Calculation(
            equation: .cockcroftGault, inputs: [LabQuery(lab: creatinine, within: nil)], unit: try World.unit("mL/min"),
            weight: WeightQuery(choice: .actual, weight: LabQuery(lab: weight, within: nil), height: nil))
        return (bench, .calculate(calculation))
    }

    /// With 72 kg and 1 mg/dL the clearance is 140 less the age.
    @Test(arguments: [
        ("1946", 60, Truth.no), ("1946", 62, .yes), ("1946-05", 61, .no), ("1946-05", 62, .yes), ("1946-01", 61, nil), ("1946", 61, nil),
    ])
    func anAgeByTheYearDecidesWhereBothEndsAgree(born: String, limit: Int, expected: Truth?) throws {
        let (bench, fact) = try clearance(born: born)
        let truth = try bench.asked(fact, .below, Quantity(Decimal(limit), try World.unit("mL/min")))
        if let expected { #expect(truth == expected) } else {
            #expect(why(truth) == "it lies somewhere from 60 mL/min to 61 mL/min, for the birth date is too imprecise")
        }
    }

    @Test func anEquationForAdultsIsNotAskedOfWhoMayBeAChild() throws {
        let (bench, fact) = try clearance(born: "2008")
        let truth = try bench.asked(fact, .below, Quantity(300, try World.unit("mL/min")))
        #expect(why(truth) == "the birth date is too imprecise to tell whether the equation holds")
    }

    // MARK: Weights of children

    @Test(arguments: [
        // Ten years old: twelve months.
        ("2016-01-10", "2025-01-15", true), ("2016-01-10", "2025-01-14", false),
        // Two years: six months.
        ("2024-01-10", "2025-07-15", true), ("2024-01-10", "2025-07-14", false),
        // Eight months: three. Four months: two. Five weeks: one.
        ("2025-05-10", "2025-10-15", true), ("2025-05-10", "2025-10-14", false), ("2025-09-10", "2025-11-15", true), ("2025-09-10", "2025-11-14", false),
        ("2025-12-10", "2025-12-15", true), ("2025-12-10", "2025-12-14", false),
        // An adult.
        ("2008-01-15", "2015-01-15", true), ("2008-01-16", "2015-01-15", false),
    ])
    func aChildOutgrowsAWeight(born: String, weighed: String, isGood: Bool) throws {
        var bench = Bench()
        bench.snapshot.patient.birthDate = PartialDate(born)
        let reason = try bench.context().record.outgrown(PartialDate(weighed), "body weight")
        #expect((reason == nil) == isGood)
        if let reason { #expect(reason.why.hasPrefix("body weight: that of \(weighed) is old for a child of this age")) }
    }

    @Test func anUndatedWeightDosesNoChild() throws {
        var bench = Bench()
        bench.snapshot.patient.birthDate = PartialDate("2016-01-10")
        #expect(try bench.context().record.outgrown(nil, "body weight")?.why == "body weight: it has no date, and a child outgrows it")
        bench.snapshot.patient.birthDate = PartialDate("1990")
        #expect(try bench.context().record.outgrown(nil, "body weight") == nil)
    }

    // MARK: Doses

    private func daily(_ dosage: Dosage, isOrdered: Bool = true) throws -> Result<DailyDose, UnknownReason> {
        let snapshot = Snapshot(orders: [World.order(World.ibuprofen, dosages: [dosage])])
        let entry = try #require(MedicationEntry.all(in: snapshot, knowledge: World.knowledge).first)
        return DailyDose.of(entry, ingredient: try #require(World.knowledge.ingredient(rxcui: World.ibuprofen)))
    }

    private func milligrams(_ value: Decimal) throws -> Quantity { Quantity(value, try World.unit("mg")) }

    private func atMost(_ value: Decimal, _ per: Decimal, _ unit: String) throws -> Ratio {
        Ratio(numerator: try milligrams(value), denominator: Quantity(per, try World.unit(unit)))
    }

    @Test(arguments: [(1200, 1, "d", 1200), (1600, 1, "d", 1600), (2000, 1, "d", 1600), (600, 12, "h", 1200), (8400, 1, "wk", 1200)])
    func theMaximumOfAPeriodCapsTheDay(most: Int, per: Int, unit: String, expected: Int) throws {
        let dosage = Dosage(
            timing: Timing(frequency: 1, period: 6, periodUnit: .hour), dose: .quantity(try milligrams(400)),
            maximumPerPeriod: try atMost(Decimal(most), Decimal(per), unit))
        let dose = try daily(dosage).get()
        #expect(dose.high.value == Decimal(expected) && dose.low.value == Decimal(expected))
    }

    @Test func theMaximumIsAllThatIsKnownWhereNothingSaysHowOften() throws {
        let dose = try daily(Dosage(isAsNeeded: true, dose: .quantity(try milligrams(400)), maximumPerPeriod: try atMost(1200, 1, "d"))).get()
        #expect(dose.low.value == 0 && "\(dose.high)" == "1200 mg/day")
        #expect(throws: UnknownReason.self) { try daily(Dosage(isAsNeeded: true, dose: .quantity(try milligrams(400)))).get() }
    }

    @Test(arguments: [0, -400])
    func whatIsNoDoseIsUnknownAndSaid(amount: Int) throws {
        let dosage = Dosage(timing: Timing(frequency: 1, period: 6, periodUnit: .hour), dose: .quantity(try milligrams(Decimal(amount))))
        guard case .failure(let reason) = try daily(dosage) else {
            Issue.record("a dose of \(amount) mg")
            return
        }
        #expect(reason.why.hasSuffix("it is stated as \(amount) mg, which is no dose"))
        let snapshot = Snapshot(orders: [World.order(World.ibuprofen, dosages: [dosage])])
        let evaluation = Evaluator(plan: PlanBuilder().plan([]), knowledge: World.knowledge).evaluate(snapshot, on: .orderSign, at: try World.asOf())
        #expect(evaluation.notChecked.filter(\.isForPrescriber).map(\.why) == ["it is stated as \(amount) mg, which is no dose"])
    }

    @Test func aRangeFromNothingIsADose() throws {
        let range = Dosage.Dose.range(low: try milligrams(0), high: try milligrams(400))
        #expect(try daily(Dosage(timing: Timing(frequency: 1, period: 1, periodUnit: .day), dose: range)).get().high.value == 400)
    }

    // MARK: Doses that were given

    @Test func aDoseGivenSpeaksOnlyWhereNothingElseDoes() throws {
        func given(_ id: String) -> Medication {
            Medication(
                reference: ResourceReference(type: "MedicationAdministration", id: id), source: .administration, use: .current,
                code: World.concept(World.warfarin), ended: PartialDate("2026-01-15"))
        }
        let alone = MedicationEntry.all(in: Snapshot(medications: [given("a")]), knowledge: World.knowledge)
        #expect(alone.map(\.medication.use) == [.current])
        let beside = MedicationEntry.all(in: Snapshot(medications: [given("a"), World.listed(World.warfarin)]), knowledge: World.knowledge)
        #expect(beside.map(\.medication.use) == [.ended, .current])
        let other = MedicationEntry.all(in: Snapshot(medications: [given("a"), World.listed(World.ibuprofen)]), knowledge: World.knowledge)
        #expect(other.map(\.medication.use) == [.current, .current])
    }

    // MARK: Problems that no list holds

    @Test func problemsThatNoListHoldsAreCountedInOneStatement() throws {
        func problem(_ id: String, _ system: CodeSystem, _ code: String, _ standing: Condition.Standing = .active) -> Condition {
            Condition(
                reference: ResourceReference(type: "Condition", id: id), standing: standing, code: CodeableConcept(codings: [Coding(system: system, code: code)]))
        }
        var builder = PlanBuilder()
        _ = builder.codeSet(CodeSet(name: "s", title: "s", codes: [CodeMatch(system: .snomedCT, code: "1", isPrefix: false)], source: ""), as: "s")
        func said(_ conditions: [Condition]) throws -> [String] {
            Evaluator(plan: builder.plan([]), knowledge: World.knowledge)
                .evaluate(Snapshot(conditions: conditions), on: .orderSign, at: try World.asOf()).notChecked
                .filter { $0.what.contains("problem") && !$0.why.contains("supplied") }.map { "\($0.what): \($0.why)" }
        }
        let end = "coded in SNOMED CT alone, with a code that stands in none of the lists that rules ask"
        #expect(try said([problem("a", .snomedCT, "1"), problem("b", .icd10CM, "J06.9"), problem("c", .snomedCT, "2", .past)]) == [])
        #expect(try said([problem("a", .snomedCT, "2")]) == ["problems on the list: one is \(end)"])
        #expect(try said([problem("a", .snomedCT, "2"), problem("b", .snomedCT, "3"), problem("c", .snomedCT, "1")]) == ["problems on the list: 2 are \(end)"])
    }
}
