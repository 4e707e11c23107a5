import Documents
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct DecisionTableTests {
    private func document(_ names: [String]) throws -> RuleDocument {
        let sources = try Samples.worldRules().filter { source in names.contains { source.name.hasSuffix("\($0).yaml") } }
        return DecisionTable(knowledge: try RepositoryKnowledge.base())
            .document(of: try Samples.ruleSet(sources), files: sources.map { RuleFile($0) })
    }

    @Test func aLadderAndACareGap() throws {
        try TextGoldens.expect(
            try document(["metformin-egfr", "hba1c-overdue"]).text(as: .markdown).replacing(/edition [0-9a-f]+/, with: "edition …"), toEqual: "decision-tables.md")
    }

    @Test func thePageEscapesWhatItShows() {
        var document = RuleDocument(title: "a <b> & c")
        document.blocks = [.table(head: ["<x>"], rows: [["1 < 2\nnext | line"]])]
        #expect(document.text(as: .html).contains("<td>1 &lt; 2<br>next | line</td>"))
        #expect(document.text(as: .markdown).contains("| 1 < 2<br>next \\| line |"))
    }

    @Test(arguments: [
        ("{ potassium: { above: 5.0 mmol/L } }", "potassium above 5.0 mmol/L"),
        ("{ any: [{ a: yes }, { b: { between: 1 y and 2 y } }] }", "(a or b between 1 y and 2 y)"),
        ("{ none: [{ taking: { class: ppi } }] }", "none of: taking ppi"),
        ("{ has: gout, ever: yes }", "has gout and ever"),
        ("{ egfr: unknown, sex: female }", "egfr unknown and sex female"),
    ])
    func conditionsAreReadAsASentencePart(_ text: String, _ words: String) throws {
        #expect(try #require(YAMLReader.read(Source(name: "a", text: text)).node).conditionWords == words)
    }
}
