import CDSHooks
import Documents

/// Compares what was said of a story with what should be said.
struct CaseJudge {
    let story: ExaminationCase
    let answer: CaseAnswer
    let names: DeckNames
    /// What the draft orders are called.
    private let basket: Set<[UInt8]>
    /// What an order could collide with: medicines, allergies, genes.
    private let counterparts: Set<[UInt8]>

    init(_ story: ExaminationCase, _ answer: CaseAnswer, names: DeckNames) {
        self.story = story
        self.answer = answer
        self.names = names
        let facts = story.facts
        let orders = [facts["ordered_med"]].compactMap(\.self) + (facts["also_in_draft_orders"]?.elements ?? [])
        let named = [facts["ordered_vaccine"]?["name"], facts["ordered_service"]?["name"]] + orders.map { $0["service"] }
        basket = Set(orders.flatMap(Self.names) + named.compactMap { $0?.text }.flatMap(CardWords.telling))
        let allergies = facts["patient"]?["allergies"]?.elements.compactMap { $0["substance"]?.text } ?? []
        let genes = facts["patient"]?["genomics"]?.elements.compactMap { $0["gene"]?.text } ?? []
        counterparts = Set(
            (facts["current_meds"]?.elements ?? []).flatMap(Self.names) + allergies.flatMap(CardWords.telling) + genes.map(CardWords.plain))
    }

    /// Why the story failed; `nil` where it passed.
    func failure() -> String? {
        if answer.asked == 0 { return "no service answers \(story.hook)" }
        if let problem = answer.problem { return problem }
        switch story.expectation.kind {
        case .alert: return missed()
        case .silence: return nuisance()
        case .notChecked where story.expectation.allowsAlert: return missed() == nil ? nil : notOwnedUp()
        case .notChecked: return nuisance() ?? notOwnedUp()
        }
    }

    // MARK: Something must be said

    private func missed() -> String? {
        let expected = story.expectation
        let about = answer.cards.filter { card in expected.mentions.allSatisfy { CardWords.says(card.words, $0) } }
        guard let strongest = about.max(by: { $0.indicator.strength < $1.indicator.strength }) else {
            return answer.cards.isEmpty ? "no card" : "no card says \(expected.mentions.joined(separator: " + "))"
        }
        if let least = expected.least, strongest.indicator.strength < least.strength {
            return "\(strongest.indicator.rawValue), wanted \(least.rawValue): \(strongest.summary)"
        }
        let counted = counted(about)
        if let over = counted.first(where: isOver) { return "\(over.indicator.rawValue) is too much: \(over.summary)" }
        if let most = expected.greatestCount, counted.count > most { return "\(counted.count) cards, at most \(most)" }
        return nil
    }

    /// The cards about the hazard, and those about a part of it: three pairwise cards do not pass for one merged card.
    private func counted(_ about: [CaseAnswer.Card]) -> [CaseAnswer.Card] {
        let parts = story.expectation.mentions.filter { mention in !basket.contains { CardWords.says($0, mention) } }
        guard !parts.isEmpty else { return about }
        return answer.cards.filter { card in
            if story.expectation.mentions.allSatisfy({ CardWords.says(card.words, $0) }) { return true }
            return CardWords.names(card.words, anyOf: basket) && parts.count { CardWords.says(card.words, $0) } >= min(2, parts.count)
        }
    }

    private func isOver(_ card: CaseAnswer.Card) -> Bool {
        switch story.expectation.ceiling {
        case .indicator(let indicator): card.indicator.strength > indicator.strength
        case .none?, nil: false
        }
    }

    // MARK: Nothing must be said

    private func nuisance() -> String? {
        let ceiling: Int
        switch story.expectation.ceiling {
        case .none?: ceiling = 0
        case .indicator(let indicator)?: ceiling = indicator.strength
        case nil: ceiling = Indicator.info.strength
        }
        for card in answer.cards where card.indicator.strength > ceiling && concerns(card) {
            if story.expectation.kind == .notChecked, CaseAnswer.ownsUp(card.words) { continue }
            return "\(card.indicator.rawValue) where silence is right: \(card.summary)"
        }
        return nil
    }

    private func concerns(_ card: CaseAnswer.Card) -> Bool {
        if story.hook == "patient-view" {
            guard let topic = story.expectation.topic else { return true }
            return CardWords.says(card.words, names.text("topics", topic) ?? topic)
        }
        if CardWords.names(card.words, anyOf: basket.union(counterparts)) { return true }
        let isReminder = CardWords.says(card.words, "screening|overdue|care gap|quality measure|reminder")
        return card.indicator.strength >= Indicator.warning.strength && !isReminder
    }

    // MARK: Something must be owned up to

    private func notOwnedUp() -> String? {
        let statements = answer.notChecked.map(CardWords.plain)
        for item in story.expectation.notChecked {
            let words = Self.itemWords[item] ?? item
            let named = statements.filter { CardWords.says($0, words) || CardWords.names($0, anyOf: itemNames(item)) }
            if named.isEmpty { return "nothing says that the \(item) was not checked" }
            let wanted = story.expectation.mustSay
            if !named.contains(where: { statement in wanted.allSatisfy { CardWords.says(statement, $0) } }) {
                return "the statement on the \(item) does not say \(wanted.joined(separator: " + "))"
            }
        }
        return nil
    }

    private static let itemWords = [
        "ordered_med": "order|medication|medicine|drug|product", "allergy": "allerg", "renal": "renal|kidney|eGFR|creatinine|clearance",
        "dose": "dose|dosing|dosage", "lab": "lab|laboratory|result|value|observation|unit", "age": "age|birth",
        "current_med": "medication|medicine|drug|current",
    ]

    private func itemNames(_ item: String) -> Set<[UInt8]> {
        switch item {
        case "ordered_med": return basket
        case "current_med": return Set((story.facts["current_meds"]?.elements ?? []).flatMap(Self.names))
        case "lab":
            let labs = story.facts["patient"]?["labs"]?.elements.compactMap { $0["name"]?.text } ?? []
            return Set(labs.flatMap { CardWords.telling(String($0.prefix { $0 != "[" })) })
        default: return []
        }
    }

    /// What a medicine is called.
    private static func names(_ medicine: YAMLNode) -> [[UInt8]] {
        let ingredients = medicine["ingredients"]?.elements.compactMap { $0["name"]?.text } ?? []
        return ingredients.flatMap { Array(CardWords.telling($0)) } + [medicine["text"]?.text].compactMap { $0 }.map(CardWords.plain)
    }
}
