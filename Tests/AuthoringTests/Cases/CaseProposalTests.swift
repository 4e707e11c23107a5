import Clinical
import Documents
import Engine
import Replay
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct CaseProposalTests {
    private func proposal(_ body: String) throws -> (CaseProposal, RuleSet) {
        let rules = try Samples.worldRules()
        let set = try Samples.ruleSet(rules)
        let evaluator = Evaluator(plan: set.plan, knowledge: try RepositoryKnowledge.base())
        let asOf = try #require(AsOf("2026-11-21"))
        let snapshot = try PatientFile.snapshot(try JSONDocument(parsing: body), answerer: .init(trying: evaluator), asOf: asOf)
        let rule = try #require(set.rules.first { $0.rule.heading.id == "warfarin-nsaid" })
        let file = try #require(rules.first { $0.name == rule.file })
        return (
            try #require(CaseProposal(snapshot, rule: rule, node: RuleFile(file).node, evaluator: evaluator, name: "from a record", asOf: asOf)), set
        )
    }

    private func example() throws -> String {
        String(decoding: try SourceFile.bytes(of: Repository.path("docs/examples/order-sign.json")), as: UTF8.self)
    }

    @Test func aCallBecomesACaseThatPassesAndSaysTheSame() throws {
        let (proposal, _) = try proposal(try example())
        #expect(proposal.tellsTheSame)
        try TextGoldens.expect(proposal.lines.joined(separator: "\n") + "\n", toEqual: "case.txt")
        let rule = try #require(try Samples.worldRules().first { $0.name.hasSuffix("warfarin-nsaid.yaml") })
        let more = Source(
            name: rule.name, text: String(decoding: rule.bytes, as: UTF8.self) + proposal.lines.map { "  \($0)\n" }.joined())
        let report = RuleTestRunnerForTests.run(try Samples.ruleSet([more]), try RepositoryKnowledge.base())
        #expect(report.failed == 0, "\(report.text())")
    }

    /// Whatever names or marks a person in the record is not in the case.
    @Test func nothingOfThePersonRemains() throws {
        let body = try example()
        let lines = try proposal(body).0.lines.joined(separator: "\n")
        let document = try JSONDocument(parsing: body)
        var marks: [String] = []
        func collect(_ node: JSONNode, _ key: String) {
            if let text = node.string, ["id", "family", "given", "birthDate", "text", "reference", "userId", "patientId", "hookInstance", "authoredOn", "recordedDate", "effectiveDateTime"].contains(key) {
                marks.append(text)
            }
            for (name, value) in node.members { collect(value, name.string ?? "") }
            for value in node.elements { collect(value, key) }
        }
        collect(document.root, "")
        #expect(marks.count > 5)
        for mark in marks where mark.count > 3 && !["none", "warfarin", "ibuprofen"].contains(mark.lowercased()) {
            #expect(!lines.contains(mark), "\(mark)")
        }
    }
}
