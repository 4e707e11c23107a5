import Clinical
import Knowledge
import Testing

@testable import Engine

/// What facts come to over records as they really are. Names carry the row of the list of FHIR pitfalls.
@Suite struct RecordFactsTests {
    private static let potassium = "2823-3", creatinine = "2160-0"

    /// A record over one snapshot, with the sets and labs that the test names.
    private struct Bench {
        var builder = PlanBuilder()

        mutating func lab(_ code: String, unit: String, analyte: Analyte? = nil, plausible: ClosedRange<Decimal>? = nil) throws -> LabID {
            builder.lab(
                LabDefinition(
                    name: code, title: code, codes: [CodeMatch(system: .loinc, code: code, isPrefix: false)], unit: try World.unit(unit),
                    analyte: analyte, plausible: plausible, source: ""))
        }

        mutating func set(_ codes: CodeMatch..., name: String = "set") -> CodeSetID {
            builder.codeSet(CodeSet(name: name, title: name, codes: codes, source: ""), as: name)
        }

        func record(_ snapshot: Snapshot, asOf: AsOf) -> PatientRecord {
            PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: asOf)
        }
    }

    private func result(
        _ id: String, _ code: String, _ value: String?, unit: String?, on date: String, issued: String? = nil, status: String = "final",
        absence: String? = nil
    ) throws -> Observation {
        let quantity = try value.map { Quantity(try #require(Decimal($0)), try unit.map { try World.unit($0) }) }
        return Observation(
            reference: ResourceReference(type: "Observation", id: id),
            code: CodeableConcept(codings: [Coding(system: .loinc, code: code)]), value: quantity.map { .quantity($0) }, absence: absence,
            effective: Period(try #require(PartialDate(date))), issued: issued.flatMap { Instant($0) }, status: status)
    }

    private func latest(
        _ observations: [Observation], within: String? = "90 d", unit: String = "mmol/L", code: String = potassium, analyte: Analyte? = nil,
        plausible: ClosedRange<Decimal>? = nil, supply: Supply = .complete
    ) throws -> FactResult {
        var bench = Bench()
        let lab = try bench.lab(code, unit: unit, analyte: analyte, plausible: plausible)
        let snapshot = Snapshot(observations: observations, supplied: [.observations: supply])
        return bench.record(snapshot, asOf: try World.asOf()).result(of: LabQuery(lab: lab, within: within.flatMap { TimeSpan($0) }), in: EntryScope(time: within.flatMap { TimeSpan($0) }.map { .last($0) } ?? .any))
    }

    private func value(_ result: FactResult) -> String? {
        if case .quantity(let low, _, _) = result.value { "\(low)" } else { nil }
    }

    // MARK: Results

    @Test func A19_aResultAheadOfTimeIsNeverTheLatest() throws {
        let results = [
            try result("now", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10"),
            try result("ahead", Self.potassium, "9", unit: "mmol/L", on: "2027-01-10"),
        ]
        #expect(value(try latest(results)) == "4.1 mmol/L")
    }

    @Test func A20_tiesAreBrokenByIssueAndThenById() throws {
        let one = try result("a", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10", issued: "2026-01-10T08:00:00Z")
        let two = try result("b", Self.potassium, "4.2", unit: "mmol/L", on: "2026-01-10", issued: "2026-01-10T09:00:00Z")
        for order in [[one, two], [two, one]] { #expect(value(try latest(order)) == "4.2 mmol/L") }
        let same = [
            try result("a", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10"),
            try result("b", Self.potassium, "4.2", unit: "mmol/L", on: "2026-01-10"),
        ]
        for order in [same, same.reversed()] {
            guard case .quantity(let low, let high, _) = try latest(order).value else {
                Issue.record("no quantity")
                return
            }
            #expect(low.description == "4.1 mmol/L" && high.description == "4.2 mmol/L", "which of the two counts is not known")
        }
        let alike = [same[0], try result("c", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10")]
        #expect(try latest(alike).references.map(\.id) == ["c"])
    }

    @Test func A9_aMonthMayOrMayNotBeRecentEnough() throws {
        let october = try result("m", Self.potassium, "4.1", unit: "mmol/L", on: "2025-10")
        #expect(try latest([october], within: "90 d").unknownReason?.kind == .imprecise)
        #expect(value(try latest([october], within: "4 months")) == "4.1 mmol/L")
    }

    @Test(arguments: [("2025-10-17", true), ("2025-10-16", false)])
    func theLookBackEndsOnItsDay(date: String, counts: Bool) throws {
        let found = try latest([try result("p", Self.potassium, "4.1", unit: "mmol/L", on: date)])
        #expect((value(found) != nil) == counts)
        if !counts { #expect(found.unknownReason?.kind == .notInWindow) }
    }

    @Test func D2_onlyWhatStandsCounts() throws {
        for status in ["preliminary", "registered", "cancelled", "unknown"] {
            let found = try latest([try result("p", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10", status: status)])
            #expect(found.unknownReason != nil, "\(status)")
        }
        for status in ["final", "amended", "corrected"] {
            #expect(value(try latest([try result("p", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10", status: status)])) != nil)
        }
    }

    @Test func B3_creatinineInMicromoles() throws {
        let analyte = Analyte(molarMass: try #require(Decimal("113.12")), valence: nil, lines: [])
        let found = try latest(
            [try result("c", Self.creatinine, "106", unit: "umol/L", on: "2026-01-10")], unit: "mg/dL", code: Self.creatinine, analyte: analyte)
        guard case .quantity(let low, _, _) = found.value else { return #expect(Bool(false), "no value") }
        #expect(low.compare(.below, try #require(Quantity("1.2 mg/dL"))) == .yes)
        #expect(low.compare(.above, try #require(Quantity("1.19 mg/dL"))) == .yes)
        let without = try latest([try result("c", Self.creatinine, "106", unit: "umol/L", on: "2026-01-10")], unit: "mg/dL", code: Self.creatinine)
        #expect(without.unknownReason?.kind == .unitNotConvertible)
    }

    @Test func B9_aNumberWithoutAUnitIsUnknown() throws {
        #expect(try latest([try result("p", Self.potassium, "7.2", unit: nil, on: "2026-01-10")]).unknownReason?.kind == .noUnit)
    }

    @Test func anImpossibleResultIsAUnitErrorAndNotADisease() throws {
        let found = try latest(
            [try result("c", Self.creatinine, "88", unit: "mg/dL", on: "2026-01-10")], unit: "mg/dL", code: Self.creatinine,
            plausible: try #require(Decimal("0.1"))...30)
        #expect(found.unknownReason?.kind == .implausible)
    }

    @Test func B25_aTestThatWasNotDoneIsNoResult() throws {
        let missing = try result("p", Self.potassium, nil, unit: nil, on: "2026-01-10", absence: "not-performed")
        #expect(try latest([missing]).unknownReason?.kind == .notRecorded)
    }

    @Test func aResultWithoutADateMayBeRecentEnough() throws {
        var undated = try result("p", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-10")
        undated.effective = nil
        #expect(try latest([undated]).unknownReason?.kind == .imprecise)
        #expect(value(try latest([undated], within: nil)) == "4.1 mmol/L")
    }

    @Test func aResultOfTodayCountsUntilItsTimeLiesAhead() throws {
        #expect(value(try latest([try result("d", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-15")])) == "4.1 mmol/L")
        #expect(value(try latest([try result("t", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-15T12:00:00Z")])) == "4.1 mmol/L")
        #expect(value(try latest([try result("t", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-15T12:00:01Z")])) == nil)
    }

    @Test func notSuppliedIsNotAbsent() throws {
        #expect(try latest([], supply: .notSupplied).unknownReason?.kind == .notSupplied)
        #expect(try latest([], supply: .failed(why: "x")).unknownReason?.kind == .failed)
        #expect(try latest([], supply: .partial(why: "x")).unknownReason?.kind == .partial)
        #expect(try latest([]).unknownReason?.kind == .notRecorded)
    }

    // MARK: Problems

    private func condition(_ code: String, _ standing: Clinical.Condition.Standing, system: CodeSystem = .icd10CM) -> Clinical.Condition {
        Clinical.Condition(
            reference: ResourceReference(type: "Condition", id: code), standing: standing,
            code: CodeableConcept(codings: [Coding(system: .snomedCT, code: "1"), Coding(system: system, code: code)]))
    }

    private func has(_ condition: Clinical.Condition?, ever: Bool = false, supply: Supply = .complete) throws -> FactResult.Value {
        var bench = Bench()
        let set = bench.set(CodeMatch(system: .icd10CM, code: "E11", isPrefix: true))
        let snapshot = Snapshot(conditions: condition.map { [$0] } ?? [], supplied: [.conditions: supply])
        return bench.record(snapshot, asOf: try World.asOf()).has(set, ever: ever, .any, in: .any).value
    }

    private func isYes(_ value: FactResult.Value) -> Bool { if case .truth(.yes) = value { true } else { false } }
    private func isNo(_ value: FactResult.Value) -> Bool { if case .truth(.no) = value { true } else { false } }

    @Test func C1andC7_anyCodingAndTheHierarchy() throws {
        #expect(isYes(try has(condition("E11.65", .active))))
        #expect(isYes(try has(condition("E11", .active))))
        #expect(isNo(try has(condition("E10.9", .active))))
        #expect(isNo(try has(condition("E11.65", .active, system: .snomedCT))), "C2: system and code stand in one coding")
    }

    @Test func D3andD4_standing() throws {
        #expect(isNo(try has(condition("E11", .past))))
        #expect(isYes(try has(condition("E11", .past), ever: true)))
        #expect(isNo(try has(condition("E11", .refuted), ever: true)))
    }

    @Test(arguments: [true, false]) func whatIsOnlySuspectedIsNotKnown(ever: Bool) throws {
        guard case .truth(.unknown(let reason)) = try has(condition("E11", .uncertain), ever: ever) else { return #expect(Bool(false)) }
        #expect(reason.why == "it is recorded as suspected, not as confirmed")
        #expect(isNo(try has(condition("I10", .uncertain))), "another problem than the one asked for")
    }

    @Test func H5_absenceCountsOnlyWhereAllCame() throws {
        #expect(isNo(try has(nil)))
        guard case .truth(.unknown) = try has(nil, supply: .notSupplied) else { return #expect(Bool(false)) }
        #expect(isYes(try has(condition("E11", .active), supply: .partial(why: "a page is missing"))))
    }

    // MARK: Pregnancy

    private func pregnant(
        sex: Patient.Sex?, born: String? = nil, _ observations: [(id: String, answer: String, date: String)]
    ) throws -> FactResult {
        var bench = Bench()
        let codes = PregnancyCodes(
            problems: bench.set(CodeMatch(system: .icd10CM, code: "Z33", isPrefix: true), name: "problems"),
            status: bench.set(CodeMatch(system: .loinc, code: "82810-3", isPrefix: false), name: "status"),
            pregnant: bench.set(CodeMatch(system: .snomedCT, code: "77386006", isPrefix: false), name: "yes"),
            notPregnant: bench.set(CodeMatch(system: .snomedCT, code: "60001007", isPrefix: false), name: "no"),
            shelfLife: TimeSpan(amount: 300, unit: .days))
        let found = try observations.map { entry in
            Observation(
                reference: ResourceReference(type: "Observation", id: entry.id),
                code: CodeableConcept(codings: [Coding(system: .loinc, code: "82810-3")]),
                value: .code(CodeableConcept(codings: [Coding(system: .snomedCT, code: entry.answer)])),
                effective: Period(try #require(PartialDate(entry.date))))
        }
        let snapshot = Snapshot(
            patient: Patient(birthDate: born.flatMap { PartialDate($0) }, sex: sex), observations: found, supplied: [.observations: .complete, .conditions: .complete])
        return bench.record(snapshot, asOf: try World.asOf()).pregnant(codes)
    }

    @Test func G3_aStatementGoesStale() throws {
        #expect(isYes(try pregnant(sex: .female, [("a", "77386006", "2025-12-01")]).value))
        #expect(try pregnant(sex: .female, [("a", "77386006", "2024-11-01")]).unknownReason?.kind == .notRecorded)
    }

    @Test func G4_theNewestWins() throws {
        let both = [(id: "a", answer: "77386006", date: "2025-11-01"), (id: "b", answer: "60001007", date: "2026-01-02")]
        #expect(isNo(try pregnant(sex: .female, both).value))
        #expect(isNo(try pregnant(sex: .female, both.reversed()).value))
    }

    @Test func G1_aManIsNotAndAnUnknownSexIsUnknown() throws {
        #expect(isNo(try pregnant(sex: .male, []).value))
        #expect(try pregnant(sex: nil, []).unknownReason?.kind == .notRecorded)
    }

    @Test("before 9 and from 65 years on nobody is pregnant of whom it is not recorded", arguments: [
        ("2017-01-15", false), ("2017-01-16", true), ("1961-01-16", false), ("1961-01-15", true),
        // A coarse date may be any day of it; one that lies in the future is wrong.
        ("2017", false), ("2018", true), ("1961", false), ("1960", true), ("2027-01-01", false),
    ])
    func G5_ages(_ born: String, _ isBeyond: Bool) throws {
        for sex in [Patient.Sex.female, nil] {
            let found = try pregnant(sex: sex, born: born, [])
            #expect(isBeyond ? isNo(found.value) : found.unknownReason?.kind == .notRecorded)
        }
        #expect(isYes(try pregnant(sex: .female, born: born, [("a", "77386006", "2025-12-01")]).value))
    }

    // MARK: Age

    private func age(_ birth: String?, on day: String, above years: Int, comparison: Comparison = .atLeast) throws -> Truth {
        let snapshot = Snapshot(patient: Patient(birthDate: birth.flatMap { PartialDate($0) }), supplied: [.patient: .complete])
        let record = Bench().record(snapshot, asOf: try World.asOf(day))
        let rule = PlannedRule(
            heading: RuleHeading(id: "r", version: 1, title: "", kind: "", evidence: [], approvedBy: ""), occasions: [], isShown: true,
            kind: DrugPatientKind(ordered: DrugSelector([])), roleNames: [], facts: [PlannedFact(name: "age", definition: .age)], grades: [],
            needs: DataNeeds())
        let context = RuleContext(rule, Match(roles: []), record)
        return context.truth(of: .test(FactID(index: 0), .compare(comparison, .span(TimeSpan(amount: years, unit: .years)))))
    }

    @Test func A1toA5_ages() throws {
        #expect(try age("1956", on: "2026-06-30", above: 65) == .yes)
        #expect(try age("1956", on: "2026-06-30", above: 70).isUnknown)
        #expect(try age("1956", on: "2026-12-31", above: 70) == .yes)
        #expect(try age("1956-07", on: "2026-06-30", above: 70, comparison: .below) == .yes)
        #expect(try age(nil, on: "2026-06-30", above: 70).isUnknown)
        #expect(try age("2008-02-29", on: "2026-02-28", above: 18) == .no)
        #expect(try age("2008-02-29", on: "2026-03-01", above: 18) == .yes)
    }

    @Test func F9andF10_theDeadNeedNoReminder() throws {
        let asOf = try World.asOf()
        func isDeceased(_ patient: Patient) -> Bool { Bench().record(Snapshot(patient: patient), asOf: asOf).isDeceased }
        #expect(isDeceased(Patient(isDeceased: true)))
        #expect(isDeceased(Patient(deathDate: PartialDate("2026-01-10"))))
        #expect(!isDeceased(Patient(deathDate: PartialDate("2026-02-10"))))
        #expect(!isDeceased(Patient(isDeceased: false)))
    }

    @Test("a visit that does not say its status or kind may be a stay; one that has ended is none")
    func unclearVisits() throws {
        func setting(_ status: String, _ codes: [CodeableConcept] = [], end: String? = nil) throws -> FactResult {
            var bench = Bench()
            let inpatient = bench.set(CodeMatch(system: .snomedCT, code: "1", isPrefix: false))
            var snapshot = Snapshot(supplied: [.encounters: .complete])
            snapshot.encounters = [
                Encounter(
                    reference: ResourceReference(type: "Encounter", id: "e"), status: status, codes: codes,
                    period: Period(start: try #require(PartialDate("2026-01-01")), end: end.flatMap { PartialDate($0) }))
            ]
            return bench.record(snapshot, asOf: try World.asOf()).setting(inpatient, EntryQuery(), in: .any)
        }
        let clinic = CodeableConcept(codings: [Coding(system: .snomedCT, code: "2")])
        #expect(try setting("unknown").unknownReason != nil)
        #expect(try setting("in-progress").unknownReason != nil)
        #expect(try setting("unknown", end: "2026-01-15").unknownReason != nil)
        for known in [try setting("unknown", end: "2026-01-14"), try setting("finished"), try setting("in-progress", [clinic])] {
            #expect(known.unknownReason == nil)
        }
    }

    @Test("a result without value, date or status is said where another was taken for the latest")
    func unusedResults() throws {
        var bench = Bench()
        let lab = try bench.lab(Self.potassium, unit: "mmol/L")
        var undated = try result("c", Self.potassium, "6.1", unit: "mmol/L", on: "2026-01-10")
        undated.effective = nil
        var snapshot = Snapshot(supplied: [.observations: .complete])
        snapshot.observations = [
            try result("a", Self.potassium, "4.1", unit: "mmol/L", on: "2026-01-02"),
            try result("b", Self.potassium, nil, unit: nil, on: "2026-01-12"),
            undated,
            try result("d", Self.potassium, "5.9", unit: "mmol/L", on: "2026-01-13", status: "unknown"),
            try result("e", Self.potassium, "5.9", unit: "mmol/L", on: "2026-01-14", status: "preliminary"),
            try result("f", Self.potassium, nil, unit: nil, on: "2026-01-14", absence: "not performed"),
        ]
        let record = bench.record(snapshot, asOf: try World.asOf())
        var ledger = Ledger()
        ledger.addUnusedResults(record)
        #expect(ledger.statements.isEmpty, "nobody has asked for it")
        _ = record.usableResults(of: lab)
        ledger.addUnusedResults(record)
        let said = ledger.statements.map { ($0.about?.id ?? "", String($0.why.prefix { $0 != ";" })) }.sorted { $0.0 < $1.0 }
        #expect(said.map(\.0) == ["b", "c", "d"])
        #expect(said.map(\.1) == ["it has no value", "it has no date", "its status is not stated"])
    }
}
