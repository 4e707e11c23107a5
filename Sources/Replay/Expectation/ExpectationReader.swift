import Clinical
public import Documents
import Engine
import Knowledge

/// Reads what stands under `expect:` of a rule test, or says with V404 why it cannot.
public struct ExpectationReader {
    private let file: String
    private var card = ExpectedCard()
    private var diagnostics: [Diagnostic] = []

    /// The expectation; nothing where there is an error.
    ///
    /// `no card` and `not checked` stand alone; everything else is a map.
    public static func read(_ expect: YAMLNode, file: String) -> (expectation: ExpectedOutcome?, diagnostics: [Diagnostic]) {
        var reader = ExpectationReader(file: file)
        let expectation = reader.read(expect)
        return (reader.diagnostics.isEmpty ? expectation : nil, reader.diagnostics)
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func read(_ expect: YAMLNode) -> ExpectedOutcome? {
        if let text = expect.placedText {
            switch text.text {
            case "no card": return .noCard
            case "not checked": return .notChecked
            default:
                report("`\(text.text)` is not an expectation", at: text.range, help: "write `no card`, `not checked` or a map")
                return nil
            }
        }
        guard let entries = expect.placedEntries, !entries.isEmpty else {
            report("an expectation says what the card is like", at: expect.range, help: "write `expect: { severity: major }`")
            return nil
        }
        for (key, value) in entries { read(key, value) }
        if card.severity == Severity.none && card.grade == nil { return .noCard }
        return .card(card)
    }

    /// The keys of an expectation, each with how its value is read.
    private static let keys: [(name: String, read: @Sendable (inout ExpectationReader, YAMLNode) -> Void)] = [
        ("grade", { $0.card.grade = $0.text($1)?.text }),
        ("severity", { $0.card.severity = $0.word($1, as: "severity") }),
        ("summary", { $0.card.summary = $0.text($1)?.text }),
        ("summary_has", { $0.card.summaryHas = $0.texts($1) }),
        ("detail_has", { $0.card.detailHas = $0.texts($1) }),
        ("not_has", { $0.card.notHas = $0.texts($1) }),
        ("suggests", { $0.card.suggestions = $0.count($1) }),
        ("unknown", { $0.card.unknown = $0.texts($1) }),
        ("state", { $0.card.state = $0.word($1, as: "state of a care gap") }),
        ("due", { $0.card.due = $0.date($1) }),
        ("cards", { $0.card.cards = $0.count($1) ?? 1 }),
    ]

    private mutating func read(_ key: PlacedText, _ value: YAMLNode) {
        if let known = Self.keys.first(where: { $0.name == key.text }) { return known.read(&self, value) }
        let names = Self.keys.map(\.name)
        let near = NearestName.find(key.text, in: names).map { "did you mean `\($0)`?" }
        report("nothing of a card is called `\(key.text)`", at: key.range, help: near ?? "there are \(names.joined(separator: ", "))")
    }
}

// MARK: Values

extension ExpectationReader {
    private mutating func text(_ node: YAMLNode) -> PlacedText? {
        if let text = node.placedText { return text }
        report("one value is expected here", at: node.range, help: "put text with commas or colons in quotes")
        return nil
    }

    /// A list of texts; a single text counts as a list of one.
    private mutating func texts(_ node: YAMLNode) -> [String] {
        var texts: [String] = []
        for element in node.sequence ?? [node] {
            if let text = text(element) { texts.append(text.text) }
        }
        return texts
    }

    private mutating func count(_ node: YAMLNode) -> Int? {
        guard let text = text(node) else { return nil }
        if let count = Int(text.text), (0...1000).contains(count) { return count }
        report("`\(text.text)` is not a number of things", at: text.range, help: "write a whole number such as 2")
        return nil
    }

    private mutating func date(_ node: YAMLNode) -> CivilDate? {
        guard let text = text(node) else { return nil }
        if let date = CivilDate(text.text) { return date }
        report("`\(text.text)` is not a date", at: text.range, help: "write the date as 2025-12-31")
        return nil
    }

    /// One of the words of a list that is closed.
    private mutating func word<Word: RawRepresentable & CaseIterable>(_ node: YAMLNode, as what: String) -> Word?
    where Word.RawValue == String {
        guard let text = text(node) else { return nil }
        if let word = Word(rawValue: text.text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let near = NearestName.find(text.text, in: words).map { "did you mean `\($0)`?" }
        report("`\(text.text)` is not a \(what)", at: text.range, help: near ?? "write one of \(words.joined(separator: ", "))")
        return nil
    }

    private mutating func report(_ message: String, at range: SourceRange, help: String) {
        diagnostics.append(Diagnostic(code: "V404", message: message, file: file, range: range, help: [help]))
    }
}
