import KnowledgeStore
import Testing

/// The same traps where they would stand in our own tables, and the rest of what lint asks.
@Suite struct KnowledgeLintTests {
    private let classes = """
        system,class_id,name,duplicate_therapy,note
        CDS,CDS:salicylate,Salicylates,Y,
        FDA-EPC,N01,Salicylate,,
        FDA-EPC,N02,Cholinergic agonist,,
        CDS,CDS:statin,Statins,Y,
        CDS,CDS:azole,Azoles,Y,
        """
    private let members = """
        system,class_id,ingredient_rxcui,ingredient,source
        CDS,CDS:salicylate,36108,salsalate,own
        CDS,CDS:salicylate,5640,ibuprofen,own
        CDS,CDS:salicylate,7402,niclosamide,own
        CDS,CDS:salicylate,7646,omeprazole,own
        CDS,CDS:salicylate,155080,methacholine,own
        FDA-EPC,N01,36108,salsalate,EPC
        FDA-EPC,N01,5640,ibuprofen,EPC
        FDA-EPC,N01,7402,niclosamide,EPC
        FDA-EPC,N01,7646,omeprazole,EPC
        FDA-EPC,N01,1191,aspirin,EPC
        FDA-EPC,N02,155080,methacholine,EPC
        CDS,CDS:statin,301542,rosuvastatin,own
        CDS,CDS:statin,36567,simvastatin,own
        CDS,CDS:azole,28031,itraconazole,own
        CDS,CDS:azole,6135,ketoconazole,own
        """

    private func findings(_ name: String, interactions: String = "", _ changes: [String: String?] = [:]) throws -> [LintFinding] {
        var changes = changes
        changes["classes.csv"] = classes
        changes["class_members.csv"] = members
        changes["interactions.csv"] = LintWorld.interactionHeader + interactions
        return try LintWorld.findings(name, changes)
    }

    @Test func aMemberThatIsNoneAndOneThatIsMissing() throws {
        let found = try findings("members")
        #expect(found.keys("K101") == ["CDS:salicylate:155080"])
        #expect(found.first { $0.code == "K101" }?.line == 6)
        #expect(found.keys("K102") == ["CDS:salicylate:1191"])
    }

    @Test func aNameThatIsNotThatOfItsCode() throws {
        let rows = "283742,Esmoprazole,low,b,own\n1191,warfarin,low,b,own\n"
        let found = try findings("names", ["qt.csv": "ingredient_rxcui,ingredient,level,basis,source\n\(rows)"])
        #expect(found.keys("K103") == ["qt:283742:Esmoprazole", "qt:1191:warfarin"])
        #expect(found.first { $0.key.hasSuffix("warfarin") }?.mend.contains("11289") == true)
        #expect(found.first { $0.key.hasSuffix("Esmoprazole") }?.mend.contains("esomeprazole") == true)
    }

    @Test func alternatives() throws {
        let found = try findings(
            "alternatives",
            interactions: """
                DDI-001,class,CDS:statin,Statins,class,CDS:azole,Azoles,major,,e,m,Avoid; use rosuvastatin or pravastatin,established,label
                DDI-002,ingredient,36567,simvastatin,ingredient,28031,itraconazole,contraindicated,,e,m,Do not use simvastatin; consider pravastatin,established,label
                DDI-003,ingredient,42463,pravastatin,ingredient,6135,ketoconazole,major,,e,m,Reduce the pravastatin dose,established,label
                """)
        // Rosuvastatin is warned of in the very row that offers it; pravastatin interacts as badly with one azole of two.
        #expect(found.keys("K105") == ["DDI-001:301542", "DDI-001:42463"])
    }

    @Test func severitiesThatContradict() throws {
        let found = try findings(
            "severities",
            interactions: """
                DDI-001,ingredient,11289,warfarin,ingredient,1191,aspirin,minor,ONC-HP,e,m,g,established,label
                DDI-002,ingredient,1191,aspirin,ingredient,11289,warfarin,major,ONC-NI,e,m,g,established,label
                DDI-003,class,CDS:statin,Statins,ingredient,11289,warfarin,contraindicated,,e,m,g,established,label
                """,
            [
                "interaction_pairs.csv": """
                    a_rxcui,a_name,b_rxcui,b_name,ndfrt_severity,sources,ndfrt_nui
                    11289,warfarin,36567,simvastatin,significant,NDF-RT 2014,N1
                    36567,simvastatin,11289,warfarin,critical,NDF-RT 2014,N2
                    5640,ibuprofen,7646,omeprazole,,ONC-NI,
                    """
            ])
        #expect(found.keys("K106") == ["DDI-001|DDI-002"])
        #expect(found.keys("K107") == ["DDI-003|moderate"])
        #expect(found.keys("K108") == ["DDI-001", "DDI-002"])
        #expect(found.keys("K104") == ["interaction_pairs:11289|36567"])
        #expect(found.first { $0.code == "K104" }?.message.contains("as moderate and as major") == true)
        #expect(found.keys("K111") == ["5640|7646"])
        #expect(found.keys("K110").contains("interaction_pairs:NDF-RT 2014"))
    }

