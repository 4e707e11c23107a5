import Documents
import Examination
import Testing

@Suite("Decks: what is not understood is refused, with its line")
struct ExaminationDeckTests {
    private static let story = """
          - {id: a-1, category: dose, title: t, patient: {age: 40, sex: male}, expect: {alert: true, indicator_at_least: warning, mentions: [x]}}
        """

    private func deck(_ stories: String, head: String = "as_of: 2026-11-15") throws -> ExaminationDeck {
        try ExaminationDeck(Source(name: "deck.yaml", text: "\(head)\nscenarios:\n\(stories)\n"))
    }

    private func complaint(_ stories: String, head: String = "as_of: 2026-11-15") -> String {
        do {
            _ = try deck(stories, head: head)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("A deck is read")
    func reads() throws {
        let read = try deck(Self.story)
        #expect(read.cases.map(\.id) == ["a-1"])
        #expect(read.cases[0].hook == "order-sign")
        #expect(read.cases[0].expectation.kind == .alert)
    }

    @Test("A story with what must be owned up to is of its own kind")
    func kinds() throws {
        let read = try deck("  - {id: a, category: c, title: t, patient: {age: 4}, expect: {alert: false, not_checked: [renal]}}\n  - {id: b, category: c, title: t, patient: {age: 4}, expect: {alert: false}}")
        #expect(read.cases.map(\.expectation.kind) == [.notChecked, .silence])
    }

    @Test("Keys that are not known, stories told twice and counts that are wrong are refused")
    func refusals() {
        #expect(complaint(Self.story.replacing("title: t", with: "title: t, colour: red")).hasPrefix("deck.yaml:3: `colour` is no key"))
        #expect(complaint(Self.story.replacing("mentions: [x]", with: "mention: [x]")).contains("`mention` is no key"))
        #expect(complaint(Self.story.replacing(", mentions: [x]", with: "")).contains("needs `mentions`"))
        #expect(complaint(Self.story.replacing("warning", with: "loud")).contains("`loud` is no indicator"))
        #expect(complaint(Self.story + "\n" + Self.story).contains("a-1 is here twice"))
        #expect(complaint(Self.story, head: "as_of: 2026-11-15\ncount: 2").contains("says that it has 2 stories"))
        #expect(complaint(Self.story, head: "as_of: soon").contains("as_of"))
        #expect(complaint("  - [").hasPrefix("deck.yaml:"))
    }
}
