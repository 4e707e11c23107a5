import KnowledgeStore
import Testing

/// Each trap that was found in published lists of interactions, told again in a small list: lint must step into none.
@Suite struct TrapTests {
    private let findings: [LintFinding]

    init() throws {
        let classes = """
            system,class_id,name,duplicate_therapy,note
            CDS,CDS:salicylate,Salicylates,Y,
            FDA-EPC,N01,Salicylate,,
            """
        let members = """
            system,class_id,ingredient_rxcui,ingredient,source
            CDS,CDS:salicylate,36108,salsalate,own
            CDS,CDS:salicylate,1191,aspirin,own
            FDA-EPC,N01,36108,salsalate,EPC
            FDA-EPC,N01,1191,aspirin,EPC
            """
        let interactions = LintWorld.interactionHeader + """
            DDI-001,class,CDS:salicylate,Salicylates,ingredient,11289,warfarin,major,,e,m,g,established,label 2025
            """
        findings = try LintWorld.findings(
            "traps", lists: [ImportWorld.path("lists/high-priority.csv")],
            ["classes.csv": classes, "class_members.csv": members, "interactions.csv": interactions])
    }

    @Test func rowsAreNotPairs() {
        #expect(findings.first { $0.code == "K201" }?.message == "15 rows are 13 distinct pairs")
    }

    @Test func oneItemDrownsTheOthers() {
        let finding = findings.first { $0.code == "K203" }
        #expect(finding?.key == "K203:high-priority.csv:item 6")
        #expect(finding?.message.contains("item 6 makes 7 of the 13 pairs") == true)
        #expect(finding?.line == 9)
    }

    @Test func itemsThatWereDropped() {
        #expect(findings.keys("K204") == ["high-priority.csv:items 4"])
    }

    @Test func aMisspeltNameAndWhatItMeans() {
        let finding = findings.first { $0.code == "K205" && $0.key.hasSuffix("Esmoprazole") }
        #expect(finding?.mend == "is `esomeprazole` meant?")
        #expect(finding?.line == 5)
    }

    @Test func pairsThatWereLostOnTheWay() {
        #expect(findings.keys("K206").contains("high-priority.csv:azathioprine|febuxostat"))
        #expect(!findings.keys("K206").contains("high-priority.csv:salsalate|warfarin"))
    }

    @Test func methacholineIsNoSalicylateAndAspirinIs() {
        #expect(findings.keys("K208") == ["high-priority.csv:salicylates:155080"])
        #expect(findings.keys("K209") == ["high-priority.csv:salicylates:1191"])
    }

    @Test func anAlternativeThatInteractsItself() {
        let keys = findings.keys("K207")
        #expect(keys.contains("high-priority.csv:itraconazole|rosuvastatin:pravastatin"))
        #expect(keys.contains("high-priority.csv:itraconazole|pravastatin:rosuvastatin"))
    }

    @Test func twoDirectionsTwoSeverities() {
        let finding = findings.first { $0.code == "K202" }
        #expect(finding?.message == "salsalate and warfarin are high and low")
        #expect(finding?.line == 6)
    }
}