    @Test func aSideChainIsSharedBothWays() throws {
        let found = try findings(
            "cross",
            [
                "cross_reactivity.csv": """
                    id,group,a_type,a_id,a_name,b_type,b_id,b_name,relation,risk,advice,source
                    XR-01,g,ingredient,1191,aspirin,ingredient,5640,ibuprofen,identical R1 side chain,high,a,own
                    XR-02,g,ingredient,5640,ibuprofen,ingredient,1191,aspirin,identical R1 side chain,low,a,own
                    """
            ])
        #expect(found.keys("K104") == ["cross_reactivity:XR-01|XR-02"])
    }

    @Test func oneRuleThatIsMostOfAList() throws {
        let found = try findings(
            "dominant",
            interactions: """
                DDI-001,class,CDS:salicylate,Salicylates,class,CDS:statin,Statins,major,ONC-HP,e,m,g,established,label
                DDI-002,ingredient,11289,warfarin,ingredient,1191,aspirin,major,ONC-HP,e,m,g,established,label
                DDI-003,ingredient,11289,warfarin,ingredient,5093,haloperidol,major,ONC-HP,e,m,g,established,label
                """)
        #expect(found.keys("K112") == ["ONC-HP:DDI-001"])
        #expect(found.first { $0.code == "K112" }?.message.contains("makes 10 of the 12 pairs") == true)
    }

    @Test func retiredCodes() throws {
        let found = try findings(
            "retired",
            [
                "ingredients.csv": LintWorld.ingredients + "\n485207,an older aspirin,IN,1191,,\n",
                "qt.csv": "ingredient_rxcui,ingredient,level,basis,source\n485207,an older aspirin,low,b,own\n",
            ])
        #expect(found.keys("K109") == ["qt:485207"])
        #expect(found.first { $0.code == "K109" }?.mend == "write 1191")
    }

    @Test func explainedFindingsAreClosedAndEmptyExplanationsOpen() throws {
        let found = try findings(
            "explained",
            ["lint-explained.csv": "key,reason\nK101:CDS:salicylate:155080,a test\nK102:CDS:salicylate:1191,\nK101:CDS:gone:1,it is gone\n"])
        #expect(found.keys("K101").isEmpty)
        #expect(found.keys("K102") == ["CDS:salicylate:1191"])
        #expect(found.keys("K190") == ["K101:CDS:gone:1"])
    }

    @Test func whatWasLostInAnImport() throws {
        let (_, _, file) = try ImportWorld.run(ImportWorld.vendor, "lint-import")
        let coded = try ImportWorld.run(.rxNorm(folder: ImportWorld.path("rrf")), "lint-rxnorm", version: "1", base: file).file
        let report = try KnowledgeLint.run(tables: SmallFolder.make("lint-import-tables"), file: coded)
        #expect(report.open.keys("K301") == ["rxnorm 1", "vendor 2026.10"])
        #expect(report.open.first { $0.key.contains("vendor") }?.message.hasPrefix("3 of the 8 rows") == true)
    }

    @Test func theTablesThatShipAreCleanOrExplained() throws {
        let report = try KnowledgeLint.run(tables: SourceTables.directory)
        #expect(report.open.map { "\($0.key): \($0.message)" } == [])
        #expect(report.explained.allSatisfy { $0.reason.count > 10 })
        #expect(String(decoding: report.json, as: UTF8.self).contains("\"open\": 0"))
    }

    @Test("A form that products contain and no rule speaks of is found, until it leads to its drug or stands in a class")
    func unspokenForm() throws {
        let interaction = "DDI-1,ingredient,6448,lithium,ingredient,5640,ibuprofen,major,,,,,,own\n"
        let products = """
            rxcui,tty,name,ingredient_rxcuis,strength,dose_form,brand
            197889,SCD,lithium carbonate 300 MG Oral Capsule,42351,300 MG,Oral Capsule,

            """
        func keys(_ name: String, base: String = "", members: String = members) throws -> [String] {
            try LintWorld.findings(
                name,
                [
                    "ingredients.csv": LintWorld.ingredients + "\n6448,lithium,IN,,,\n42351,lithium carbonate,IN,\(base),,\n",
                    "products.csv": products, "interactions.csv": LintWorld.interactionHeader + interaction, "classes.csv": classes,
                    "class_members.csv": members,
                ]
            ).filter { ["K109", "K113"].contains($0.code) }.map(\.key)
        }
        #expect(try keys("form-apart") == ["K113:42351"])
        // A form is no retired code: products contain it.
        #expect(try keys("form-led", base: "6448", members: members + "\nFDA-EPC,N01,42351,lithium carbonate,EPC") == [])
        #expect(try keys("form-classed", members: members + "\nCDS,CDS:azole,42351,lithium carbonate,own") == [])
    }
}
