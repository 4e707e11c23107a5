import Clinical
import Testing

@Suite("Concepts in words")
struct CodeableConceptTests {
    @Test("words stand in for a code only where there is none")
    func words() {
        let coded = CodeableConcept(codings: [Coding(system: .icd10CM, code: "J45.909")], text: "Asthma")
        #expect(coded.orWords == coded)
        #expect(CodeableConcept(text: "Tonsillectomy Aftercare").orWords.codings == [Coding(system: .words, code: "tonsillectomy aftercare")])
        #expect(CodeableConcept().orWords.isUncoded)
    }
}
