import Documents
import Knowledge
import KnowledgeStore
import Testing

@Suite struct KnowledgeBuilderTests {
    /// The concise lines of a failed build, without the folder.
    private func complaints(_ name: String, _ changes: [String: String?]) -> [String] {
        let folder = SmallFolder.make(name, changes: changes)
        do throws(KnowledgeStoreError) {
            _ = try KnowledgeBuilder.build(tables: folder, into: SourceTables.temporary("\(name).sqlite"))
            return []
        } catch {
            return error.description.split(separator: "\n").map { line in
                line.hasPrefix(folder) ? String(line.dropFirst(folder.count + 1)) : String(line)
            }
        }
    }

    @Test func theSameTablesGiveTheSameBytes() throws {
        let folder = SmallFolder.make("same")
        let one = SourceTables.temporary("one.sqlite")
        let two = SourceTables.temporary("two.sqlite")
        let first = try KnowledgeBuilder.build(tables: folder, into: one)
        let second = try KnowledgeBuilder.build(tables: folder, into: two)
        #expect(first.version == second.version)
        #expect(SourceTables.bytes(one) == SourceTables.bytes(two))
        #expect(!SourceTables.bytes(one).isEmpty)
    }

    @Test func whatWasBuiltIsWhatIsOpened() throws {
        let file = SourceTables.temporary("open.sqlite")
        let report = try KnowledgeBuilder.build(tables: SmallFolder.make("open"), into: file)
        let base = try KnowledgeStore.open(file)
        #expect(base.version == report.version)
        #expect(base.version.name == "2026.0")
        #expect(base.interactionPairCount == 1)
        let warfarin = try #require(base.ingredient(named: "warfarin \"sodium\""))
        let ibuprofen = try #require(base.ingredient(named: "ibuprofen"))
        let interaction = try #require(base.interaction(ibuprofen, warfarin))
        #expect(interaction.effect == "bleeding, severe")
        #expect(interaction.sources == "label")
        #expect(interaction.oncList == "ONC-HP")
        #expect(base.drugClass(named: "pain")?.members == [ibuprofen])
        #expect(base.description(ofDrug: "warfarin")?.facts.first?.statement == "CYP2C9 substrate")
    }

    @Test func aChangedTableChangesTheDigest() throws {
        let changed = SmallFolder.make("digest", changes: ["qt.csv": "ingredient_rxcui,level,basis,source\n5640,low,test,own\n"])
        let one = try KnowledgeBuilder.build(tables: SmallFolder.make("digest-1"), into: SourceTables.temporary("d1.sqlite"))
        let two = try KnowledgeBuilder.build(tables: changed, into: SourceTables.temporary("d2.sqlite"))
        #expect(one.version.digest != two.version.digest)
    }

    @Test func aMissingTableAndAMissingColumn() {
        let lines = complaints("missing", ["qt.csv": nil, "atc.csv": "ingredient,atc\n1,B\n"])
        #expect(lines.contains { $0.hasPrefix("qt.csv") && $0.contains("V801") })
        #expect(lines.contains { $0.hasPrefix("atc.csv:1:1: error[V802]: the column `ingredient_rxcui` is missing") })
    }

    @Test func badNumbersAndWordsAreAllReportedWithTheirPlaces() {
        let lines = complaints(
            "bad",
            [
                "ingredients.csv": "rxcui,name,tty,base_rxcui,component_rxcuis,unii\n11289,warfarin,IN,,,\nx1,ibuprofen,INN,,,\n",
                "routes.csv": "kind,key,group\nword,oral,mouth\n",
            ])
        #expect(lines.contains { $0.hasPrefix("ingredients.csv:3:1: error[V805]: `x1` is no whole number") })
        #expect(lines.contains { $0.hasPrefix("ingredients.csv:3:14: error[V806]: `INN`") })
        #expect(lines.contains { $0.hasPrefix("routes.csv:2:11: error[V806]: `mouth`") })
    }

    @Test func unknownClassesAndIngredientsAreReportedWhereTheyStand() {
        let lines = complaints(
            "unknown",
            [
                "class_members.csv": "system,class_id,ingredient_rxcui,source\nCDS,CDS:nsiad,5640,own\nCDS,CDS:nsaid,999,own\n",
                "names.csv": "kind,name,targets,title,source\nproblem,stone,ICD10CM:N20,stone,own\nclass,x,CDS:y,x,own\n",
            ])
        #expect(lines.contains { $0.hasPrefix("names.csv:2:15: error[V807]: ICD-10-CM has no code or category N20") })
        let rest = complaints(
            "unknown-2", ["class_members.csv": "system,class_id,ingredient_rxcui,source\nCDS,CDS:nsiad,5640,own\nCDS,CDS:nsaid,999,own\n"])
        #expect(rest.contains { $0.hasPrefix("class_members.csv:2:5: error[V807]: no class is called CDS:nsiad") })
        #expect(rest.contains { $0.hasPrefix("class_members.csv:3:15: error[V807]: no ingredient has the RxNorm code 999") })
    }

    @Test func malformedRowsAreReported() {
        let lines = complaints(
            "malformed",
            ["cvx.csv": "code,short_description,vaccine_groups\n08,\"Hep\" B,HepB\n09,Td\n10,\"open,x\n"])
        #expect(lines.contains { $0.hasPrefix("cvx.csv:2:9: error[V803]: there is text behind the closing quote") })
        #expect(lines.contains { $0.hasPrefix("cvx.csv:3:1: error[V803]: the row has 2 cells, the header has 3") })
        #expect(lines.contains { $0.hasPrefix("cvx.csv:4:4: error[V803]: this quote is never closed") })
    }

    @Test func whateverTheBytesAReaderNeverTraps() {
        var seed: UInt64 = 42
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let alphabet = Array("a,\"\n\r|1\u{FEFF}".utf8) + [0, 0xFF]
        for round in 0..<60 {
            let noise = (0..<next(200)).map { _ in alphabet[next(alphabet.count)] }
            let folder = SmallFolder.make("fuzz")
            SourceTables.write(noise, to: folder + (round.isMultiple(of: 2) ? "/labs.csv" : "/interactions.csv"))
            _ = try? KnowledgeTablesReader.read(folder)
        }
    }
}
