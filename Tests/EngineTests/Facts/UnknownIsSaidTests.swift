import Clinical
import Knowledge
import Testing

@testable import Engine

/// Places where something that is not known could pass for a no, or one entry for all of them.
@Suite struct UnknownIsSaidTests {
    private static let mammogram = CodeMatch(system: .loinc, code: "24606-6", isPrefix: false)
    private static let pregnancy = CodeMatch(system: .icd10CM, code: "Z33", isPrefix: true)
    private static let hives = CodeMatch(system: .icd10CM, code: "L50", isPrefix: true)

    private func asked(_ fact: FactDefinition, _ test: FactTest, builder: PlanBuilder, snapshot: Snapshot, roles: [[Filler]] = []) throws -> Truth {
        let record = PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: try World.asOf())
        let heading = RuleHeading(id: "r", version: 1, title: "R", kind: "drug-patient", evidence: [], approvedBy: "")
        let rule = PlannedRule(
            heading: heading, occasions: [.orderSign], isShown: true,
            kind: InteractionTableKind(severities: [], routes: nil), roleNames: [], facts: [PlannedFact(name: "fact", definition: fact)],
            grades: [], needs: DataNeeds())
        let context = RuleContext(rule, Match(roles: roles), record)
        return context.truth(of: .test(FactID(index: 0), test))
    }

    private static let everything = Dictionary(uniqueKeysWithValues: RecordSection.allCases.map { ($0, Supply.complete) })

    // MARK: Sources that did not come

    @Test(arguments: [(RecordSection.procedures, true), (.observations, true), (.conditions, false)])
    func doneIsUnknownWhereEitherOfItsSourcesDidNotCome(section: RecordSection, isUnknown: Bool) throws {
        var builder = PlanBuilder()
        let set = builder.codeSet(CodeSet(name: "mammogram", title: "", codes: [Self.mammogram], source: ""), as: "mammogram")
        var supplied = Self.everything
        supplied[section] = .notSupplied
        let truth = try asked(.done(set, .any), .isYes, builder: builder, snapshot: Snapshot(supplied: supplied))
        #expect(truth.isUnknown == isUnknown)
    }

    // MARK: Entries in words only

    @Test func whatIsStatedInWordsOnlyIsSaid() throws {
        let words = CodeableConcept(codings: [], text: "in words")
        var stopped = World.listed(999, id: "stopped", use: .ended, ended: "2026-01-05")
        (stopped.code, stopped.ended) = (words, PartialDate("2026-01-05"))
        var longAgo = World.listed(999, id: "long-ago", use: .ended, ended: "2024-01-05")
        longAgo.code = words
        let snapshot = Snapshot(
            orders: [World.order(World.metformin)], medications: [stopped, longAgo],
            serviceRequests: [ServiceRequest(reference: ResourceReference(type: "ServiceRequest", id: "test"), code: words, isDraft: true)],
            immunizations: [Immunization(reference: ResourceReference(type: "Immunization", id: "dose"), vaccine: words, isValidDose: true)],
            supplied: Self.everything)
        let evaluation = Evaluator(plan: PlanBuilder().plan([]), knowledge: World.knowledge).evaluate(snapshot, on: .orderSign, at: try World.asOf())
        #expect(evaluation.notChecked.map(\.what) == ["a vaccine on record", "ordered test in words", "stopped medication in words"])
        #expect(evaluation.notChecked.compactMap(\.about?.id) == ["dose", "test", "stopped"])
        #expect(evaluation.notChecked.filter(\.isForPrescriber).isEmpty)
    }

    // MARK: Routes and doses of several entries

    private func ordered(_ orders: [Medication], _ taken: [Medication] = [], fact: FactDefinition, _ test: FactTest) throws -> Truth {
        var builder = PlanBuilder()
        let id = try #require(World.knowledge.ingredient(rxcui: World.metformin))
        let selector = DrugSelector([.init(set: builder.drugSet([id]))])
        let snapshot = Snapshot(orders: orders, medications: taken, supplied: Self.everything)
        let record = PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: try World.asOf())
        let drug = try #require(record.presences(of: selector).first)
        return try asked(fact, test, builder: builder, snapshot: snapshot, roles: [[.drug(drug)]])
    }

    private func dosed(_ amount: Decimal, id: String) throws -> Medication {
        World.order(
            World.metformin, id: id,
            dosages: [Dosage(timing: Timing(frequency: 1, period: 1, periodUnit: .day), dose: .quantity(Quantity(amount, try World.unit("mg"))))])
    }

    @Test func theOrdersOfOneDrugAddUp() throws {
        let limit = Quantity(1000, try World.unit("mg/d"))
        let orders = [try dosed(500, id: "a"), try dosed(850, id: "b")]
        for orders in [orders, orders.reversed()] {
            let truth = try ordered(orders, fact: .dose(DoseQuery(role: RoleID(index: 0), measure: .daily)), .compare(.above, .quantity(limit)))
            #expect(truth == .yes)
        }
    }

    @Test func aRouteIsThatOfEveryEntry() throws {
        let role = FactDefinition.route(RoleID(index: 0))
        func tested(_ routes: Set<RouteGroup>, for wanted: Set<RouteGroup>) -> Truth {
            let context = RuleContext(emptyRule, Match(roles: []), emptyRecord)
            return context.truth(of: .routes(wanted), on: FactResult(.routes(routes)))
        }
        #expect(tested([.topical], for: [.topical]) == .yes)
        #expect(tested([.oral], for: [.topical]) == .no)
        #expect(tested([.oral, .topical], for: [.topical]).isUnknown)
        #expect(tested([.oral, .intravenous], for: [.oral, .intravenous, .rectal]) == .yes)
        #expect(try ordered([try dosed(500, id: "a")], fact: role, .routes([.topical])).isUnknown)
    }

    private var emptyRule: PlannedRule {
        PlannedRule(
            heading: RuleHeading(id: "r", version: 1, title: "R", kind: "", evidence: [], approvedBy: ""), occasions: [], isShown: true,
            kind: InteractionTableKind(severities: [], routes: nil), roleNames: [], facts: [], grades: [], needs: DataNeeds())
    }

    private var emptyRecord: PatientRecord { record(Snapshot(), PlanBuilder()) }

    private func record(_ snapshot: Snapshot, _ builder: PlanBuilder) -> PatientRecord {
        let asOf = AsOf(instant: Instant(milliseconds: 1_768_478_400_000), zone: .utc)
        return PatientRecord(snapshot, plan: builder.plan([]), knowledge: World.knowledge, asOf: asOf)
    }

    // MARK: Reactions in words

    @Test func aReactionInWordsMayBeAny() throws {
        var builder = PlanBuilder()
        let set = builder.codeSet(CodeSet(name: "hives", title: "", codes: [Self.hives], source: ""), as: "hives")
        let context = RuleContext(emptyRule, Match(roles: []), record(Snapshot(), builder))
        let coded = CodeableConcept(codings: [Coding(system: .icd10CM, code: "L50.9")])
        let other = CodeableConcept(codings: [Coding(system: .icd10CM, code: "R11")])
        let words = CodeableConcept(text: "throat closed up")
        func tested(_ reactions: [CodeableConcept], only: Bool) -> Truth {
            context.truth(of: .reaction(set, only: only), on: FactResult(.reactions(reactions)))
        }
        #expect(tested([coded, words], only: false) == .yes)
        #expect(tested([other, words], only: false).isUnknown)
        #expect(tested([other], only: false) == .no)
        #expect(tested([coded, words], only: true).isUnknown)
        #expect(tested([coded, other], only: true) == .no)
        #expect(tested([coded], only: true) == .yes)
    }

    // MARK: Pregnancy

    private func pregnant(sex: Patient.Sex?, onset: String?, supplied: [RecordSection: Supply] = everything, no: String? = nil) throws -> Truth {
        var builder = PlanBuilder()
        func set(_ name: String, _ code: CodeMatch) -> CodeSetID {
            builder.codeSet(CodeSet(name: name, title: name, codes: [code], source: ""), as: name)
        }
        func snomed(_ code: String) -> CodeMatch { CodeMatch(system: .snomedCT, code: code, isPrefix: false) }
        let codes = PregnancyCodes(
            problems: set("problem", Self.pregnancy), status: set("status", CodeMatch(system: .loinc, code: "82810-3", isPrefix: false)),
            pregnant: set("yes", snomed("77386006")), notPregnant: set("no", snomed("60001007")), shelfLife: TimeSpan(amount: 300, unit: .days))
        let conditions = onset.map { onset in
            [
                Condition(
                    reference: ResourceReference(type: "Condition", id: "1"), standing: .active,
                    code: CodeableConcept(codings: [Coding(system: .icd10CM, code: "Z33.1")]), onset: PartialDate(onset))
            ]
        }
        let observations = try no.map { date in
            [
                Observation(
                    reference: ResourceReference(type: "Observation", id: "1"),
                    code: CodeableConcept(codings: [Coding(system: .loinc, code: "82810-3")]),
                    value: .code(CodeableConcept(codings: [Coding(system: .snomedCT, code: "60001007")])),
                    effective: Period(try #require(PartialDate(date))), status: "final")
            ]
        }
        var patient = Patient()
        patient.sex = sex
        let snapshot = Snapshot(patient: patient, conditions: conditions ?? [], observations: observations ?? [], supplied: supplied)
        guard case .truth(let truth) = record(snapshot, builder).pregnant(codes).value else { return .unknown(UnknownReason(.notRecorded, "")) }
        return truth
    }

    @Test func aPregnancyWithACoarseDateCounts() throws {
        #expect(try pregnant(sex: .female, onset: "2026-01") == .yes)
        #expect(try pregnant(sex: .female, onset: "2026") == .yes)
        #expect(try pregnant(sex: .female, onset: "2026-03").isUnknown)
    }

    @Test func aRecordedPregnancyGoesBeforeARecordedSex() throws {
        #expect(try pregnant(sex: .male, onset: "2025-12-01") == .yes)
        #expect(try pregnant(sex: .male, onset: nil) == .no)
    }

    @Test func notPregnantCountsOnlyWhereAllCame() throws {
        #expect(try pregnant(sex: .female, onset: nil, no: "2026-01-10") == .no)
        var supplied = Self.everything
        supplied[.conditions] = .notSupplied
        #expect(try pregnant(sex: .female, onset: nil, supplied: supplied, no: "2026-01-10").isUnknown)
    }

    // MARK: Time

    @Test(arguments: [("2026-01-14T12:00:00Z", Truth.yes), ("2026-01-13T23:00:00Z", .no)])
    func hoursAreCountedByTheClock(date: String, expected: Truth) throws {
        // The evaluation is at 2026-01-15T12:00Z; 36 hours before is midnight of the 14th.
        let lies = record(Snapshot(), PlanBuilder()).lies(try #require(PartialDate(date)), within: TimeSpan(amount: 36, unit: .hours))
        #expect(lies == expected)
    }
}
