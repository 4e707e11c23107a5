import Knowledge
@testable import KnowledgeStore
import Testing

@Suite struct KnowledgeStoreTests {
    private func problem(_ file: String) -> KnowledgeStoreError.FileProblem? {
        do throws(KnowledgeStoreError) {
            _ = try KnowledgeStore.open(file)
            return nil
        } catch {
            if case .file(_, let problem) = error { return problem }
            return nil
        }
    }

    private func spoilt(_ name: String, _ change: (inout [UInt8]) -> Void) throws -> String {
        let file = SourceTables.temporary("spoilt-\(name).sqlite")
        _ = try KnowledgeBuilder.build(tables: SmallFolder.make("spoilt-\(name)"), into: file)
        var bytes = SourceTables.bytes(file)
        change(&bytes)
        SourceTables.write(bytes, to: file)
        return file
    }

    @Test func aMissingFileNamesTheMend() {
        #expect(problem(SourceTables.temporary("nowhere.sqlite")) == .missing)
        #expect(KnowledgeStoreError.FileProblem.missing.message.contains("vigil knowledge build"))
    }

    @Test func anotherFileIsRefused() throws {
        let file = SourceTables.temporary("text.sqlite")
        SourceTables.write(Array("not a database".utf8), to: file)
        #expect(problem(file) == .notKnowledge)
        SourceTables.write([], to: file)
        #expect(problem(file) == .notKnowledge)
        #expect(problem(try spoilt("id") { $0[68] = 0 }) == .notKnowledge)
    }

    @Test func anotherSchemaIsRefused() throws {
        #expect(problem(try spoilt("schema") { $0[63] = 99 }) == .schema(found: 99, wanted: KnowledgeSchema.version))
    }

    @Test("one changed byte anywhere is damage", arguments: [30, 200, 5_000, 40_000, 100_000])
    func damage(offset: Int) throws {
        #expect(problem(try spoilt("byte-\(offset)") { $0[min(offset, $0.count - 1)] ^= 1 }) == .damaged)
    }

    @Test func aCutFileIsDamage() throws {
        #expect(problem(try spoilt("cut") { $0.removeLast(4096) }) == .damaged)
        #expect(problem(try spoilt("short") { $0 = Array($0.prefix(100)) }) == .damaged)
    }

    @Test func aFailedBuildLeavesTheOldFile() throws {
        let file = SourceTables.temporary("kept.sqlite")
        _ = try KnowledgeBuilder.build(tables: SmallFolder.make("kept"), into: file)
        let before = SourceTables.bytes(file)
        let bad = SmallFolder.make("kept-bad", changes: ["atc.csv": "ingredient_rxcui,atc\n1,B\n"])
        #expect(throws: KnowledgeStoreError.self) { try KnowledgeBuilder.build(tables: bad, into: file) }
        #expect(SourceTables.bytes(file) == before)
    }
}
