import Clinical
import Knowledge
import KnowledgeStore
import Testing

/// RxNorm, CVX, LOINC and value sets.
@Suite struct CodeImportTests {
    private func drug(_ base: KnowledgeBase, _ code: String, _ system: CodeSystem = .rxNorm) -> [String]? {
        base.resolve(CodeableConcept(codings: [Coding(system: system, code: code)])).drug?.ingredients.map { base.ingredient($0).name }
    }

    @Test func rxNorm() throws {
        let (report, base, _) = try ImportWorld.run(.rxNorm(folder: ImportWorld.path("rrf")), "rxnorm", version: "2026-11-02")
        #expect(drug(base, "855332") == ["warfarin"])
        #expect(drug(base, "855334") == ["warfarin"])
        #expect(drug(base, "114194") == ["warfarin"])
        #expect(drug(base, "1191") == ["aspirin"])
        // A retired code leads where it was merged to.
        #expect(drug(base, "855331") == ["warfarin"])
        #expect(drug(base, "00056017275", .ndc) == ["warfarin"])
        // A drug of which no ingredient can be reached is never a drug without effects.
        #expect(drug(base, "999001") == nil)
        #expect(report.lost.contains { $0.text.hasPrefix("999001") && $0.reason == "no ingredient can be reached" })
        #expect(report.lost.contains { $0.text == "0056-0172" })
        let product = base.resolve(CodeableConcept(codings: [Coding(system: .rxNorm, code: "855334")])).drug?.product
        #expect(product?.name == "warfarin sodium 5 MG Oral Tablet [Coumadin]")
        #expect(product?.strengths.count == 1)
        // What our own tables know besides stays: interactions speak of it.
        #expect(base.pair("warfarin", "ibuprofen")?.severity == .major)
        #expect(base.version.name == "2026.0+rxnorm-2026-11-02")
    }

    @Test func classesOfMedRT() throws {
        let (report, base, file) = try ImportWorld.run(.medRT(file: ImportWorld.path("medrt.xml")), "medrt", version: "2026.07.06")
        func members(_ identifier: String) -> [String]? {
            base.drugClass(named: identifier).map { $0.members.map { base.ingredient($0).name } }
        }
        #expect(report.readCount == 4 && report.keptCount == 2)
        #expect(report.lost.map(\.text) == ["9999999", "N0000009999"])
        #expect(members("MOA:N0000000160") == ["ibuprofen"])
        #expect(members("PE:N0000008832") == ["aspirin"])
        #expect(base.drugClass(named: "PE:N0000008832")?.title == "Decreased Platelet Aggregation & Adhesion")
        // What is in a class is in those above it; what was retired and what is no class is not there.
        #expect(members("MOA:N0000000133") == ["ibuprofen"])
        #expect(members("MOA:N0000009999") == nil)
        #expect(base.version.name == "2026.0+medrt-2026.07.06")
        let again = try ImportWorld.run(.medRT(file: ImportWorld.path("medrt.xml")), "medrt-again", version: "2026.07.06", base: file)
        #expect(again.base.drugClass(named: "MOA:N0000000160")?.members.count == 1)
    }

    @Test(arguments: ["<terminology><concept>", "<terminology></concept></terminology>", "<other/>", "", "no mark-up"])
    func whatIsNoRelease(text: String) throws {
        let path = SourceTables.temporary("no-medrt-\(text.utf8.count).xml")
        SourceTables.write(Array(text.utf8), to: path)
        #expect(throws: KnowledgeImportError.self) {
            try ImportWorld.run(.medRT(file: path), "no-medrt-\(text.utf8.count)")
        }
    }

    @Test func vaccines() throws {
        let (report, base, _) = try ImportWorld.run(.cvx(file: ImportWorld.path("cvx.txt")), "cvx", version: "2026-10")
        #expect(report.keptCount == 2)
        #expect(base.codeSet(.vaccine, named: "cvx-14")?.title == "IG, NOS")
        #expect(base.codeSet(.vaccine, named: "cvx-08")?.title == "Hep B, adolescent or pediatric")
        #expect(report.lost.map(\.text) == ["x"])
    }

    @Test func laboratoryCodes() throws {
        let (report, _, _) = try ImportWorld.run(.loinc(file: ImportWorld.path("Loinc.csv")), "loinc", version: "2.82")
        #expect(report.readCount == 2)
        #expect(report.notes.first?.hasPrefix("1 codes are not active") == true)
    }

    @Test func valueSets() throws {
        let (report, base, _) = try ImportWorld.run(.valueSet(file: ImportWorld.path("gout.json")), "valueset")
        let set = try #require(base.codeSet(.problem, named: "VS:gout"))
        #expect(set.title == "Gout and its forms")
        #expect(set.codes.map(\.code) == ["M10.9", "190828008"])
        #expect(report.lost.map(\.text) == ["no-system"])
        let table = SourceTables.temporary("sets.csv")
        SourceTables.write(
            Array("valueset,name,system,code,display\ngout,Gout,http://hl7.org/fhir/sid/icd-10-cm,M10.00,Idiopathic gout\n".utf8), to: table)
        let again = try ImportWorld.run(.valueSet(file: table), "valueset-table")
        #expect(again.base.codeSet(.problem, named: "VS:gout")?.codes.map(\.code) == ["M10.00"])
    }
}
