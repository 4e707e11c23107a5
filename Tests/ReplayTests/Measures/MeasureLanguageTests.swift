import Clinical
import Documents
import Engine
import Intake
import Knowledge
import RuleLanguage
import Testing

/// Small measures over small patients: what each phrase of the language means.
@Suite struct MeasureLanguageTests {
    /// Two value sets, and one adult visit that everyone needs.
    static let sets = """
        value_sets:
          visit: { title: Visit, url: "urn:visit", cpt: "99213 99214" }
          stay: { title: Stay, cpt: "99221" }
          test: { title: Test, loinc: "4548-4" }
          drug: { title: Drug, rxnorm: "860975" }
          illness: { title: Illness, icd10cm: "E11.9" }
        """

    private func result(
        _ measure: String, _ resources: [String], patient: String = #""birthDate": "1970-06-01", "gender": "female""#,
        year: Int = 2026, asOf: String = "2026-12-31T23:59:59Z", missing: [RecordSection] = []
    ) throws -> RateResult {
        let rule = """
            rule: sample
            kind: measure
            title: A sample
            version: 1
            status: draft
            \(measure)
            """
        let compiler = RuleCompiler(knowledge: try KnowledgeBase(KnowledgeTables(version: KnowledgeVersion(name: "t"))), today: CivilDate(daysSinceEpoch: 20_000))
        let (ruleSet, diagnostics) = compiler.compile(
            [Source(name: "sample.yaml", text: rule), Source(name: "sets.yaml", text: Self.sets)], includingDrafts: true)
        let plan = try #require(ruleSet, "\(diagnostics.map(\.message))").plan.measures
        let entries = ([#"{"resourceType": "Patient", "id": "p", \#(patient)}"#] + resources.enumerated().map { number, text in
            #"{"id": "\#(number)", "subject": {"reference": "Patient/p"}, \#(text)}"#
        }).map { #"{"resource": \#($0)}"# }
        let bundle = #"{"resourceType": "Bundle", "type": "collection", "entry": [\#(entries.joined(separator: ", "))]}"#
        let instant = try #require(AsOf(asOf))
        var reader = FHIRReader(asOf: instant, eventKinds: plan.kinds, readsRecord: false)
        reader.readBundle(try JSONDocument(parsing: bundle).root)
        for section in missing { reader.setSupply(section, .notSupplied) }
        let period = MeasurementPeriod(yearOf: try #require(CivilDate("\(year)-01-01")))
        return try #require(plan.evaluate(reader.finish().snapshot, period: period, asOf: instant).first?.rates.first)
    }

    private func visit(_ start: String, _ end: String, code: String = "99213", status: String = "finished") -> String {
        #""resourceType": "Encounter", "status": "\#(status)", "type": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "\#(code)"}]}], "period": {"start": "\#(start)", "end": "\#(end)"}"#
    }

    private func lab(_ day: String, _ value: String = "7", unit: String = "%") -> String {
        #""resourceType": "Observation", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}, "effectiveDateTime": "\#(day)", "valueQuantity": {"value": \#(value), "unit": "\#(unit)", "system": "http://unitsofmeasure.org", "code": "\#(unit)"}"#
    }

    private func order(_ day: String, status: String = "active", _ more: String = "") -> String {
        #""resourceType": "MedicationRequest", "status": "\#(status)", "intent": "order", "authoredOn": "\#(day)", "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860975"}]}\#(more)"#
    }

    private func problem(_ onset: String, _ more: String = "", clinical: String = "active") -> String {
        #""resourceType": "Condition", "clinicalStatus": {"coding": [{"code": "\#(clinical)", "system": "http://terminology.hl7.org/CodeSystem/condition-clinical"}]}, "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}]}, "onsetDateTime": "\#(onset)"\#(more)"#
    }

    /// The numerator alone, for everyone.
    private func numerator(_ phrase: String, _ resources: [String], asOf: String = "2026-12-31T23:59:59Z") throws -> Bool {
        try result("initial_population: [{ sex: female }]\nnumerator: [\(phrase)]", resources, asOf: asOf).numerator.isIn
    }

    // MARK: Times

    @Test func endsOfThePeriodBelongToIt() throws {
        let phrase = "{ encounter: visit, during: period }"
        #expect(try numerator(phrase, [visit("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]))
        #expect(try numerator(phrase, [visit("2026-12-31T23:00:00Z", "2026-12-31T23:59:59Z")]))
        #expect(try !numerator(phrase, [visit("2025-12-31T23:59:00Z", "2026-01-01T00:10:00Z")]))
        #expect(try !numerator(phrase, [visit("2026-06-01", "2026-06-01", status: "cancelled")]))
    }

    @Test func daysAreThoseOfTheZoneInWhichTheyWereWritten() throws {
        // Already the next year in UTC, still the last evening of the year where the visit was.
        #expect(try numerator("{ encounter: visit, during: period }", [visit("2026-12-31T20:00:00-06:00", "2026-12-31T20:30:00-06:00")], asOf: "2027-01-15"))
    }

    @Test func overlappingStartingEndingAndGoingOn() throws {
        let abated = #", "abatementDateTime": "2026-01-01""#
        #expect(try numerator("{ condition: illness, overlaps: period }", [problem("2020-01-01", abated)]))
        #expect(try !numerator("{ condition: illness, overlaps: period }", [problem("2020-01-01", #", "abatementDateTime": "2025-12-31""#)]))
        #expect(try !numerator("{ condition: illness, starts: period }", [problem("2020-01-01")]))
        #expect(try numerator("{ condition: illness, starts: by end of period }", [problem("2026-12-31")]))
        #expect(try !numerator("{ condition: illness, starts: before end of period }", [problem("2026-12-31")]))
        #expect(try numerator("{ condition: illness, starts: from 6 y before start of period to end of period }", [problem("2020-01-01")]))
        #expect(try !numerator("{ condition: illness, starts: from 6 y before start of period to end of period }", [problem("2019-12-31")]))
        #expect(try numerator("{ condition: illness, continues_after: period }", [problem("2020-01-01")]))
    }

    @Test func aYearAloneIsAllItsDays() throws {
        let overlapping = try result("initial_population: [{ sex: female }]\nnumerator: [{ condition: illness, starts: by end of period }]", [problem("2026")])
        #expect(overlapping.numerator.isIn)
        let during = try result("initial_population: [{ sex: female }]\nnumerator: [{ observation: test, during: by 2 months after start of period }]", [lab("2026")])
        #expect(!during.numerator.isIn)
        #expect(during.gap == .notChecked)
    }

    @Test func whatIsOverWithoutADateEndedAtSomeTime() throws {
        let result = try result("initial_population: [{ sex: female }]\nnumerator: [{ condition: illness, overlaps: period }]", [problem("2020-01-01", clinical: "resolved")])
        #expect(!result.numerator.isIn)
        #expect(result.gap == .notChecked)
    }

    @Test func anEndThatCannotBeReadIsOne() throws {
        // A time without a zone is no time of FHIR.
        let gone = problem("2020-01-01", #", "abatementDateTime": "2025-06-01T10:00:00""#)
        let visited = visit("2026-02-01T08:00:00Z", "2026-02-01T08:15:00")
        for (phrase, entry) in [("{ condition: illness, overlaps: period }", gone), ("{ encounter: visit, during: period }", visited)] {
            let result = try result("initial_population: [{ sex: female }]\nnumerator: [\(phrase)]", [entry])
            #expect(!result.numerator.isIn)
            #expect(result.gap == .notChecked)
        }
    }

    @Test func anOnsetOfWhichOnlyTheEndIsToldBeganByThen() throws {
        let problem = #""resourceType": "Condition", "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "E11.9"}]}, "onsetPeriod": {"end": "2026-03-01"}"#
        #expect(try numerator("{ condition: illness, starts: by end of period }", [problem]))
        #expect(try !numerator("{ condition: illness, starts: period }", [problem]))
    }

    @Test func toTheMinuteWhereBothTimesAreKnown() throws {
        let stay = visit("2026-02-01T08:00:00Z", "2026-02-01T08:15:00Z")
        for (time, isIn) in [("2026-02-01T08:15:00Z", true), ("2026-02-01T08:16:00Z", false)] {
            #expect(try numerator("{ medication_order: drug, during: seen to the minute }]\nfacts: { seen: { encounter: visit } }\nexceptions: [{ sex: male }", [stay, order(time)]) == isIn)
            #expect(try numerator("{ medication_order: drug, during: seen }]\nfacts: { seen: { encounter: visit } }\nexceptions: [{ sex: male }", [stay, order(time)]))
        }
    }

    @Test func whatIsPlannedHasNotHappened() throws {
        let phrase = "{ encounter: visit, during: period }"
        #expect(try !numerator(phrase, [visit("2026-09-01", "2026-09-01")], asOf: "2026-08-31"))
        #expect(try numerator(phrase, [visit("2026-09-01", "2026-09-01")], asOf: "2026-09-01"))
    }

    // MARK: Which entries

    @Test func theLatestDecidesAndTheLowestOfItsDay() throws {
        let measure = """
            initial_population: [{ sex: female }]
            numerator: [{ of: deciding, value: { above: 9 % } }]
            facts:
              deciding: { observation: test, during: period, pick: [latest day, lowest] }
            """
        #expect(try result(measure, [lab("2026-03-01", "12"), lab("2026-06-01", "9.1")]).numerator.isIn)
        #expect(try !result(measure, [lab("2026-06-01T08:00:00Z", "9.5"), lab("2026-06-01T20:00:00Z", "9.0"), lab("2026-03-01", "12")]).numerator.isIn)
    }

    @Test func oneGoesWithAnother() throws {
        let measure = """
            initial_population: [{ sex: female }]
            numerator: [treated-visit]
            facts:
              treated-visit:
                encounter: visit
                with: { medication_order: drug, during: from start of it to 3 d after start of it }
                without: { observation: test, during: it }
            """
        let seen = visit("2026-02-01", "2026-02-01")
        #expect(try result(measure, [seen, order("2026-02-04")]).numerator.isIn)
        #expect(try !result(measure, [seen, order("2026-02-05")]).numerator.isIn)
        #expect(try !result(measure, [seen, order("2026-02-01"), lab("2026-02-01")]).numerator.isIn)
    }

    @Test func ordersSaidNotToBeGivenAreNoOrders() throws {
        let refused = #", "doNotPerform": true, "reasonCode": [{"coding": [{"system": "http://snomed.info/sct", "code": "105480006"}]}]"#
        #expect(try !numerator("{ medication_order: drug, during: period }", [order("2026-02-01", refused)]))
        #expect(try numerator("{ medication_not_ordered: drug, reason: snomed 105480006, during: period }", [order("2026-02-01", refused)]))
    }

    @Test func aRejectedTaskRefusesTheOrder() throws {
        let task = #""resourceType": "Task", "status": "rejected", "intent": "order", "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]}, "focus": {"reference": "MedicationRequest/0"}"#
        #expect(try numerator("{ medication_order: drug, refused: no, during: period }", [order("2026-02-01")]))
        #expect(try !numerator("{ medication_order: drug, refused: no, during: period }", [order("2026-02-01"), task]))
    }

    @Test func supplyLastsForItsDaysAndRefills() throws {
        let supply = #", "dispenseRequest": {"numberOfRepeatsAllowed": 1, "expectedSupplyDuration": {"value": 30, "code": "d", "system": "http://unitsofmeasure.org"}}"#
        // 60 days from 1 November: the last is 30 December.
        for (day, isIn) in [("2025-11-02", false), ("2025-11-03", true)] {
            #expect(try numerator("{ medication_active: drug, supply_overlaps: period }", [order(day, supply)]) == isIn)
        }
        #expect(try numerator("{ medication_order: drug, total_days_supplied: { above: 59 } }", [order("2026-02-01", supply)]))
        #expect(try !numerator("{ medication_order: drug, total_days_supplied: { above: 60 } }", [order("2026-02-01", supply)]))
    }

    @Test func twoOrdersOnDifferentDaysOrOneWithRefills() throws {
        let phrase = "{ medication_order: drug, repeated: period }"
        #expect(try !numerator(phrase, [order("2026-02-01"), order("2026-02-01")]))
        #expect(try numerator(phrase, [order("2026-02-01"), order("2026-02-02")]))
        #expect(try !numerator(phrase, [order("2025-12-31"), order("2026-02-02")]))
        #expect(try numerator(phrase, [order("2026-02-01", #", "dispenseRequest": {"numberOfRepeatsAllowed": 1}"#)]))
    }

    @Test func entriesAreCountedByDay() throws {
        let phrase = "{ encounter: visit, during: period, at_least: 2, count_by: day }"
        #expect(try !numerator(phrase, [visit("2026-02-01", "2026-02-01"), visit("2026-02-01", "2026-02-01")]))
        #expect(try numerator(phrase, [visit("2026-02-01", "2026-02-01"), visit("2026-02-02", "2026-02-02")]))
    }

    // MARK: Populations

    static let screening = """
        initial_population:
          all: [{ age: { at: end of period, between: 18 y and 75 y } }, { encounter: visit, during: period }]
        exclusions: [{ condition: illness, overlaps: period }]
        numerator: [{ observation: test, ends: from 2 y before start of period to end of period }]
        """

    @Test func agesAtTheirBoundaries() throws {
        let seen = [visit("2026-02-01", "2026-02-01")]
        for (born, isIn) in [("2008-12-31", true), ("2009-01-01", false), ("1951-01-01", true), ("1950-12-31", false)] {
            let patient = #""birthDate": "\#(born)", "gender": "male""#
            #expect(try result(Self.screening, seen, patient: patient).initialPopulation.isIn == isIn, "\(born)")
        }
    }

    @Test func gapsAndDueDates() throws {
        let seen = visit("2026-02-01", "2026-02-01")
        let open = try result(Self.screening, [seen])
        #expect(open.gap == .open)
        #expect(open.due?.description == "2026-12-31")
        let closed = try result(Self.screening, [seen, lab("2025-03-01")])
        #expect(closed.gap == .closed)
        // The test of 2025 counts for the periods 2025 to 2027.
        #expect(closed.due?.description == "2028-12-31")
        #expect(closed.numerator.evidence.map(\.description) == ["Observation/1"])
        #expect(try result(Self.screening, [seen, lab("2025-03-01"), problem("2020-01-01")]).gap == .excluded)
        #expect(try result(Self.screening, []).gap == .notConcerned)
    }

    @Test func whatDidNotComeIsNotChecked() throws {
        let seen = visit("2026-02-01", "2026-02-01")
        let withoutLabs = try result(Self.screening, [seen], missing: [.observations])
        #expect(withoutLabs.gap == .notChecked)
        #expect(withoutLabs.notChecked.map(\.kind) == [.notSupplied])
        // Done is done, whatever else did not come.
        #expect(try result(Self.screening, [seen, lab("2026-03-01")], missing: [.conditions]).gap == .closed)
        #expect(try result(Self.screening, [seen], missing: [.conditions]).gap == .notChecked)
    }

    @Test func whoIsNotKnownToBeInTheDenominatorIsInNothingWithinIt() throws {
        let undated = #""resourceType": "Encounter", "status": "finished", "type": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]}]"#
        let excluded = try result(Self.screening, [undated, problem("2020-01-01")])
        #expect(excluded.gap == .notChecked)
        #expect([excluded.initialPopulation, excluded.denominator, excluded.exclusions].map(\.count) == [0, 0, 0])
        let tested = try result(Self.screening, [undated, lab("2026-03-01")])
        #expect(tested.gap == .notChecked)
        #expect([tested.denominator, tested.numerator].map(\.count) == [0, 0])
    }

    @Test func lowerIsBetter() throws {
        let measure = "better: lower\ninitial_population: [{ sex: female }]\nnumerator: [{ observation: test, value: { above: 9 % } }]"
        #expect(try result(measure, [lab("2026-03-01", "9.5")]).gap == .open)
        #expect(try result(measure, [lab("2026-03-01", "7")]).gap == .closed)
    }

    @Test func profilesOfNationalGuidesMustBeThoseAskedFor() throws {
        let measure = "initial_population: [{ sex: female }]\nnumerator: [{ observation: test, profile: us-core-smokingstatus }]"
        func gap(_ profiles: String) throws -> GapStanding {
            try result(measure, [lab("2026-03-01") + #", "meta": {"profile": [\#(profiles)]}"#]).gap
        }
        let asked = #""http://hl7.org/fhir/us/core/StructureDefinition/us-core-smokingstatus|6.1.0""#
        let other = #""http://fhir.org/guides/astp/us-quality-core/StructureDefinition/us-quality-core-observation""#
        let local = #""https://hospital.example.org/fhir/StructureDefinition/exam""#
        #expect(try gap("") == .closed)
        #expect(try gap(asked) == .closed)
        #expect(try gap(other) == .open)
        #expect(try gap("\(other), \(asked)") == .closed)
        #expect(try gap(local) == .closed)
        #expect(try gap("\(local), \(other)") == .open)
    }

    @Test func theDeadAreCountedAndHaveNoGap() throws {
        let dead = #""birthDate": "1970-06-01", "gender": "female", "deceasedDateTime": "2026-05-01""#
        let measure = "initial_population: [{ sex: female }]\nnumerator: [{ observation: test }]"
        let after = try result(measure, [], patient: dead)
        #expect(after.gap == .excluded && after.due == nil)
        #expect(after.denominator.count == 1 && after.numerator.count == 0)
        #expect(try result(measure, [], patient: dead, asOf: "2026-04-30T12:00:00Z").gap == .open)
        #expect(try result(measure, [lab("2026-03-01")], patient: dead).gap == .closed)
    }

    @Test func entriesCountOneByOne() throws {
        let measure = """
            counts: seen
            initial_population: [{ age: { at: start of seen, at_least: 18 y } }]
            numerator: [{ medication_order: drug, during: seen }]
            facts:
              seen: { encounter: visit, during: period }
            """
        let result = try result(measure, [visit("2026-02-01", "2026-02-01"), visit("2026-03-01", "2026-03-01"), order("2026-03-01")])
        #expect(result.denominator.count == 2)
        #expect(result.numerator.count == 1)
        #expect(result.numerator.evidence.map(\.description) == ["Encounter/1"])
        #expect(result.gap == .open)
    }
}
