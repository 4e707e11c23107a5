import Knowledge
import KnowledgeStore
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A vendor's table through its mapping: what is kept, what is lost, who speaks.
@Suite struct InteractionImportTests {
    @Test func whatIsKeptAndWhatIsLost() throws {
        let (report, base, _) = try ImportWorld.run(ImportWorld.vendor, "vendor")
        #expect(report.readCount == 8)
        #expect(report.keptCount == 3)
        #expect(base.importedPairCount == 3)
        let lost = report.lost.map { "\($0.text): \($0.reason), line \($0.firstLine)" }
        #expect(lost.contains("Warfrin: no ingredient has this name, line 5"))
        #expect(lost.contains("Ibuprofen: both sides are one ingredient, line 6"))
        #expect(lost.contains("Grave: the word for the severity is not declared, line 9"))
        #expect(report.lost.first { $0.text == "Warfrin" }?.nearest == "warfarin")
        #expect(report.lostCount == 3)
        #expect(report.notes.contains { $0.contains("1 rows repeat a pair with a lower severity") })
        #expect(report.notes.contains { $0.contains("1 rows are left out on purpose") })
        #expect(String(decoding: report.lostTable, as: UTF8.self).hasPrefix("reason,text,rows,first_line,nearest\n"))
    }

    @Test func theImportedRowsAreALayerWithTheirSource() throws {
        let (_, base, _) = try ImportWorld.run(ImportWorld.vendor, "layer")
        let pair = try #require(base.pair("aspirin", "warfarin"))
        #expect(pair.layer == .vendor)
        #expect(pair.severity == .major)
        #expect(pair.effect == "Bleeding, of the stomach above all")
        #expect(pair.sources == "An invented vendor 2026.10")
        #expect(pair.id.hasPrefix("VENDOR-"))
        #expect(base.pair("warfarin", "acetaminophen")?.severity == .minor)
        #expect(base.pair("aspirin", "ibuprofen") == nil)
        #expect(base.version.name == "2026.0+vendor-2026.10")
    }

    @Test func whereSourcesDifferBothAreSeen() throws {
        let file = try ImportWorld.run(ImportWorld.vendor, "conflict").file
        let (report, base, _) = try ImportWorld.run(ImportWorld.house, "conflict-2", base: file)
        // The committee may lower it, and says why; everybody's word is kept.
        #expect(base.pair("warfarin", "ibuprofen")?.severity == .minor)
        #expect(base.opinions("warfarin", "ibuprofen").map(\.severity) == [.minor, .major, .major])
        #expect(base.opinions("warfarin", "ibuprofen").map(\.layer) == [.local, .vendor, .curated])
        let conflict = try #require(report.conflicts.first)
        #expect(report.conflicts.count == 1)
        #expect(conflict.imported == .minor && conflict.known == .major && conflict.importedSpeaks && conflict.pairs == 1)
        #expect(report.lost.map(\.reason) == ["the crosswalk has no such code"])
        let portrait = try #require(base.description(ofDrug: "warfarin"))
        #expect(portrait.interactions.first { $0.name == "ibuprofen" }?.source.contains("says major") == true)
    }

    @Test func noSourceLowersASeverityWithoutAReason() throws {
        let quiet = SourceTables.temporary("quiet.yaml")
        let text = String(decoding: SourceTables.bytes(ImportWorld.path("vendor.yaml")), as: UTF8.self)
        let lowered = text.split(separator: "\n").map { $0.hasPrefix("  Major:") ? "  Major: minor" : String($0) }.joined(separator: "\n")
        SourceTables.write(Array(lowered.utf8), to: quiet)
        let (report, base, _) = try ImportWorld.run(
            .interactions(file: ImportWorld.path("vendor.csv"), mapping: quiet), "quiet")
        #expect(base.pair("warfarin", "ibuprofen")?.severity == .major)
        #expect(base.pair("warfarin", "ibuprofen")?.layer == .curated)
        #expect(base.opinions("warfarin", "ibuprofen").count == 2)
        #expect(report.conflicts.contains { !$0.importedSpeaks })
    }

    @Test func importedTwiceIsImportedOnce() throws {
        let first = try ImportWorld.run(ImportWorld.vendor, "twice")
        let second = try ImportWorld.run(ImportWorld.vendor, "twice-2", base: first.file)
        #expect(second.base.importedPairCount == 3)
        #expect(second.base.version == first.base.version)
        let again = try ImportWorld.run(ImportWorld.vendor, "twice-3", base: first.file)
        #expect(SourceTables.bytes(second.file) == SourceTables.bytes(again.file))
    }

    @Test func whatFailsLeavesTheFileAsItWas() throws {
        let file = try ImportWorld.file("whole")
        let before = SourceTables.bytes(file)
        let missing = KnowledgeImport.interactions(file: "/nowhere.csv", mapping: ImportWorld.path("vendor.yaml"))
        #expect(throws: KnowledgeImportError.self) {
            try KnowledgeImporter.run(missing, version: nil, base: file, output: file)
        }
        let open = SourceTables.temporary("open-quote.csv")
        SourceTables.write(Array("Drug_A,Drug_B,Level,Effect\nWarfarin,Aspirin,Major,\"never closed\n".utf8), to: open)
        #expect(throws: KnowledgeImportError.self) {
            try KnowledgeImporter.run(
                .interactions(file: open, mapping: ImportWorld.path("vendor.yaml")), version: nil, base: file, output: file)
        }
        #expect(SourceTables.bytes(file) == before)
        #expect(access("\(file).importing", F_OK) != 0)
    }

    @Test func aWrongMappingIsToldInOneRun() throws {
        let file = try ImportWorld.file("wrong")
        do throws(KnowledgeImportError) {
            _ = try KnowledgeImporter.run(
                .interactions(file: ImportWorld.path("vendor.csv"), mapping: ImportWorld.path("wrong.yaml")), version: nil, base: file,
                output: file)
            Issue.record("the mapping was taken")
        } catch {
            let text = error.description
            for part in ["Wrong Name", "highest", "colour", "terrible", "shape", "the column of `b`"] {
                #expect(text.contains(part), "\(part) is not told")
            }
        }
    }
}
