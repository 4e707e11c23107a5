import Clinical
import Engine
import Knowledge

/// One way in which a card is not as expected.
public struct Mismatch: Sendable, Hashable {
    /// The word of the expectation: `grade`, `summary_has` …
    public let field: String
    public let expected: String
    public let found: String

    public init(field: String, expected: String, found: String) {
        self.field = field
        self.expected = expected
        self.found = found
    }
}

extension ExpectedOutcome {
    /// In what the outcome differs; empty where it is as expected.
    ///
    /// Where the rule gives several cards, the one that differs least is compared.
    public func mismatches(with outcome: Outcome) -> [Mismatch] {
        switch self {
        case .noCard:
            return outcome.cards.map { Mismatch(field: "card", expected: "no card", found: Self.words(for: $0)) }
        case .notChecked:
            if let card = outcome.cards.first {
                return [Mismatch(field: "card", expected: "not checked", found: Self.words(for: card))]
            }
            let said = outcome.notChecked.isEmpty
            return said ? [Mismatch(field: "card", expected: "not checked", found: "no card, and nothing said to be unknown")] : []
        case .card(let expected):
            return expected.mismatches(with: outcome)
        }
    }

    private static func words(for card: Finding) -> String {
        "\(card.grade), \(card.severity.rawValue): \(card.summary)"
    }
}

extension ExpectedCard {
    fileprivate func mismatches(with outcome: Outcome) -> [Mismatch] {
        if severity == Severity.none { return silenceMismatches(with: outcome) }
        let cards = outcome.cards
        if self.cards == 0, cards.isEmpty { return [] }
        guard let nearest = cards.map(mismatches(with:)).min(by: { $0.count < $1.count }) else {
            return [Mismatch(field: "card", expected: words, found: "no card")]
        }
        guard cards.count != self.cards else { return nearest }
        let found = "\(cards.count): " + cards.map { "\($0.grade), \($0.key)" }.joined(separator: "; ")
        return nearest + [Mismatch(field: "cards", expected: String(self.cards), found: found)]
    }

    /// Severity `none`: a certain row decided, and nothing is shown.
    private func silenceMismatches(with outcome: Outcome) -> [Mismatch] {
        let shown = ExpectedOutcome.noCard.mismatches(with: outcome)
        guard shown.isEmpty, let grade, !outcome.grades.contains(grade) else { return shown }
        let found = outcome.grades.isEmpty ? "no row decided" : outcome.grades.joined(separator: ", ")
        return [Mismatch(field: "grade", expected: grade, found: found)]
    }

    /// The expectation in a few words, where there is no card to compare.
    private var words: String {
        let words = [grade, state?.rawValue, severity?.rawValue].compactMap(\.self).joined(separator: ", ")
        return words.isEmpty ? "a card" : "a card (\(words))"
    }

    private func mismatches(with card: Finding) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        func compare(_ field: String, _ expected: String?, _ found: String) {
            guard let expected, expected != found else { return }
            mismatches.append(Mismatch(field: field, expected: expected, found: found))
        }
        compare("grade", grade, card.grade)
        compare("severity", severity?.rawValue, card.severity.rawValue)
        compare("summary", summary, card.summary)
        compare("suggests", suggestions.map(String.init), String(card.suggestions.count))
        compare("unknown", unknown.map(Self.list), Self.list(Array(Set(card.unknown.map(\.name)))))
        compare("state", state?.rawValue, card.gap?.kind.rawValue ?? "not a care gap")
        compare("due", due?.description, card.gap?.due?.description ?? "no due date")
        return mismatches + textMismatches(with: card)
    }

    private func textMismatches(with card: Finding) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        for piece in summaryHas where !card.summary.holds(piece) {
            mismatches.append(Mismatch(field: "summary_has", expected: piece, found: card.summary))
        }
        for piece in detailHas where !card.detail.holds(piece) {
            mismatches.append(Mismatch(field: "detail_has", expected: piece, found: card.detail.isEmpty ? "no detail" : card.detail))
        }
        for piece in notHas {
            for text in [card.summary, card.detail] where text.holds(piece) {
                mismatches.append(Mismatch(field: "not_has", expected: "without: \(piece)", found: text))
            }
        }
        return mismatches
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "nothing" : names.sorted().joined(separator: ", ")
    }
}

extension String {
    /// Does it hold a piece of text, letter for letter, blanks and line breaks alike?
    fileprivate func holds(_ piece: String) -> Bool {
        func flat(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return flat(self).contains(flat(piece))
    }
}
