import Clinical
import Knowledge
import Testing

@Suite struct AllergenTests {
    let base: KnowledgeBase

    init() throws {
        base = try SmallTables.base()
    }

    private func snomed(_ code: String, _ display: String? = nil) -> CodeableConcept {
        CodeableConcept(codings: [Coding(system: .snomedCT, code: code, display: display)])
    }

    @Test("E8: a class entry is its class")
    func classes() {
        let result = base.resolveAllergen(snomed("91936005"))
        #expect(result.classes.map(\.name) == ["penicillin"])
        #expect(result.isDrug && !result.isFromText)
    }

    @Test("E3: none known says so, and is no allergen")
    func noneKnown() {
        let result = base.resolveAllergen(snomed("716186003"))
        #expect(result.noneKnown && !result.isDrug && !result.isUnknown)
        #expect(base.resolveAllergen(CodeableConcept(text: "No known allergies")).noneKnown)
    }

    @Test("E10: a product is its ingredients")
    func products() throws {
        let result = base.resolveAllergen(CodeableConcept(codings: [Coding(system: .rxNorm, code: "856903")]))
        #expect(result.ingredients.count == 2)
    }

    @Test(
        "words are cleaned of what surrounds them",
        arguments: ["Penicillin", "Allergy to penicillin (finding)", "penicillin allergy", " Allergic to Penicillin. "])
    func words(text: String) {
        let result = base.resolveAllergen(CodeableConcept(text: text))
        #expect(result.classes.map(\.name) == ["penicillin"])
        #expect(result.isFromText && result.isUncoded)
    }

    @Test func wordsMayMeanSeveralClasses() {
        let result = base.resolveAllergen(CodeableConcept(text: "Beta-lactam allergy"))
        #expect(result.classes.map(\.name) == ["penicillin", "cephalosporin"])
        #expect(result.isFromText)
    }

    @Test("C3: words that mean nothing stay unknown")
    func unknownWords() {
        let result = base.resolveAllergen(CodeableConcept(text: "the blue pill"))
        #expect(result.isUncoded && result.isUnknown && result.unmapped == nil)
    }

    @Test func anUnknownCodeIsTried_byItsWords_thenSaid() {
        #expect(base.resolveAllergen(snomed("1", "Amoxicillin (substance)")).ingredients.count == 1)
        let result = base.resolveAllergen(snomed("123456"))
        #expect(result.unmapped == "SNOMED CT 123456")
        #expect(result.isUnknown)
    }

    @Test func aDrugGroupWithoutMembersIsUnknown() {
        let result = base.resolveAllergen(CodeableConcept(codings: [Coding(system: .icd10CM, code: "Z88.6")]))
        #expect(result.unmapped == "ICD-10-CM Z88.6")
    }

    @Test("E7: food is known, and no drug")
    func food() {
        let result = base.resolveAllergen(snomed("102263004"))
        #expect(result.nonDrug && !result.isDrug && !result.isUnknown)
    }

    @Test("E9: cross-reactivity, the most specific first; side chains both ways")
    func crossReactivity() throws {
        let amoxicillin = try SmallTables.id(base, "amoxicillin")
        let cefadroxil = try SmallTables.id(base, "cefadroxil")
        #expect(base.crossReactivities(allergen: amoxicillin, drug: cefadroxil).map(\.id) == ["XR-04", "XR-06"])
        #expect(base.crossReactivities(allergen: cefadroxil, drug: amoxicillin).map(\.id) == ["XR-04"])
        #expect(base.crossReactivities(allergen: amoxicillin, drug: try SmallTables.id(base, "ceftriaxone")).map(\.risk) == [.low])
        #expect(base.crossReactivities(allergen: amoxicillin, drug: amoxicillin).isEmpty)
        #expect(base.crossReactivities(allergen: amoxicillin, drug: try SmallTables.id(base, "ibuprofen")).isEmpty)
    }
}
