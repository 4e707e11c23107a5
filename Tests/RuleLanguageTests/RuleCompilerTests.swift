import Clinical
import Documents
import Engine
import Knowledge
import RuleLanguage
import Testing

@Suite struct RuleCompilerTests {
    static let good = MessagesTests.interaction(MessagesTests.pair)

    @Test func oneBrokenFileLoadsNothing() {
        let broken = Source(name: "broken.yaml", text: "rule: broken\nkind: nothing\n")
        let (ruleSet, diagnostics) = Samples.compiler.compile([Source(name: "sample.yaml", text: Self.good), broken])
        #expect(ruleSet == nil)
        #expect(diagnostics.allSatisfy { $0.file == "broken.yaml" })
    }

    @Test func draftsAreTestedAndNotPlanned() throws {
        let draft = Source(name: "sample.yaml", text: Self.good.replacingOnce("status: active", "status: draft"))
        let ruleSet = try #require(Samples.compiler.compile([draft]).ruleSet)
        #expect(ruleSet.plan.rules.isEmpty)
        #expect(ruleSet.rules.count == 1)
        #expect(try #require(Samples.compiler.compile([draft], includingDrafts: true).ruleSet).plan.rules.count == 1)
    }

    @Test func theDigestFollowsTheBytesAndNotTheOrder() throws {
        let one = Source(name: "sample.yaml", text: Self.good)
        let two = Source(name: "two.yaml", text: Self.good.replacingOnce("rule: sample", "rule: two"))
        let forth = try #require(Samples.compiler.compile([one, two]).ruleSet)
        let back = try #require(Samples.compiler.compile([two, one]).ruleSet)
        #expect(forth.digest == back.digest)
        let changed = Source(name: "two.yaml", text: Self.good.replacingOnce("rule: sample", "rule: two") + " ")
        #expect(try #require(Samples.compiler.compile([one, changed]).ruleSet).digest != forth.digest)
    }

    @Test func theSpellingOfThePathIsNoPartOfTheEdition() throws {
        let digests = try ["Rules/a/sample.yaml", "./Rules/a/sample.yaml", "/elsewhere/Rules/a/sample.yaml"].map { name in
            let other = Source(name: name.replacingOnce("a/sample", "b/two"), text: Self.good.replacingOnce("rule: sample", "rule: two"))
            return try #require(Samples.compiler.compile([Source(name: name, text: Self.good), other]).ruleSet).digest
        }
        #expect(Set(digests).count == 1)
    }

    @Test func everyFactAndRowHasAPlaceInItsFile() throws {
        let ruleSet = try #require(Samples.compiler.compile([Source(name: "sample.yaml", text: Self.good)]).ruleSet)
        let rule = try #require(ruleSet.rules.first)
        #expect(rule.origins.count == rule.rule.facts.count + rule.rule.grades.count)
        let size = Self.good.utf8.count
        #expect(rule.origins.allSatisfy { $0.range.start < $0.range.end && $0.range.end <= size })
    }

    @Test func aSetAddsNamesAndCannotChangeKnownOnes() throws {
        let sets = Source(name: "sets.yaml", text: "classes:\n  ward-list: { members: [warfarin, ibuprofen] }\n  nsaid: { members: [warfarin] }\n")
        let rule = Source(name: "sample.yaml", text: MessagesTests.interaction("a: { drug: metformin }\n  b: { class: ward-list }"))
        let (ruleSet, diagnostics) = Samples.compiler.compile([rule, sets])
        #expect(ruleSet != nil)
        #expect(diagnostics.map(\.code) == ["V220"])
    }

    @Test(arguments: [
        (#"{"resourceType":"ValueSet","compose":{"include":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","concept":[{"code":"R54"}]}]}}"#, true),
        (#"{"resourceType":"ValueSet","expansion":{"contains":[{"system":"http://snomed.info/sct","code":"248279007","contains":[{"system":"http://snomed.info/sct","code":"1"}]}]}}"#, true),
        (#"{"resourceType":"ValueSet","compose":{"include":[{"system":"http://snomed.info/sct","filter":[]}]}}"#, false),
        (#"{"resourceType":"ValueSet","compose":{"include":[]}}"#, false), (#"{"resourceType":"Patient"}"#, false), ("{", false),
    ])
    func valueSetsByFile(json: String, isUsed: Bool) {
        let rule = Samples.rule(
            kind: "drug-patient",
            """
            ordering: { drug: { class: nsaid } }
            grades: [{ name: frail, when: { has: local-frailty }, severity: minor }]
            summary: frail
            override_reasons: [benefit-outweighs-risk]
            """)
        let found = Samples.compiler.compile([
            Source(name: "a/sample.yaml", text: rule), Source(name: "a/frailty.valueset.json", text: json),
            Source(name: "a/sets.yaml", text: "problems:\n  local-frailty: { valueset: frailty.valueset.json }\n"),
        ])
        #expect(found.diagnostics.map(\.code) == (isUsed ? [] : ["V208"]))
        #expect((found.ruleSet != nil) == isUsed)
    }

    /// draft and retired are never planned; shadow is evaluated and told to the log with the severity it would have had.
    @Test(arguments: [("active", 1, 0), ("shadow", 0, 1), ("draft", 0, 0), ("retired", 0, 0)])
    func theLifeOfARule(status: String, findings: Int, silenced: Int) throws {
        let text = Samples.rule(
            kind: "care-gap",
            """
            population: { sex: female }
            done_by: [{ done: mammogram }]
            severity: moderate
            summary: { never: no mammogram on record }
            override_reasons: [benefit-outweighs-risk]
            """
        ).replacingOnce("status: active", "status: \(status)")
        let ruleSet = try #require(Samples.compiler.compile([Source(name: "sample.yaml", text: text)]).ruleSet)
        let patient = Snapshot(
            patient: Patient(sex: .female), supplied: [.patient: .complete, .procedures: .complete, .observations: .complete])
        let evaluation = Evaluator(plan: ruleSet.plan, knowledge: SmallKnowledge.base).evaluate(
            patient, on: .patientView, at: try #require(AsOf("2026-01-15")))
        #expect(evaluation.findings.count == findings)
        #expect(evaluation.silenced.map(\.shadowOf) == (silenced == 1 ? [.moderate] : []))
    }
}
