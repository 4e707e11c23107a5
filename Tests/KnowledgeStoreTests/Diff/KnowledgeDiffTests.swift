import Knowledge
import KnowledgeStore
import Testing

/// What two knowledge files differ by, as a pharmacist reads it.
@Suite struct KnowledgeDiffTests {
    private func file(_ name: String, _ changes: [String: String?]) throws -> String {
        let file = SourceTables.temporary("\(name).sqlite")
        _ = try KnowledgeBuilder.build(tables: SmallFolder.make(name, changes: changes), into: file)
        return file
    }

    private func interactions(_ rows: String...) -> String {
        LintWorld.interactionHeader + rows.joined(separator: "\n") + "\n"
    }

    @Test func equalFilesDifferByNothing() throws {
        let diff = try KnowledgeStore.diff(from: file("diff-1", [:]), to: file("diff-2", [:]))
        #expect(diff.isEmpty)
        #expect(diff.text().contains("nothing: every table says the same"))
    }

    /// The list of all diagnoses only checks the others, and is not in the file.
    @Test("a row of any table that came, went or was changed is told, whatever it is about")
    func rows() throws {
        let old = try file("diff-rows-old", [:])
        for (table, rows) in SmallFolder.tables.sorted(by: { $0.key < $1.key }) where table.hasSuffix(".csv") && table != "icd10cm.csv" {
            let lines = rows.split(separator: "\n")
            guard lines.count > 1 else { continue }
            // Without its last row; some tables cannot lack one, for others refer to it.
            let less = lines.dropLast().joined(separator: "\n") + "\n"
            guard let new = try? file("diff-rows-new", [table: less]) else { continue }
            let diff = try KnowledgeStore.diff(from: old, to: new)
            #expect(diff.rows.contains { !$0.went.isEmpty }, "\(table)")
            #expect(!diff.isEmpty && !diff.text().contains("nothing"), "\(table)")
            let back = try KnowledgeStore.diff(from: new, to: old)
            #expect(back.rows.map(\.came) == diff.rows.map(\.went) && back.rows.map(\.went) == diff.rows.map(\.came), "\(table)")
        }
        let other = try KnowledgeStore.diff(from: old, to: file("diff-rows-atc", ["atc.csv": "ingredient_rxcui,atc\n11289,B01AA04\n"]))
        #expect(other.rows.map(\.table) == ["atc"])
        #expect(other.rows.first?.came.first?.hasPrefix("11289 | B01AA04 | ") == true)
        #expect(other.text().contains("rows, by table (2)\n  atc: 1 came, 1 went\n    + 11289 | B01AA04"))
        #expect(String(decoding: other.json, as: UTF8.self).contains("\"table\": \"atc\""))
    }

    @Test func pairsDrugsAndClasses() throws {
        let more = (SmallFolder.tables["ingredients.csv"] ?? "") + "\n1191,aspirin,IN,,,\n"
        let old = try file(
            "diff-old",
            [
                "ingredients.csv": more,
                "interactions.csv": interactions(
                    "DDI-001,ingredient,11289,warfarin,ingredient,5640,ibuprofen,moderate,,e,m,g,established,label 2020",
                    "DDI-002,ingredient,1191,aspirin,ingredient,5640,ibuprofen,major,,e,m,g,established,label 2020"),
            ])
        let new = try file(
            "diff-new",
            [
                "ingredients.csv": more + "161,acetaminophen,IN,,,\n",
                "class_members.csv": "system,class_id,ingredient_rxcui,source\nCDS,CDS:nsaid,1191,own\n",
                "interactions.csv": interactions(
                    "DDI-001,ingredient,11289,warfarin,ingredient,5640,ibuprofen,major,,e,m,g,established,label 2026",
                    "DDI-003,ingredient,11289,warfarin,ingredient,161,acetaminophen,minor,,e,m,g,established,label 2026"),
            ])
        let diff = try KnowledgeStore.diff(from: old, to: new)
        #expect(diff.drugs.new == ["acetaminophen"])
        #expect(diff.pairs.map(\.direction) == [.moreSevere, .new, .gone])
        #expect(diff.pairs.map(\.pairs) == [["ibuprofen + warfarin"], ["acetaminophen + warfarin"], ["aspirin + ibuprofen"]])
        #expect(diff.pairs.first?.source == "label 2026")
        #expect(diff.classes.map(\.name) == ["nsaid", "pain"])
        #expect(diff.classes.first?.gained == ["aspirin"])
        #expect(diff.classes.first?.lost == ["ibuprofen"])
        let text = diff.text()
        #expect(text.contains("pairs: more severe (1)\n  moderate → major, 1 by DDI-001 [label 2026]: ibuprofen + warfarin"))
        #expect(text.contains("nsaid (NSAIDs) gained 1: aspirin; lost 1: ibuprofen"))
        #expect(String(decoding: diff.json, as: UTF8.self).contains("\"change\": \"more severe\""))
    }

    @Test func anImportShowsAsPairsOfItsSource() throws {
        let file = try ImportWorld.file("diff-import")
        let imported = try ImportWorld.run(ImportWorld.vendor, "diff-import", base: file).file
        let diff = try KnowledgeStore.diff(from: file, to: imported)
        #expect(diff.pairs.allSatisfy { $0.direction == .new && $0.source == "An invented vendor 2026.10" })
        #expect(diff.pairs.reduce(0) { $0 + $1.pairs.count } == 2)
    }
}
