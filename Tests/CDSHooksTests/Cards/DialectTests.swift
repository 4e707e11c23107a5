@testable import CDSHooks
import Clinical
import Documents
import Engine
import Testing

@Suite("Dialects of clients")
struct DialectTests {
    private let remove = SuggestedChange.Action.removeDraft(Findings.draft, name: "ibuprofen")
    private let prescribe = SuggestedChange.Action.prescribe(.init(name: "acetaminophen", rxcui: 161, dose: nil, instructions: nil))
    private let stop = SuggestedChange.Action.stopCurrent(Findings.current, name: "warfarin")

    private func card(_ dialect: Dialect, _ actions: [SuggestedChange.Action]) throws -> JSONValue {
        let finding = Findings.interaction(suggestions: [SuggestedChange(label: "Do it", actions: actions)])
        let response = try World.respond(Call.orderSign.bytes, "vigil-order-sign", dialect: dialect) { _, _ in Findings.evaluation([finding]) }
        return try #require(JSONValue(JSONDocument(parsing: response.body).root).at("cards.0"))
    }

    @Test("R117: the standard deletes by resourceId, and a client of 1.0 by resource")
    func delete() throws {
        let standard = try #require(card(.standard, [remove]).at("suggestions.0.actions.0"))
        #expect(standard["resourceId"] == "MedicationRequest/draft-1" && standard["resource"] == nil)
        let old = try #require(card(.version1, [remove]).at("suggestions.0.actions.0"))
        #expect(old["resource"] == "MedicationRequest/draft-1" && old["resourceId"] == nil)
    }

    @Test("R100: any or at-most-one, as the client has it")
    func selection() throws {
        #expect(try card(.standard, [remove])["selectionBehavior"] == "any")
        #expect(try card(.version1, [remove])["selectionBehavior"] == "at-most-one")
    }

    @Test("topics are left out where they are not wanted")
    func topics() throws {
        #expect(try card(.standard, [])["source"]?["topic"] != nil)
        let source = try #require(card(.version1, [])["source"])
        #expect(source["topic"] == nil && source["label"] != nil)
    }

    @Test("one action a suggestion: what belongs together is taken apart, each with an identifier of its own")
    func oneAction() throws {
        let suggestions = try #require(card(.epic, [remove, prescribe])["suggestions"]).elements
        #expect(suggestions.map { $0["label"] } == ["Remove the draft order of ibuprofen", "Prescribe acetaminophen"])
        #expect(suggestions.allSatisfy { $0["actions"]?.elements.count == 1 })
        #expect(Set(suggestions.map { $0["uuid"] }).count == 2)
        #expect(try card(.standard, [remove, prescribe])["suggestions"]?.elements.count == 1)
    }

    @Test("where only one suggestion may be taken, half of a replacement is not offered")
    func half() throws {
        let card = try card(Dialect(selectionBehavior: .atMostOne, hasOneActionPerSuggestion: true), [remove, prescribe])
        #expect(card["suggestions"] == nil && card["selectionBehavior"] == nil)
        #expect(card["detail"]?.string?.contains("- **To consider:** Do it") == true)
    }

    @Test("without updates, what would change the record is said in words")
    func updates() throws {
        let card = try card(.epic, [stop])
        #expect(card["suggestions"] == nil)
        #expect(card["detail"]?.string?.contains("- **To consider:** Do it") == true)
    }

    @Test("the named dialects are those of a configuration")
    func names() {
        #expect(Dialect.named["standard"] == Dialect() && Dialect.named["epic"] == .epic && Dialect.named["1.0"] == .version1)
    }

    @Test("A dialect in a word, and back", arguments: [Dialect.standard, .version1, .epic])
    func word(dialect: Dialect) {
        #expect(Dialect(dialect.description) == dialect)
        #expect(Dialect(dialect.description + ",more") == nil)
        #expect(Dialect(dialect.description.replacing("topics", with: "tropics")) == nil)
    }
}
