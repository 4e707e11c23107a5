import Clinical
import Digests
import Documents
import Engine
import Knowledge

/// Turns findings into cards, the most serious first.
struct CardWriter {
    private let context: CardContext
    /// What all identifiers of the call begin with.
    private let name: DigestParts

    init(_ context: CardContext) {
        self.context = context
        let edition = context.edition
        name = DigestParts([edition.rules, edition.knowledge, edition.vigil, context.service.id, context.hookInstance])
    }

    /// The cards of an evaluation, ordered by severity, rule and key; last what could not be checked.
    func cards(_ evaluation: Evaluation) -> [Card] {
        let findings = evaluation.findings.filter(isWanted).sorted(by: precedes)
        var cards = findings.map(card)
        if context.service.hook.isAboutMedicines, let unchecked = NotCheckedCard.card(of: evaluation.notChecked, in: self) {
            cards.append(unchecked)
        }
        return withUniqueIdentifiers(cards)
    }

    /// A UUID that depends on nothing but the edition, this call and `parts`.
    func uuid(_ parts: [String]) -> String {
        var named = name
        named.append(parts)
        return Digest(of: named).uuid
    }

    // MARK: - One card

    private func card(_ finding: Finding) -> Card {
        let summary = Summary([finding.summary, finding.rule.title, finding.rule.id].first { !PlainText.line($0).isEmpty } ?? "")
        let changes = SuggestionWriter(context)
        let offered = changes.suggestions(finding.suggestions) { uuid(["suggestion", finding.rule.id, finding.key, $0]) }
        let detail = CardDetail(of: finding, summary: summary, in: context)
        var card = Card(
            uuid: uuid(["card", finding.rule.id, finding.key]), summary: summary.text,
            detail: detail.markdown(toConsider: offered.toConsider), indicator: Indicator(finding),
            source: Card.Source(label: "Vigil: \(PlainText.line(finding.rule.title))", topic: .topic(of: finding)))
        card.suggestions = offered.suggestions
        card.overrideReasons = finding.overrideReasons
            .filter { !$0.code.isEmpty && !$0.system.isEmpty && !$0.display.isEmpty }
            .map { CardCoding(code: $0.code, system: $0.system, display: $0.display) }
        card.extension = cardExtension(finding)
        card.finding = Card.FindingName(rule: finding.rule.id, key: finding.key)
        card.alert = alert(["finding", finding.rule.id, finding.key], about: finding.orders, severity: finding.severity, card)
        return card
    }

    /// By what the card is known when it comes again: to the same user, for the same patient, encounter and orders.
    ///
    /// Worked out only for a client that asks for it.
    func alert(_ subject: [String], about orders: [ResourceReference], severity: Severity, _ card: Card) -> ShownAlert? {
        guard context.tellsRepeats else { return nil }
        let place = [context.user?.description ?? "", context.patientID, context.encounterID ?? ""]
        let key = place + ["\(orders.count)"] + orders.map(\.description).sorted() + subject
        let content = [card.summary, card.detail ?? "", card.indicator.rawValue]
        return ShownAlert(
            key: Digest(of: DigestParts(key)), content: Digest(of: DigestParts(content)), severity: severity)
    }

    /// The drafts of the call, in order.
    var orders: [ResourceReference] { context.orderNames.keys.sorted() }

    private func cardExtension(_ finding: Finding) -> JSONValue {
        .compact([
            ("org.vigil.rank", .number(String(finding.severity.rank))),
            ("org.vigil.rule", .compact([
                ("id", .string(finding.rule.id)),
                ("version", .number(String(finding.rule.version))),
                ("grade", .string(finding.grade)),
                ("key", .string(finding.key)),
            ])),
            ("org.vigil.orders", .array(finding.orders.map { .string($0.description) })),
            ("org.vigil.stands-since", finding.standsSince.map { JSONValue.string($0.description) }),
        ])
    }

    // MARK: - Which, and in what order

    /// On a hook that tells what was just chosen, what concerns only other drafts was said when those were chosen.
    private func isWanted(_ finding: Finding) -> Bool {
        let chosen = context.selections.filter { context.orderNames[$0] != nil }
        guard context.service.hook.selectionsField != nil, !chosen.isEmpty, !finding.orders.isEmpty else { return true }
        return finding.orders.contains(where: chosen.contains)
    }

    private func precedes(_ left: Finding, _ right: Finding) -> Bool {
        let (first, second) = (left.standsSince == nil ? 0 : 1, right.standsSince == nil ? 0 : 1)
        guard left.severity == right.severity, first == second else { return (right.severity, first) < (left.severity, second) }
        return (left.rule.id, left.key, left.grade) < (right.rule.id, right.key, right.grade)
    }

    /// The cards, each UUID once: findings of one key would otherwise share theirs.
    private func withUniqueIdentifiers(_ cards: [Card]) -> [Card] {
        var cards = cards, seen: Set<String> = []
        for number in cards.indices {
            if !seen.insert(cards[number].uuid).inserted { cards[number].uuid = uuid(["again", cards[number].uuid, String(number)]) }
            for index in cards[number].suggestions.indices {
                let known = cards[number].suggestions[index].uuid
                if !seen.insert(known).inserted { cards[number].suggestions[index].uuid = uuid(["again", known, String(number)]) }
            }
        }
        return cards
    }
}
