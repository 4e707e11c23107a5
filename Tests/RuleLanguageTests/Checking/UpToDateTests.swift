import Documents
import RuleLanguage
import Testing

/// `up_to_date` and what may stand under it.
struct UpToDateTests {
    private func messages(_ doneBy: String, facts: String = "") -> [String] {
        let rule = Samples.rule(
            kind: "care-gap",
            """
            population: { age: { at_least: 9 y } }
            \(facts)
            done_by: [\(doneBy)]
            severity: minor
            summary: { never: a dose is due, overdue: a dose was due $due }
            override_reasons: [benefit-outweighs-risk]
            """)
        return Samples.compiler.compile([Source(name: "sample.yaml", text: rule)]).diagnostics.map { "\($0.code) \($0.message)" }
    }

    @Test(arguments: ["{ up_to_date: HPV }", "{ up_to_date: [HPV] }", "{ up_to_date: hpv, by: past-due }"])
    func compiles(_ doneBy: String) {
        #expect(messages(doneBy) == [])
    }

    @Test func theNameOfAFactStandsForIt() {
        #expect(messages("schedule", facts: "facts: { schedule: { up_to_date: HPV } }") == [])
        #expect(messages("shedule", facts: "facts: { schedule: { up_to_date: HPV } }").contains { $0.hasPrefix("V202") })
    }

    @Test func whatCannotBeMeantIsSaid() {
        #expect(messages("{ up_to_date: HPW }").contains("V201 unknown group of vaccines `HPW`"))
        #expect(messages("{ up_to_date: [] }").contains { $0.hasPrefix("V206") })
        #expect(messages("{ up_to_date: HPV, by: now }").count == 1)
    }
}
