@testable import CDSHooks
import Testing

@Suite("R94: the summary")
struct SummaryTests {
    @Test("139 units stay as they are")
    func atTheLimit() {
        let text = String(repeating: "a", count: 139)
        #expect(Summary(text).text == text)
        #expect(Summary(text).rest == nil)
    }

    @Test("140 units are cut, and the rest is kept")
    func aboveTheLimit() throws {
        let summary = Summary(String(repeating: "a", count: 140))
        #expect(summary.text.utf16.count == 139)
        #expect(summary.text.hasSuffix("…"))
        #expect(summary.rest == "…aa")
    }

    @Test("the cut falls between words")
    func words() throws {
        let sentence = Array(repeating: "warfarin", count: 20).joined(separator: " ")
        let summary = Summary(sentence)
        #expect(summary.text.utf16.count < 140)
        #expect(summary.text.hasSuffix("warfarin…"))
        #expect(summary.text.dropLast() + " " + (try #require(summary.rest)).dropFirst() == sentence)
    }

    @Test("an emoji of eleven units is never cut in two", arguments: 120...145)
    func graphemes(_ length: Int) throws {
        let family = "👨‍👩‍👧‍👦"
        let sentence = String(repeating: "x", count: length) + String(repeating: family, count: 8)
        let summary = Summary(sentence)
        #expect(summary.text.utf16.count <= 139)
        #expect(String(summary.text.dropLast() + (try #require(summary.rest)).dropFirst()) == sentence)
    }

    @Test("it is one line without control signs and without tags")
    func plain() {
        #expect(Summary("a\n b\t\u{202E}c\u{0}d").text == "a b cd")
        #expect(Summary("<script>x</script> K <3.5").text == "‹script>x‹/script> K <3.5")
    }
}
