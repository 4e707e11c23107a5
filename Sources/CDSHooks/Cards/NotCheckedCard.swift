import Documents
import Engine
import Knowledge

/// One short card that names what a prescriber should know was not checked.
enum NotCheckedCard {
    /// The card; `nil` where nothing has to be read before signing.
    static func card(of statements: [NotChecked], in writer: CardWriter) -> Card? {
        let statements = unique(statements.filter(\.isForPrescriber))
        guard !statements.isEmpty else { return nil }
        let summary = Summary("Some checks could not be made: \(subjects(statements).joined(separator: ", "))")
        let entries = statements.map { statement in
            "- \(line(statement.what)) could not be checked: \(line(statement.why))"
        }
        let list = entries.joined(separator: "\n")
        var card = Card(
            uuid: writer.uuid(["not-checked"]), summary: summary.text,
            detail: summary.rest.map { "\(Markdown.escaped($0))\n\n\(list)" } ?? list, indicator: .info,
            source: Card.Source(
                label: "Vigil: what could not be checked",
                topic: CardCoding(code: "not-checked", system: CardCoding.topicSystem, display: "What could not be checked")))
        card.extension = .compact([("org.vigil.rank", .number("0"))])
        card.alert = writer.alert(["not-checked"], about: writer.orders, severity: .none, card)
        return card
    }

    private static func unique(_ statements: [NotChecked]) -> [NotChecked] {
        var seen: Set<[String]> = []
        return statements.filter { seen.insert([$0.what, $0.why]).inserted }
    }

    private static func subjects(_ statements: [NotChecked]) -> [String] {
        var seen: Set<String> = []
        return statements.map { PlainText.line($0.what, limit: 80) }.filter { seen.insert($0).inserted }
    }

    private static func line(_ text: String) -> String {
        Markdown.escaped(PlainText.line(text))
    }
}
