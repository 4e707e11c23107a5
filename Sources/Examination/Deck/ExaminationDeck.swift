public import Clinical
public import Documents

/// Stories with what a good service says of each, for one day that counts as today.
public struct ExaminationDeck: Sendable {
    /// The name of its file.
    public let name: String
    /// The day that counts as today in every story.
    public let asOf: CivilDate
    public let cases: [ExaminationCase]

    /// Reads a deck.
    ///
    /// - Throws: `DeckError` with the line. A key that is not known is an error: what is not understood is not examined.
    public init(_ source: Source) throws(DeckError) {
        let root = try DeckEntries.root(of: source)
        let entries = DeckEntries(root, in: source)
        try entries.allow("format", "as_of", "measurement_period", "count", "nuisance_count", "scenarios")
        guard let text = root["as_of"]?.text, let day = CivilDate(text) else { throw entries.error("a deck needs `as_of`, a date") }
        asOf = day
        name = source.name
        var cases: [ExaminationCase] = []
        var seen: Set<String> = []
        for node in try entries.list("scenarios") {
            let one = try ExaminationCase(node, in: source)
            guard seen.insert(one.id).inserted else { throw DeckError(source, at: node.range, "the story \(one.id) is here twice") }
            cases.append(one)
        }
        self.cases = cases
        if let count = root["count"]?.text.flatMap({ Int($0) }), count != cases.count {
            throw entries.error("the deck says that it has \(count) stories, and has \(cases.count)")
        }
    }
}

/// One story: a patient, a record, what is being ordered, and what should be said.
public struct ExaminationCase: Sendable {
    public let id: String
    public let category: String
    public let title: String
    /// `order-sign` unless it says otherwise.
    public let hook: String
    public let expectation: CaseExpectation
    /// The facts, as they are written.
    let facts: YAMLNode
    let source: Source

    init(_ node: YAMLNode, in source: Source) throws(DeckError) {
        let entries = DeckEntries(node, in: source)
        try entries.allow(
            "id", "category", "title", "hook", "patient", "current_meds", "ordered_med", "ordered_vaccine", "ordered_service",
            "also_in_draft_orders", "setting", "prefetch_state", "nuisance", "expect", "source", "source_checked")
        id = try entries.text("id")
        category = try entries.text("category")
        title = try entries.text("title")
        hook = node["hook"]?.text ?? "order-sign"
        guard let expect = node["expect"], node["patient"]?.mapping != nil else { throw entries.error("a story needs `patient` and `expect`") }
        expectation = try CaseExpectation(expect, in: source)
        facts = node
        self.source = source
    }
}

/// What is wrong with a deck, and where.
public struct DeckError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ source: Source, at range: SourceRange, _ message: String) {
        description = "\(source.name):\(source.position(of: range.start).line): \(message)"
    }
}

/// A map of the deck while it is read.
struct DeckEntries {
    let node: YAMLNode
    let source: Source

    init(_ node: YAMLNode, in source: Source) {
        self.node = node
        self.source = source
    }

    /// The tree of a text, or the first thing that is wrong with it.
    static func root(of source: Source) throws(DeckError) -> YAMLNode {
        let (node, diagnostics) = YAMLReader.read(source, limits: YAMLLimits(depth: 32, size: 64 << 20, nodes: 5_000_000))
        guard let node, diagnostics.isEmpty else {
            let first = diagnostics.first
            throw DeckError(source, at: first?.range ?? SourceRange(start: 0, end: 0), first?.message ?? "the file is empty")
        }
        return node
    }

    func error(_ message: String) -> DeckError { DeckError(source, at: node.range, message) }

    /// Refuses a key that is none of these.
    func allow(_ keys: String...) throws(DeckError) {
        guard let entries = node.mapping else { throw error("a map is needed here") }
        for (key, _) in entries {
            let name = key.text ?? ""
            guard keys.contains(name) else {
                throw DeckError(source, at: key.range, "`\(name)` is no key that is known here; there are: \(keys.joined(separator: ", "))")
            }
        }
    }

    func text(_ key: String) throws(DeckError) -> String {
        guard let text = node[key]?.text, !text.isEmpty else { throw error("`\(key)` is missing") }
        return text
    }

    /// The elements of a list; none where the key is not there.
    func list(_ key: String) throws(DeckError) -> [YAMLNode] {
        guard let value = node[key], !value.isNull else { return [] }
        guard let elements = value.sequence else { throw DeckError(source, at: value.range, "`\(key)` needs a list") }
        return elements
    }

    func texts(_ key: String) throws(DeckError) -> [String] {
        var texts: [String] = []
        for element in try list(key) {
            guard let text = element.text else { throw DeckError(source, at: element.range, "a text is needed here") }
            texts.append(text)
        }
        return texts
    }

    /// A whole number; `nil` where the key is not there.
    func integer(_ key: String) throws(DeckError) -> Int? {
        guard let value = node[key], !value.isNull else { return nil }
        guard let text = value.text, let number = Int(text), abs(number) < 1_000_000 else {
            throw DeckError(source, at: value.range, "`\(key)` needs a whole number")
        }
        return number
    }

    /// A text; `nil` where the key is not there or null.
    func optional(_ key: String) -> String? {
        guard let value = node[key], !value.isNull else { return nil }
        return value.text
    }

    /// Whether the key says `true`.
    func flag(_ key: String) throws(DeckError) -> Bool {
        guard let value = node[key], !value.isNull else { return false }
        guard let text = value.text, text == "true" || text == "false" else { throw DeckError(source, at: value.range, "`\(key)` is true or false") }
        return text == "true"
    }
}

extension YAMLNode {
    /// `null`, `~` or nothing (YAML 1.2 §10.3.2).
    var isNull: Bool {
        guard case .scalar(let text, .plain, _) = self else { return false }
        return text.isEmpty || text == "null" || text == "~"
    }
}
