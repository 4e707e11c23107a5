import Clinical
import Documents
import Engine
import Knowledge

/// The parts of a card as an author wrote them, at the rule or at a row.
struct CardParts {
    var summary: YAMLNode?
    var detail: YAMLNode?
    var consequence: YAMLNode?
    var mechanism: YAMLNode?
    var management: YAMLNode?
    var suggest: YAMLNode?
    var overrideReasons: YAMLNode?

    init(_ reader: MapReader) {
        summary = reader.take("summary")
        detail = reader.take("detail")
        consequence = reader.take("consequence")
        mechanism = reader.take("mechanism")
        management = reader.take("management")
        suggest = reader.take("suggest")
        overrideReasons = reader.take("override_reasons")
    }

    /// The row's own words where it has them, else the rule's.
    func over(_ base: CardParts) -> CardParts {
        var parts = self
        parts.summary = summary ?? base.summary
        parts.detail = detail ?? base.detail
        parts.consequence = consequence ?? base.consequence
        parts.mechanism = mechanism ?? base.mechanism
        parts.management = management ?? base.management
        parts.suggest = suggest ?? base.suggest
        parts.overrideReasons = overrideReasons ?? base.overrideReasons
        return parts
    }
}

extension RuleReader {
    /// The card of a row; `known` are facts that cannot be unknown there.
    func readCard(_ parts: CardParts, known: Set<FactID>, at range: SourceRange, needsSummary: Bool = true) -> CardText {
        if parts.summary == nil, needsSummary {
            report("V111", "a card needs a `summary`", at: range)
        }
        let summary = parts.summary.map { readText($0, "`summary`", known: known) } ?? TextTemplate([])
        if let node = parts.summary { checkLength(summary, at: node.range) }
        return CardText(
            summary: summary, detail: parts.detail.map { readText($0, "`detail`", known: known) } ?? TextTemplate([]),
            consequence: parts.consequence.map { readText($0, "`consequence`", known: known) },
            mechanism: parts.mechanism.map { readText($0, "`mechanism`", known: known) },
            management: parts.management.map { readText($0, "`management`", known: known) },
            suggestions: parts.suggest.map { readSuggestions($0, known: known) } ?? [],
            overrideReasons: parts.overrideReasons.map(readOverrideReasons) ?? [])
    }

    private func readOverrideReasons(_ node: YAMLNode) -> [OverrideReason] {
        var seen: Set<String> = []
        return node.listOrSelf.flatMap { item -> [OverrideReason] in
            guard let name = text(item, "an override reason") else { return [] }
            if let reasons = session.names.overrideReasons(name) { return reasons.filter { seen.insert($0.name).inserted } }
            unknownName("override reason", name, .overrideReason, at: item.range)
            return []
        }
    }

    // MARK: Text

    /// A text cut at `$name` and `$name.attribute`; `$$` is a dollar sign.
    func readText(_ node: YAMLNode, _ what: String, known: Set<FactID>) -> TextTemplate {
        guard let words = text(node, what) else { return TextTemplate([]) }
        var pieces: [TextTemplate.Piece] = []
        var literal = ""
        var rest = Substring(words)
        while let character = rest.popFirst() {
            guard character == "$" else {
                literal.append(character)
                continue
            }
            if rest.first == "$" {
                literal.append("$")
                rest.removeFirst()
                continue
            }
            if rest.first == "{", let end = rest.firstIndex(of: "}") {
                let written = String(rest[...end])
                report(
                    "V106", "`$\(written)` is not a placeholder", at: session.source(file)?.range(of: "$" + written, within: node.range) ?? node.range,
                    label: "write `$\(written.dropFirst().dropLast())`")
                rest = rest[rest.index(after: end)...]
                continue
            }
            let name = takeName(&rest)
            guard !name.isEmpty else {
                literal.append("$")
                continue
            }
            if !literal.isEmpty { pieces.append(.text(literal)) }
            literal = ""
            if let piece = placeholder(name, node, known: known) { pieces.append(piece) }
        }
        if !literal.isEmpty { pieces.append(.text(literal)) }
        return TextTemplate(pieces)
    }

    /// A name of letters, digits and underscores, and after a point an attribute; a point at the end of a sentence is none.
    private func takeName(_ rest: inout Substring) -> String {
        func take() -> String {
            let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            rest = rest.dropFirst(word.count)
            return String(word)
        }
        let name = take()
        guard !name.isEmpty, rest.first == "." else { return name }
        let saved = rest
        rest.removeFirst()
        let attribute = take()
        if Self.roleAttributes.contains(attribute) || attribute == "date" { return "\(name).\(attribute)" }
        rest = saved
        return name
    }

    private func placeholder(_ name: String, _ node: YAMLNode, known: Set<FactID>) -> TextTemplate.Piece? {
        if let index = roles.firstIndex(of: name) { return .role(RoleID(index: index)) }
        switch name {
        case "ordered" where !roles.isEmpty: return .ordered
        case "condition" where tableRow != nil: return .text(tableRow?.condition ?? "")
        case "effect" where tableRow != nil: return .text(tableRow?.effect ?? "")
        case "management" where tableRow != nil: return .text(tableRow?.management ?? "")
        case "due" where roles.isEmpty: return .due
        case "last" where roles.isEmpty: return .last
        case "effect" where quotesTable: return .effect
        case "mechanism" where quotesTable: return .mechanism
        case "management" where quotesTable: return .management
        default:
            if heading?.kind == DrugTableKind.name || heading?.kind == RepeatedTestKind.name, let cell = TextTemplate.Cell(rawValue: name) {
                return .cell(cell)
            }
        }
        let range = session.source(file)?.range(of: "$\(name)", within: node.range) ?? node.range
        if name.hasSuffix(".date"), let base = fact(named: String(name.dropLast(5)), at: range) {
            checkGap(base, known: known, at: range)
            return .factDate(base)
        }
        let isKnown = factIDs[name] != nil || pendingFacts[name] != nil || Self.builtIn.contains(name) || name.contains(".")
        guard isKnown, let fact = fact(named: name, at: range) else {
            if !isKnown {
                let near = NearestName.find(name, in: roles + Array(pendingFacts.keys).sorted() + factIDs.keys.sorted() + ["ordered"])
                report("V213", "`$\(name)` stands for nothing here", at: range, label: near.map { "did you mean `$\($0)`?" })
            }
            return nil
        }
        checkGap(fact, known: known, at: range)
        return .fact(fact)
    }

    /// A text never shows a gap: a fact that may be unknown has words for that.
    private func checkGap(_ fact: FactID, known: Set<FactID>, at range: SourceRange) {
        let planned = facts[fact.index]
        guard !isSilentRow, !known.contains(fact), planned.missing == nil, planned.definition.canBeUnknown else { return }
        report(
            "V703", "`\(planned.name)` may be unknown here, and the text would show a gap", at: range,
            help: ["give the fact words for that: `missing: not measured`"])
    }
}
