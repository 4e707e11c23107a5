import Clinical
import Engine
import Knowledge
import Testing

@testable import Replay

@Suite struct ComparisonTests {
    private static func card(
        grade: String = "base", severity: Severity = .moderate, summary: String = "warfarin with naproxen", unknown: [String] = [],
        gap: GapState? = nil
    ) -> Finding {
        let heading = RuleHeading(id: "r", version: 1, title: "R", kind: "interaction", evidence: [], approvedBy: "x")
        return Finding(
            rule: heading, grade: grade, severity: severity, summary: summary, detail: "Check the INR\nwithin a week.",
            suggestions: [SuggestedChange(label: "Stop", actions: [])],
            unknown: unknown.map { UnknownFact(name: $0, reason: UnknownReason(.notInWindow, "no result"), missing: nil) },
            gap: gap, key: "r:1")
    }

    private func fields(_ expected: ExpectedCard, _ findings: [Finding]) -> [String] {
        ExpectedOutcome.card(expected).mismatches(with: Outcome(findings: findings)).map(\.field)
    }

    @Test func eachFieldIsCompared() {
        let card = Self.card(unknown: ["egfr", "potassium"])
        #expect(fields(ExpectedCard(), [card]) == [])
        #expect(fields(ExpectedCard(grade: "base", severity: .moderate, suggestions: 1), [card]) == [])
        #expect(fields(ExpectedCard(grade: "high", severity: .major), [card]) == ["grade", "severity"])
        #expect(fields(ExpectedCard(summary: "warfarin"), [card]) == ["summary"])
        #expect(fields(ExpectedCard(summaryHas: ["naproxen"], detailHas: ["INR within"]), [card]) == [])
        #expect(fields(ExpectedCard(summaryHas: ["ibuprofen"], detailHas: ["potassium"]), [card]) == ["summary_has", "detail_has"])
        #expect(fields(ExpectedCard(notHas: ["INR"]), [card]) == ["not_has"])
        #expect(fields(ExpectedCard(suggestions: 2), [card]) == ["suggests"])
        #expect(fields(ExpectedCard(unknown: ["potassium", "egfr"]), [card]) == [])
        #expect(fields(ExpectedCard(unknown: ["potassium"]), [card]) == ["unknown"])
        #expect(fields(ExpectedCard(unknown: []), [card]) == ["unknown"])
        #expect(fields(ExpectedCard(state: .overdue), [card]) == ["state"])
    }

    @Test func careGapsHaveAStateAndADueDate() {
        let due = CivilDate("2025-11-10")
        let card = Self.card(gap: GapState(kind: .overdue, due: due, last: nil))
        #expect(fields(ExpectedCard(state: .overdue, due: due), [card]) == [])
        #expect(fields(ExpectedCard(state: .never, due: CivilDate("2025-11-11")), [card]) == ["state", "due"])
    }

    @Test func oneCardIsExpectedUnlessToldOtherwise() {
        let cards = [Self.card(), Self.card(grade: "high-risk")]
        #expect(fields(ExpectedCard(grade: "high-risk"), cards) == ["cards"])
        #expect(fields(ExpectedCard(grade: "high-risk", cards: 2), cards) == [])
        #expect(fields(ExpectedCard(cards: 0), []) == [])
        #expect(fields(ExpectedCard(grade: "high-risk"), []) == ["card"])
    }

    @Test func silence() {
        let none = Self.card(severity: .none)
        let silent = Outcome(findings: [], silenced: [Silenced(rule: "r", grade: "intolerance", key: "k")])
        #expect(ExpectedOutcome.noCard.mismatches(with: Outcome(findings: [])) == [])
        #expect(ExpectedOutcome.noCard.mismatches(with: Outcome(findings: [none])) == [])
        #expect(ExpectedOutcome.noCard.mismatches(with: silent) == [])
        #expect(ExpectedOutcome.noCard.mismatches(with: Outcome(findings: [Self.card()])).map(\.found) == ["base, moderate: warfarin with naproxen"])
        #expect(ExpectedOutcome.card(ExpectedCard(grade: "intolerance", severity: Severity.none)).mismatches(with: silent) == [])
        #expect(ExpectedOutcome.card(ExpectedCard(grade: "base", severity: Severity.none)).mismatches(with: silent).map(\.field) == ["grade"])
    }

    @Test func notCheckedMustBeSaid() {
        let said = NotChecked(what: "hba1c", why: "lab results were not supplied", rules: ["r"], isForPrescriber: false)
        #expect(ExpectedOutcome.notChecked.mismatches(with: Outcome(findings: [], notChecked: [said])) == [])
        #expect(ExpectedOutcome.notChecked.mismatches(with: Outcome(findings: [])).count == 1)
        #expect(ExpectedOutcome.notChecked.mismatches(with: Outcome(findings: [Self.card()], notChecked: [said])).count == 1)
    }

    @Test func onlyTheRulesOwnFindingsCount() {
        let other = NotChecked(what: "x", why: "y", rules: ["other"], isForPrescriber: true)
        let every = NotChecked(what: "order", why: "not recognised", isForPrescriber: true)
        let ledgerOnly = NotChecked(what: "labs", why: "not supplied", isForPrescriber: false)
        let evaluation = Evaluation(
            findings: [Self.card()], notChecked: [other, every, ledgerOnly], rulesConsidered: 1,
            silenced: [Silenced(rule: "other", grade: "g", key: "k")])
        #expect(Outcome(of: "r", in: evaluation).findings.count == 1)
        #expect(Outcome(of: "r", in: evaluation).notChecked == [every])
        #expect(Outcome(of: "other", in: evaluation).findings.isEmpty)
        #expect(Outcome(of: "other", in: evaluation).notChecked == [other, every])
        #expect(Outcome(of: "other", in: evaluation).ledger.first == "row g decided, and says that nothing is shown")
    }
}
