import CDSHooks
import Clinical
import Documents
import Engine
import Replay
import RuleLanguage
import SamplePack
import Testing

@testable import Authoring

@Suite struct ExplanationTests {
    private func explain(_ rule: String, _ name: String, whyNot: Bool = false) throws -> String {
        let set = try Samples.ruleSet(try Samples.worldRules())
        let knowledge = try RepositoryKnowledge.base()
        let checked = try #require(set.rules.first { $0.rule.heading.id == rule })
        let test = try #require(checked.tests.first { $0.name == name })
        let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        let trace = try #require(evaluator.trace(rule: rule, of: prepared.snapshot, at: prepared.asOf))
        return Explanation(trace, asksWhyNot: whyNot).text
    }

    @Test func theLadderWithEachFactAndItsSource() throws {
        try TextGoldens.expect(try explain("aldosterone-antagonist-raas", "no potassium at all"), toEqual: "explain-unknown.txt")
    }

    @Test func theFirstConditionThatStoppedEachRow() throws {
        try TextGoldens.expect(try explain("metformin-egfr", "eGFR 80", whyNot: true), toEqual: "explain-why-not.txt")
    }

    @Test func nobodyMet() throws {
        try TextGoldens.expect(
            try explain("aldosterone-antagonist-raas", "both long established, nothing ordered", whyNot: true), toEqual: "explain-nobody.txt")
    }

    @Test func aCareGap() throws {
        try TextGoldens.expect(try explain("hba1c-overdue", "up to date", whyNot: true), toEqual: "explain-gap.txt")
    }

    /// What a rule says by itself is not always shown: another speaks for the same drugs, or a site has muted it.
    @Test func aCardThatIsWithheldSaysWhy() throws {
        let knowledge = try RepositoryKnowledge.base()
        let overrides = SamplePack.overrides("mute_when: { age: { at_least: 65 y } }")
        let compiler = RuleCompiler(knowledge: knowledge, today: Samples.today)
        let muted = try #require(compiler.compile(SamplePack.files(overrides, rule: SamplePack.withoutFloor)).ruleSet)
        #expect(try closing("nsaid-anticoagulant", "an older patient", muted)
            == "  no card: it is muted by the override st-elsewhere; it would say: An NSAID in an older patient")
        let shadow = SamplePack.withoutFloor.edited("status: active", "status: shadow")
        #expect(try closing("nsaid-anticoagulant", "an older patient", #require(compiler.compile([shadow]).ruleSet))
            == "  no card: the rule is in shadow; it would say: An NSAID in an older patient")
        let rules = try Samples.ruleSet(try Samples.repositoryRules())
        let checked = try #require(rules.rules.first { $0.rule.heading.id == "warfarin-nsaid" })
        let pair = try #require(checked.tests.first { $0.name == "age 72, no protection" })
        let prepared = try RuleTestRunner(knowledge: knowledge).prepare(pair, of: checked.rule).get()
        let evaluator = Evaluator(plan: rules.plan, knowledge: knowledge)
        let trace = try #require(evaluator.trace(rule: "interaction-table-major", of: prepared.snapshot, at: prepared.asOf))
        let text = Explanation(trace, in: evaluator.evaluate(prepared.snapshot, on: .orderSign, at: prepared.asOf)).text
        #expect(text.contains("no card: another rule speaks for the same drugs, `warfarin-nsaid`; it would say: warfarin with ibuprofen"), "\(text)")
    }

    private func closing(_ rule: String, _ name: String, _ set: RuleSet) throws -> String? {
        let knowledge = try RepositoryKnowledge.base()
        let checked = try #require(set.rules.first { $0.rule.heading.id == rule })
        let test = try #require(checked.tests.first { $0.name == name })
        let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        let trace = try #require(evaluator.trace(rule: rule, of: prepared.snapshot, at: prepared.asOf))
        let text = Explanation(trace, in: evaluator.evaluate(prepared.snapshot, on: .orderSign, at: prepared.asOf)).text
        return text.split(separator: "\n").last.map(String.init)
    }

    @Test func aMeasureTellsItsPopulations() throws {
        let knowledge = try RepositoryKnowledge.base()
        let text = try #require(RuleTemplate.text(kind: "measure", id: "our-measure", schema: "s"))
        let compiler = RuleCompiler(knowledge: knowledge, today: Samples.today)
        let set = try #require(compiler.compile([Source(name: "our-measure.yaml", text: text)], includingDrafts: true).ruleSet)
        try TextGoldens.expect(
            try ["not done", "done"].map { name in
                let checked = try #require(set.rules.first)
                let prepared = try RuleTestRunner(knowledge: knowledge).prepare(try #require(checked.tests.first { $0.name == name }), of: checked.rule).get()
                let trace = try #require(Evaluator(plan: set.plan, knowledge: knowledge).trace(rule: "our-measure", of: prepared.snapshot, at: prepared.asOf))
                return Explanation(trace).text
            }.joined(separator: "\n"), toEqual: "explain-measure.txt")
    }

    @Test func aMeasureReadsTheEventsOfAFile() throws {
        let knowledge = try RepositoryKnowledge.base()
        let text = try #require(RuleTemplate.text(kind: "measure", id: "our-measure", schema: "s"))
        let compiler = RuleCompiler(knowledge: knowledge, today: Samples.today)
        let set = try #require(compiler.compile([Source(name: "our-measure.yaml", text: text)], includingDrafts: true).ruleSet)
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        let asOf = try #require(AsOf("2026-06-30"))
        let bundle = try JSONDocument(parsing: """
            {"resourceType": "Bundle", "type": "collection", "entry": [
              {"resource": {"resourceType": "Patient", "id": "p", "birthDate": "1966-01-01"}},
              {"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "onsetDateTime": "2020-01-01",
                "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                "code": {"coding": [{"system": "http://snomed.info/sct", "code": "44054006"}]}}}]}
            """)
        let snapshot = try PatientFile.snapshot(bundle, answerer: Answerer(trying: evaluator), asOf: asOf)
        let trace = try #require(evaluator.trace(rule: "our-measure", of: snapshot, at: asOf))
        #expect(Explanation(trace).text.contains("initial population   yes"), "\(Explanation(trace).text)")
    }

    /// A trace walks apart from the evaluation: they must come to the same.
    @Test func theTraceDecidesAsTheEvaluationDoes() throws {
        let set = try Samples.ruleSet(try Samples.repositoryRules())
        let knowledge = try RepositoryKnowledge.base()
        let evaluator = Evaluator(plan: set.plan, knowledge: knowledge)
        for checked in set.rules where checked.rule.heading.kind != "interaction-table" {
            for test in checked.tests {
                let prepared = try RuleTestRunner(knowledge: knowledge).prepare(test, of: checked.rule).get()
                let trace = try #require(evaluator.trace(rule: test.rule, of: prepared.snapshot, at: prepared.asOf))
                let outcome = prepared.outcome(with: evaluator)
                #expect(trace.meetings.compactMap { $0.summary == nil ? nil : $0.decided }.sorted() == outcome.grades.sorted(), "\(test.rule): \(test.name)")
            }
        }
    }
}
