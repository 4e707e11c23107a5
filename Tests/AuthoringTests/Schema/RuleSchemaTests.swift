import Documents
import Knowledge
import RuleLanguage
import Testing

@testable import Authoring

@Suite struct RuleSchemaTests {
    private func schema() throws -> JSONValue { RuleSchema(SiteNames([], knowledge: try RepositoryKnowledge.base())).value }

    @Test func everyKeyOfTheLanguageIsInIt() throws {
        let schema = try schema()
        for key in Vocabulary.rule { #expect(schema["properties"]?[key.name] != nil, "\(key.name)") }
        for form in FactForms.all {
            let forms = try #require(schema["definitions"]?["definition"]?["anyOf"]).elements
            #expect(forms.contains { $0["properties"]?[form.key.name] != nil }, "\(form.key.name)")
        }
    }

    @Test func namesOfTheKnowledgeAreListed() throws {
        let labs = try #require(try schema()["definitions"]?["name-lab"]?["enum"]).elements.compactMap(\.string)
        #expect(labs.contains("serum-potassium"))
    }

    @Test func eachKindHasItsOwnKeys() throws {
        let gap = try #require(try schema()["allOf"]).elements.first { $0["if"]?["properties"]?["kind"]?["const"]?.string == "care-gap" }
        #expect(gap?["then"]?["properties"]?["population"] != nil)
        #expect(gap?["then"]?["required"]?.elements.compactMap(\.string).contains("done_by") == true)
    }

    @Test func itIsTheSameEveryTime() throws {
        let names = SiteNames([], knowledge: try RepositoryKnowledge.base())
        #expect(RuleSchema(names).bytes == RuleSchema(names).bytes)
    }

    /// Every key of every rule of ours stands where the schema lets it stand.
    @Test func ourOwnRulesFitTheShapes() throws {
        for source in try Samples.repositoryRules() {
            let file = RuleFile(source)
            guard !file.holdsNames, let node = file.node else { continue }
            let shapes = RuleShapes(kind: node["kind"]?.text)
            for entry in node.entries { #expect(shapes.shape(at: [entry.key.text ?? ""]) != nil, "\(source.name): \(entry.key.text ?? "")") }
            for row in node["grades"]?.elements ?? [] {
                for entry in row.entries { #expect(shapes.shape(at: ["grades", entry.key.text ?? ""]) != nil, "\(source.name): \(entry.key.text ?? "")") }
            }
        }
    }
}
