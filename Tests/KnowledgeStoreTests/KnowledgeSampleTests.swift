import KnowledgeStore
import Testing

@Suite("Facts picked by chance")
struct KnowledgeSampleTests {
    @Test("Equal seeds pick equal facts, other seeds others; each once, with its line and its source")
    func picks() throws {
        let one = try KnowledgeSample(tables: SourceTables.directory, seed: 1, count: 50).facts
        #expect(one == (try KnowledgeSample(tables: SourceTables.directory, seed: 1, count: 50).facts))
        #expect(one != (try KnowledgeSample(tables: SourceTables.directory, seed: 2, count: 50).facts))
        #expect(one.count == 50 && Set(one.map(\.place)).count == 50)
        for fact in one { #expect(!fact.source.isEmpty && !fact.cells.isEmpty, "\(fact.place)") }
        // Long tables do not crowd out the others.
        #expect(Set(one.map { $0.place.split(separator: ":")[0] }).count > 20)
    }

    @Test("A fact is the line that its place names")
    func lines() throws {
        let folder = SmallFolder.make("sample")
        let facts = try KnowledgeSample(tables: folder, seed: 3, count: 1_000).facts
        let pair = try #require(facts.first { $0.place.hasSuffix("/interactions.csv:2") })
        #expect(pair.source == "label")
        #expect(pair.cells.first?.text == "DDI-001")
        #expect(pair.cells.first { $0.column == "effect" }?.text == "bleeding, severe")
        // There are no more than the tables hold.
        #expect(facts.count < 50)
    }
}
