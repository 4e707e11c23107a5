import KnowledgeStore
import Testing

/// Each trap that was found in published lists of interactions, told again in a small list: lint must step into none.
@Suite struct TrapTests {
    private let findings: [LintFinding]

    init() throws { findings = try Self.found.get() }

    /// Worked out once: tests run beside each other, and the tables lie in one folder.
    private static let found = Result {
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
            DDI-002,ingredient,29046,lisinopril,ingredient,52175,losartan,major,ONC-NI,e,m,g,established,Beers 2023
            DDI-003,ingredient,2556,citalopram,ingredient,26225,ondansetron,minor,,e,m,g,possible,a decision table of 2011
            """
        return try LintWorld.findings(
            "traps", lists: [ImportWorld.path("lists/high-priority.csv")],
            ["classes.csv": classes, "class_members.csv": members, "interactions.csv": interactions])
    }

    @Test func rowsAreNotPairs() {
        #expect(findings.first { $0.code == "K201" }?.message == "19 rows are 17 distinct pairs")
    }

    @Test func oneItemDrownsTheOthers() {
        let finding = findings.first { $0.code == "K203" }
        #expect(finding?.key == "K203:high-priority.csv:item 6")
        #expect(finding?.message.contains("item 6 makes 9 of the 17 pairs") == true)
        #expect(finding?.line == 10)
    }

    @Test func itemsThatWereDropped() {
        #expect(findings.keys("K204") == ["high-priority.csv:items 4"])
    }

    @Test func aMisspeltNameAndWhatItMeans() {
        let finding = findings.first { $0.code == "K205" && $0.key.hasSuffix("Esmoprazole") }
        #expect(finding?.mend == "is `esomeprazole` meant?")
        #expect(finding?.line == 6)
    }

    @Test func pairsThatWereLostOnTheWay() {
        #expect(findings.keys("K206").contains("high-priority.csv:azathioprine|febuxostat"))
        #expect(!findings.keys("K206").contains("high-priority.csv:salsalate|warfarin"))
    }

    @Test func aNameThatDidNotMap() {
        #expect(findings.keys("K205").contains("high-priority.csv:St John's wort"))
    }

    @Test func methacholineAndNiclosamideAreNoSalicylatesAndAspirinIs() {
        #expect(findings.keys("K208") == ["high-priority.csv:salicylates:155080", "high-priority.csv:salicylates:7402"])
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
        #expect(finding?.line == 7)
    }

    /// ACE inhibitor with ARB: on the non-interruptive list of 2013, and advised against by Beers 2023 and the labels.
    @Test func authoritiesThatDisagree() {
        #expect(findings.keys("K108").contains("DDI-002"))
        #expect(findings.first { $0.key == "K108:DDI-002" }?.message.contains("should not interrupt") == true)
    }

    /// Citalopram with a QT drug: green in a decision table that is older than the FDA's limit of 40 mg.
    @Test func adviceThatTimeHasOvertaken() {
        #expect(findings.keys("K110").contains("interactions:a decision table of 2011"))
    }
}
