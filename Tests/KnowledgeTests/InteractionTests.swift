import Clinical
import Knowledge
import Testing

@Suite struct InteractionTests {
    let base: KnowledgeBase

    init() throws {
        base = try SmallTables.base()
    }

    private func interaction(_ a: String, _ b: String) throws -> Interaction? {
        base.interaction(try SmallTables.id(base, a), try SmallTables.id(base, b))
    }

    @Test func bothOrdersGiveTheSame() throws {
        let one = try #require(try interaction("warfarin", "ibuprofen"))
        #expect(one.id == (try interaction("ibuprofen", "warfarin"))?.id)
    }

    @Test("ADVICE 3.3: the more specific wins, then the more severe")
    func choice() throws {
        #expect(try interaction("warfarin", "ibuprofen")?.id == "DDI-004")
        #expect(try interaction("warfarin", "naproxen")?.id == "DDI-003")
        #expect(try interaction("ibuprofen", "naproxen")?.id == "DDI-002")
    }

    @Test func aPublicPairCountsOnlyWhereNoRuleDoes() throws {
        let pair = try #require(try interaction("acetaminophen", "warfarin"))
        #expect(pair.layer == .public)
        #expect(pair.severity == .moderate)
        #expect(try interaction("warfarin", "naproxen")?.layer == .curated)
        #expect(try interaction("acetaminophen", "amoxicillin") == nil)
    }

    @Test func aDrugDoesNotInteractWithItself() throws {
        #expect(try interaction("ibuprofen", "ibuprofen") == nil)
    }

    @Test func builtPairsGiveTheSameTable() throws {
        let again = try SmallTables.base { $0.pairs = base.pairRows }
        #expect(again.interactionPairCount == base.interactionPairCount)
        #expect(again.pairRows == base.pairRows)
    }

    @Test func severitiesAreOrdered() {
        #expect(Severity.allCases.sorted() == [.none, .minor, .moderate, .major, .contraindicated])
    }

    @Test func everyRowThatLeadsNowhereIsNamed() throws {
        var tables = SmallTables.tables
        tables.classMembers.append(ClassMemberRow(classID: "CDS:nsiad", rxcui: 5640))
        tables.interactionRules.append(
            InteractionRuleRow(id: "X", a: .drugClass("CDS:none"), aName: "", b: .ingredient(1), bName: "", severity: .major))
        let error = #expect(throws: KnowledgeError.self) { try KnowledgeBase(tables) }
        let places = (error?.problems ?? []).map { "\($0.table.rawValue) \($0.row) \($0.column)" }
        #expect(places == ["class_members 9 class_id", "interactions 4 a_id", "interactions 4 b_id"])
    }
}
