import Clinical
import Knowledge
import Testing

@Suite struct DrugResolutionTests {
    let base: KnowledgeBase

    init() throws {
        base = try SmallTables.base()
    }

    private func rxNorm(_ codes: String...) -> CodeableConcept {
        CodeableConcept(codings: codes.map { Coding(system: .rxNorm, code: $0) })
    }

    private func names(_ resolution: DrugResolution) -> [String]? {
        resolution.drug?.ingredients.map { base.ingredient($0).name }.sorted()
    }

    @Test(
        "C10, C12: every kind of RxNorm code leads to ingredients",
        arguments: [
            ("11289", ["warfarin"]), ("114194", ["warfarin"]), ("855332", ["warfarin"]), ("855334", ["warfarin"]),
            ("316672", ["warfarin"]), ("374319", ["warfarin"]), ("202421", ["warfarin"]), ("900001", ["warfarin"]),
            ("214182", ["acetaminophen", "hydrocodone"]), ("856903", ["acetaminophen", "hydrocodone"]),
            ("128793", ["acetaminophen", "hydrocodone"]), ("748868", ["ethinyl estradiol", "levonorgestrel"]),
            ("748869", ["ethinyl estradiol", "levonorgestrel"]), ("900002", ["nobody's salt"]),
        ])
    func termTypes(code: String, expected: [String]) {
        #expect(names(base.resolve(rxNorm(code))) == expected)
    }

    @Test(
        "C9: an NDC in each of its forms",
        arguments: ["0781-1506-10", "00781150610", "0781-1506", "00781-1506-10", "00781-1506-1"])
    func drugCodes(code: String) {
        let resolution = base.resolve(CodeableConcept(codings: [Coding(system: .ndc, code: code)]))
        #expect(names(resolution) == ["amoxicillin"])
        #expect(resolution.drug?.doseForm == "oral capsule")
    }

    @Test(
        "C9: what is ambiguous or no NDC is not guessed at",
        arguments: ["0781150610", "781150610", "0781-1506-100", "078-1506-10", "0781_1506_10", "", "-", "0781--10", "99999999999999999999"])
    func noDrugCode(code: String) {
        #expect(base.resolve(CodeableConcept(codings: [Coding(system: .ndc, code: code)])).drug == nil)
    }

    @Test func anNDCWithAnUnknownSubstanceIsIncomplete() throws {
        let drug = try #require(base.resolve(CodeableConcept(codings: [Coding(system: .ndc, code: "00123-4567-01")])).drug)
        #expect(!drug.isComplete)
    }

    @Test func severalCodingsAreOneDrug() throws {
        let drug = try #require(base.resolve(rxNorm("11289", "374319", "855332", "114194")).drug)
        #expect(drug.ingredients == [try SmallTables.id(base, "warfarin")])
        #expect(drug.product?.rxcui == 855332)
        #expect(drug.conflicts.isEmpty)
    }

    @Test func theNearestToAProductIsBelievedAndTheOtherIsToldOf() throws {
        let drug = try #require(base.resolve(rxNorm("723", "855332")).drug)
        #expect(drug.ingredients == [try SmallTables.id(base, "warfarin")])
        #expect(drug.conflicts == ["RxNorm 723"])
    }

    @Test func aBrandOfSeveralCompositionsMeansAllOfThemAndSaysSo() throws {
        let resolution = base.resolve(rxNorm("900010"))
        #expect(names(resolution) == ["acetaminophen", "ibuprofen"])
        #expect(resolution.drug?.conflicts.count == 1)
    }

    @Test func strengthsStandWithTheirIngredients() throws {
        let strengths = try #require(base.resolve(rxNorm("856903")).drug?.strengths)
        let named = Dictionary(uniqueKeysWithValues: strengths.map { ($0.ingredient.map { base.ingredient($0).name } ?? "?", $0.amount?.numerator.description) })
        #expect(named == ["acetaminophen": "500 mg", "hydrocodone": "5 mg"])
        #expect(base.resolve(rxNorm("748868")).drug?.strengths.isEmpty == true)
    }

    @Test func whatIsNotKnownIsNeverASafeDrug() {
        #expect(base.resolve(rxNorm("999999")) == .unmapped("RxNorm 999999"))
        #expect(base.resolve(rxNorm("900003")) == .unmapped("RxNorm 900003"))
        #expect(base.resolve(rxNorm("abc")) == .unmapped("RxNorm abc"))
        #expect(base.resolve(CodeableConcept(text: "warfarin")) == .uncoded)
        #expect(base.resolve(CodeableConcept(codings: [Coding(system: nil, code: "11289")])) == .unmapped("a code without a system"))
        #expect(base.resolve(CodeableConcept(codings: [Coding(system: CodeSystem("urn:x"), code: "W5")])) == .unmapped("local code W5"))
        #expect(base.resolve(CodeableConcept(codings: [Coding(system: CodeSystem("urn:x"), code: "for Mr Smith")])) == .unmapped("local code"))
    }

    @Test func aKnownCodeBesideAnUnknownOneCounts() {
        let concept = CodeableConcept(codings: [Coding(system: CodeSystem("urn:x"), code: "W5"), Coding(system: .rxNorm, code: "11289")])
        #expect(names(base.resolve(concept)) == ["warfarin"])
    }

    @Test func otherSystems() {
        #expect(names(base.resolve(CodeableConcept(codings: [Coding(system: .unii, code: "5Q7ZVV76EI")]))) == ["warfarin"])
        #expect(names(base.resolve(CodeableConcept(codings: [Coding(system: .atc, code: "B01AA03")]))) == ["warfarin"])
    }

    @Test func listedIngredientsStandInForACode() throws {
        let reference = ResourceReference(type: "MedicationRequest", id: "1")
        let parts = [MedicationIngredient(code: rxNorm("161")), MedicationIngredient(code: rxNorm("999999"))]
        let medication = Medication(reference: reference, source: .request, use: .current, ingredients: parts)
        let drug = try #require(base.resolve(medication).drug)
        #expect(drug.ingredients == [try SmallTables.id(base, "acetaminophen")])
        #expect(!drug.isComplete)

        let lost = Medication(reference: reference, source: .request, use: .current, unresolved: "Medication/9 was not sent")
        #expect(base.resolve(lost) == .unresolved("Medication/9 was not sent"))
        let unknown = Medication(reference: reference, source: .request, use: .current, ingredients: [parts[1]])
        #expect(base.resolve(unknown) == .unmapped("RxNorm 999999"))
    }

    @Test func names() throws {
        #expect(base.ingredient(named: "WARFARIN") == base.ingredient(rxcui: 11289))
        #expect(base.ingredient(named: "warfarin sodium") == base.ingredient(rxcui: 11289))
        #expect(base.ingredient(named: "paracetamol") == base.ingredient(rxcui: 161))
        #expect(base.ingredient(named: "Coumadin") == nil)
        #expect(base.ingredient(rxcui: 855332) == nil)
        #expect(base.ingredient(rxcui: -1) == nil)
    }
}
