import Testing

@testable import Examination

@Suite("When a card says something")
struct CardWordsTests {
    private func says(_ text: String, _ wanted: String) -> Bool { CardWords.says(CardWords.plain(text), wanted) }

    @Test("Numbers stand alone")
    func numbers() {
        #expect(says("at most 2.8 g", "2.8"))
        #expect(!says("at most 12.8 g", "2.8"))
        #expect(!says("at most 1.4 g", "4 g"))
        #expect(says("at most 4 g a day", "4 g|4000"))
        #expect(!says("INR 30", "INR 3"))
    }

    @Test("Short words are words, long ones may be parts")
    func words() {
        #expect(says("prolongs the QTc", "QT"))
        #expect(says("bleeding", "bleed"))
        #expect(!says("an alternative", "ALT"))
        #expect(says("ALT is raised", "alt"))
        #expect(says("older than 65", "old"))
        #expect(says("**Haemorrhage** – don’t", "haemorrhage - don't"))
        #expect(!says("", "x"))
    }

    @Test("Names are words, with a plural or without")
    func names() {
        let names = CardWords.telling("sodium chloride")
        #expect(CardWords.names(CardWords.plain("Sodium is low"), anyOf: names))
        #expect(!CardWords.names(CardWords.plain("the chloride"), anyOf: names))
        #expect(CardWords.names(CardWords.plain("two statins"), anyOf: CardWords.telling("statin")))
        #expect(!CardWords.names(CardWords.plain("a statinoid"), anyOf: CardWords.telling("statin")))
    }
}
