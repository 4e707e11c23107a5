import Documents
import RuleLanguage
import Testing

/// `family_history` and what may stand beside it.
struct FamilyHistoryTests {
    private func messages(_ fact: String) -> [String] {
        let rule = Samples.rule(
            kind: "care-gap",
            """
            population: { age: { at_least: 9 y }, relatives: yes }
            facts: { relatives: \(fact) }
            done_by: [{ has: asthma }]
            severity: minor
            summary: { never: it is due, overdue: it was due $due }
            override_reasons: [benefit-outweighs-risk]
            """)
        return Samples.compiler.compile([Source(name: "sample.yaml", text: rule)]).diagnostics.filter { $0.severity == .error }.map { "\($0.code) \($0.message)" }
    }

    @Test(arguments: [
        "{ family_history: asthma }", "{ family_history: [asthma], relation: any }", "{ family_history: asthma, relation: first-degree, onset_before: 60 y }",
    ])
    func compiles(_ fact: String) {
        #expect(messages(fact) == [])
    }

    @Test func whatCannotBeMeantIsSaid() {
        #expect(messages("{ family_history: asthmma }").contains { $0.hasPrefix("V201") })
        #expect(messages("{ family_history: asthma, relation: cousin }").count == 1)
        #expect(messages("{ family_history: asthma, onset_before: 6 months }").contains { $0.hasPrefix("V113") })
        #expect(messages("{ family_history: asthma, ever: yes }").contains { $0.hasPrefix("V110") })
    }
}
