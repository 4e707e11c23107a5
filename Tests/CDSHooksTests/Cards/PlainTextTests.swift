@testable import CDSHooks
import Digests
import Testing

@Suite("Text for cards, gone through as bytes")
struct PlainTextTests {
    @Test("every kind of line break parts paragraphs", arguments: [
        "\n", "\r\n", "\r", "\n\n", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}", "\n \n",
    ])
    func paragraphs(_ end: String) {
        for words in ["one", "käse", "ü\u{301}", "–", "€ 5"] {
            #expect(PlainText.paragraphs("\(words)\(end)two") == [words, "two"])
            #expect(PlainText.paragraphs("\(end)\(words)\(end)") == [words])
        }
    }

    @Test("blanks are run together, and what is plain stays as it is")
    func line() {
        for text in ["", "a", "a b", "mL/min/1.73m2 (daily)", "käse b"] { #expect(PlainText.line(text) == text) }
        for text in ["a  b", " a b", "a b ", "a\tb", "a\nb", "a \u{200B}b"] { #expect(PlainText.line(text) == "a b") }
    }

    @Test("what was said is found whatever its capitals")
    func folded() {
        let said = PlainText.folded("Avoid THE pair, Ätna")
        #expect(PlainText.bytes(said, contain: PlainText.folded("the Pair")))
        #expect(PlainText.bytes(said, contain: []))
        #expect(!PlainText.bytes(said, contain: PlainText.folded("the pairs")))
        #expect(!PlainText.bytes([], contain: [1]))
    }

    @Test("parts that were put together before have the digest of the parts")
    func digests() {
        let parts = ["rules", "", "käse", "vigil-order-sign"]
        var together = DigestParts(Array(parts.prefix(2)))
        together.append(Array(parts.dropFirst(2)))
        #expect(Digest(of: together) == Digest(ofParts: parts.map { Array($0.utf8) }))
        #expect(Digest(of: DigestParts(["ab", "c"])) != Digest(of: DigestParts(["a", "bc"])))
    }
}
