import Clinical
import Documents
import Engine
import Knowledge
import Testing

@testable import Replay

@Suite struct ExpectationReaderTests {
    private func expectation(_ text: String) throws -> (expectation: ExpectedOutcome?, diagnostics: [Diagnostic]) {
        ExpectationReader.read(try Samples.yaml(text), file: "sample.yaml")
    }

    @Test func words() throws {
        #expect(try expectation("no card").expectation == .noCard)
        #expect(try expectation("not checked").expectation == .notChecked)
        #expect(try expectation("{ severity: none }").expectation == .noCard)
    }

    @Test func everyField() throws {
        let text = """
            { grade: at-risk, severity: major, summary: a b, summary_has: a, detail_has: [c, d], not_has: e, suggests: 2,
              unknown: [egfr], state: due_soon, due: 2026-02-01, cards: 3 }
            """
        let expected = ExpectedCard(
            grade: "at-risk", severity: .major, summary: "a b", summaryHas: ["a"], detailHas: ["c", "d"], notHas: ["e"],
            suggestions: 2, unknown: ["egfr"], state: .dueSoon, due: CivilDate("2026-02-01"), cards: 3)
        #expect(try expectation(text).expectation == .card(expected))
    }

    @Test(
        "what is not understood, and where",
        arguments: [
            ("1️⃣nothing2️⃣", "write `no card`, `not checked` or a map"),
            ("{ 1️⃣sumary2️⃣: x }", "did you mean `summary`?"),
            ("{ severity: 1️⃣mayor2️⃣ }", "did you mean `major`?"),
            ("{ state: 1️⃣overdo2️⃣ }", "did you mean `overdue`?"),
            ("{ due: 1️⃣soon2️⃣ }", "write the date as 2025-12-31"),
            ("{ suggests: 1️⃣two2️⃣ }", "write a whole number such as 2"),
            ("1️⃣{ }2️⃣", "write `expect: { severity: major }`"),
        ])
    func complaint(_ sample: String, _ help: String) throws {
        let marked = MarkedText(sample)
        let (expectation, diagnostics) = try expectation(marked.text)
        #expect(expectation == nil)
        #expect(diagnostics.map(\.code) == ["V404"])
        #expect(diagnostics.first?.range == marked.range)
        #expect(diagnostics.first?.help == [help])
    }
}
