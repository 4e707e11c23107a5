import Documents
import Knowledge
import RuleLanguage

extension LanguageServer {
    /// Where what stands at the cursor is given its meaning: a fact or role of the rule, a name of the site.
    func definition(at offset: Int, in source: Source) -> JSONValue? {
        let file = RuleFile(source)
        guard let root = file.node, let spot = Spot(at: offset, in: root) else { return nil }
        let names = RuleNames(root)
        let text = spot.node.text ?? ""
        for word in [source.placeholder(at: offset)?.name, text, text.split(separator: ".").first.map(String.init)].compactMap(\.self) {
            if let entry = names.entry(word) { return location(uri(of: source.name), entry.key.range, source) }
        }
        guard let shape = RuleShapes(kind: root["kind"]?.text).shape(at: spot.path), let place = place(of: text, shape),
            let other = self.names.first(where: { $0.source.name == place.file })?.source
        else { return nil }
        return location(uri(of: place.file), place.range, other)
    }

    private func place(of name: String, _ shape: ValueShape) -> SiteNames.Place? {
        switch shape {
        case .name(let kind): siteNames.place(of: name, kind)
        case .conditionName: siteNames.conditions[name]
        case .list(let inner), .oneOrMore(let inner): place(of: name, inner)
        case .either(let one, let other): place(of: name, one) ?? place(of: name, other)
        default: nil
        }
    }

    private func location(_ uri: String, _ range: SourceRange, _ source: Source) -> JSONValue {
        .object([("uri", .string(uri)), ("range", range.json(in: source))])
    }

    // MARK: Rename

    /// The fact at the cursor, and the bytes of its name there.
    func renamed(at offset: Int, in source: Source) -> (name: String, range: SourceRange)? {
        guard let root = RuleFile(source).node, let spot = Spot(at: offset, in: root) else { return nil }
        let facts = RuleNames(root).factNames
        if let placeholder = source.placeholder(at: offset), facts.contains(placeholder.name) { return placeholder }
        guard let text = spot.node.text, facts.contains(text) else { return nil }
        return (text, spot.node.range)
    }

    /// Every place of the rule that names the fact, with the new name; nothing where the name will not do.
    func rename(at offset: Int, in source: Source, to name: String) -> JSONValue? {
        guard let old = renamed(at: offset, in: source)?.name, let root = RuleFile(source).node else { return nil }
        let isName = !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F }
        let names = RuleNames(root)
        guard isName, names.entry(name) == nil, !BuiltInFacts.ofPatient.contains(where: { $0.name == name }) else { return nil }
        var uses = FactUses(name: old, source: source)
        uses.collect(root, RuleShapes(kind: root["kind"]?.text).root)
        let edits = Set(uses.ranges).sorted { $0.start < $1.start }.map { range in
            JSONValue.object([("range", range.json(in: source)), ("newText", .string(name))])
        }
        return .object([("changes", .object([(uri(of: source.name), .array(edits))]))])
    }
}

/// The places of a rule at which a fact is named.
struct FactUses {
    let name: String
    let source: Source
    private(set) var ranges: [SourceRange] = []

    init(name: String, source: Source) {
        self.name = name
        self.source = source
    }

    mutating func collect(_ node: YAMLNode, _ shape: ValueShape?, path: [String] = []) {
        switch node {
        case .scalar(let text, _, let range): collect(text, range, shape, path)
        case .sequence(let elements, _, _): for element in elements { collect(element, shape, path: path) }
        case .mapping(let entries, _, _):
            for entry in entries {
                let key = entry.key.text ?? ""
                if key == name, path == ["facts"] || Self.asksFacts(shape) { ranges.append(entry.key.range) }
                collect(entry.value, shape.flatMap { RuleShapes.step($0, key) }, path: path + [key])
            }
        }
    }

    private mutating func collect(_ text: String, _ range: SourceRange, _ shape: ValueShape?, _ path: [String]) {
        if path.suffix(2) == ["expect", "unknown"], text == name { ranges.append(range) }
        switch shape {
        case .fact, .roleOrFact: if text == name { ranges.append(range) }
        case .window: if text.hasSuffix(" " + name) { ranges.append(SourceRange(start: range.end - name.utf8.count, end: range.end)) }
        case .template: collectPlaceholders(range)
        case .oneOrMore(let inner), .list(let inner): collect(text, range, inner, path)
        default: break
        }
    }

    /// Keys under which facts are asked: conditions, and `if_unknown`.
    private static func asksFacts(_ shape: ValueShape?) -> Bool {
        switch shape {
        case .condition: true
        case .list(let inner), .oneOrMore(let inner): asksFacts(inner)
        case .named(.word(["ok"])): true
        default: false
        }
    }

    private mutating func collectPlaceholders(_ range: SourceRange) {
        for offset in range.start..<range.end where source.bytes[offset] == 0x24 {
            if let found = source.placeholder(at: offset), found.name == name { ranges.append(found.range) }
        }
    }
}
