import Documents
import RuleLanguage
import Testing

/// Each way to be wrong in a measure, with the place that its message must point at.
@Suite struct MeasureMessagesTests {
    private func measure(_ numerator: String, _ facts: String = "seen: { encounter: cpt 99213, during: period }") -> String {
        Samples.rule(
            kind: "measure",
            """
            initial_population: [seen]
            numerator: [\(numerator)]
            facts:
              \(facts)
            """)
    }

    @Test func aMeasureThatIsRightHasNothingSaidOfIt() {
        #expect(Samples.diagnostics(measure("{ observation: loinc 4548-4, during: period }")) == [])
    }

    @Test func V111_missingPopulations() {
        Samples.expect("V111", in: "1️⃣" + Samples.rule(kind: "measure", "initial_population: [{ sex: female }]"), says: "`numerator`")
        Samples.expect("V111", in: measure("{ age: 1️⃣{ at: end of period } }"), says: "`at_least`")
        Samples.expect("V111", in: measure("{ total_days_supplied: { above: 3 }, medication_order: rxnorm 1 }").replacingOnce("{ above: 3 }", "1️⃣{ }"))
    }

    @Test func V110_unknownKeys() {
        Samples.expect("V110", in: measure("{ observation: loinc 4548-4, 1️⃣durin: period }"), says: "`during`")
        Samples.expect("V110", in: measure("{ 1️⃣observatoin: loinc 4548-4 }"), says: "`observation`")
    }

    @Test func V113_timesThatAreNone() {
        Samples.expect("V113", in: measure("{ observation: loinc 4548-4, during: 1️⃣this year }"))
        Samples.expect("V113", in: measure("{ observation: loinc 4548-4, during: 1️⃣from 9 yaers before start of period to end of period }"))
        Samples.expect("V113", in: measure("{ age: { at: 1️⃣beginning of period, at_least: 18 y } }"))
        Samples.expect("V113", in: measure("{ age: { at: end of period, at_least: 1️⃣18 } }"))
        Samples.expect("V113", in: measure("{ observation: loinc 4548-4, value: { above: 1️⃣much } }"))
    }

    @Test func V201_unknownValueSets() {
        Samples.expect("V201", in: measure("{ observation: 1️⃣hba1c-lab }"), says: "hba1c-lab")
        let sets = Source(name: "sets.yaml", text: "value_sets:\n  hba1c-test: { loinc: \"4548-4\" }\n")
        let found = Samples.compiler.compile([Source(name: "sample.yaml", text: measure("{ observation: hba1c-tset }")), sets]).diagnostics
        #expect(found.map(\.code) == ["V201"])
        #expect(found.first?.label == "did you mean `hba1c-test`?")
    }

    @Test func V202_unknownFacts() {
        Samples.expect("V202", in: measure("1️⃣sene"), says: "did you mean `seen`?")
        Samples.expect("V202", in: measure("{ observation: loinc 4548-4, during: 1️⃣sene }"), says: "did you mean `seen`?")
    }

    @Test func V203_wordsThatAreNotInTheList() {
        Samples.expect("V203", in: measure("{ observation: loinc 4548-4, pick: 1️⃣newest }"), says: "`latest`")
        Samples.expect("V203", in: measure("{ sex: 1️⃣femal }"), says: "`female`")
    }

    @Test func V204_entriesAreWanted() {
        Samples.expect("V204", in: measure("{ of: 1️⃣old }", "seen: { encounter: cpt 99213 }\n  old: { age: { at: end of period, at_least: 65 y } }"))
    }

    @Test func V205_factsDefinedByThemselves() {
        Samples.expect("V205", in: measure("seen", "seen: { of: other }\n  other: { of: 1️⃣seen }"), says: "seen → other → seen")
    }

    @Test func V302_factsThatNothingUses() {
        Samples.expect("V302", in: measure("seen", "seen: { encounter: cpt 99213 }\n  1️⃣idle: { encounter: cpt 99214 }"))
    }

    @Test func twoOfOneName() {
        let one = Source(name: "a.yaml", text: "value_sets:\n  x: { loinc: \"1\" }\n"), other = Source(name: "b.yaml", text: "value_sets:\n  x: { loinc: \"2\" }\n")
        #expect(Samples.compiler.compile([one, other]).diagnostics.map(\.code) == ["V115"])
    }
}
