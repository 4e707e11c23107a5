import Documents
import Knowledge
import RuleLanguage

extension LanguageServer {
    /// More than this an editor need not list: it asks again when more is typed.
    private static let mostItems = 200

    /// What may be written where the cursor stands.
    func completion(at offset: Int, in source: Source) -> JSONValue {
        let context = CursorContext(source, offset: offset)
        let file = Self.readable(source, at: offset)
        let names = RuleNames(file.node)
        let shapes = file.holdsNames ? RuleShapes(names: file.node) : RuleShapes(kind: Self.kind(of: source))
        var items: [Item]
        if let key = context.valueOf {
            items = values(of: context.path + [key], shapes, names, context)
        } else {
            items = keys(at: context.path, shapes, names)
        }
        let typed = context.word.split(separator: "$").last.map(String.init) ?? ""
        let prefix = context.word.contains("$") ? typed : context.word
        items = items.filter { $0.label.lowercased().hasPrefix(prefix.lowercased()) }
        let listed = items.prefix(Self.mostItems).map(\.json)
        return .object([("isIncomplete", .bool(items.count > Self.mostItems)), ("items", .array(Array(listed)))])
    }

    /// The text as it is; where it cannot be read because of the line that is being typed, without that line.
    private static func readable(_ source: Source, at offset: Int) -> RuleFile {
        let file = RuleFile(source)
        guard file.node == nil, let line = source.lineRange(source.position(of: offset).line) else { return file }
        var bytes = source.bytes
        for index in line.start..<line.end { bytes[index] = 0x20 }
        return RuleFile(Source(name: source.name, bytes: bytes))
    }

    private struct Item {
        let label: String
        /// The kind of the protocol: 10 property, 12 value, 6 variable, 20 member.
        let kind: Int
        let detail: String

        var json: JSONValue {
            .object([("label", .string(label)), ("kind", .int(kind))] + (detail.isEmpty ? [] : [("detail", .string(detail))]))
        }
    }

    /// The kind as it is written, also in a text that cannot be read as a whole.
    static func kind(of source: Source) -> String? {
        for line in 1...source.lineCount where source.lineText(line).hasPrefix("kind:") {
            return String(source.lineText(line).dropFirst(5).drop { $0 == " " }.prefix { $0 != " " })
        }
        return nil
    }

    // MARK: Keys

    private func keys(at path: [String], _ shapes: RuleShapes, _ names: RuleNames) -> [Item] {
        if path.last == "given", path.contains("tests") {
            return RuleShapes.given.keys.sorted().map { Item(label: $0, kind: 10, detail: "") }
        }
        guard let shape = shapes.shape(at: path) else { return [] }
        let keys = RuleShapes.keys(of: shape).map { Item(label: $0.name, kind: 10, detail: $0.meaning) }
        return Self.isCondition(shape) ? facts(names) + keys : keys
    }

    private static func isCondition(_ shape: ValueShape) -> Bool {
        switch shape {
        case .condition: true
        case .list(let inner), .oneOrMore(let inner): isCondition(inner)
        case .named(.word(["ok"])): true
        default: false
        }
    }

    /// Facts that a condition may ask: the author's own, the patient's, those of the roles.
    private func facts(_ names: RuleNames) -> [Item] {
        let own = names.facts.map { Item(label: $0.key.text ?? "", kind: 6, detail: $0.value.flowText) }
        let patient = BuiltInFacts.ofPatient.map { Item(label: $0.name, kind: 6, detail: $0.meaning) }
        let roles = names.roleNames.flatMap { role in
            BuiltInFacts.ofRole.map { Item(label: "\(role).\($0.name)", kind: 6, detail: $0.meaning) }
        }
        return own + patient + roles
    }

    // MARK: Values

    private func values(of path: [String], _ shapes: RuleShapes, _ names: RuleNames, _ context: CursorContext) -> [Item] {
        if path.contains("given"), let key = path.last, let shape = RuleShapes.given[key] { return values(of: shape, names) }
        guard let shape = shapes.shape(at: path) else { return [] }
        if case .template = shape, context.word.contains("$") {
            return (names.roleNames + names.factNames + ["ordered"]).map { Item(label: $0, kind: 6, detail: "") }
        }
        return values(of: shape, names)
    }

    private func values(of shape: ValueShape, _ names: RuleNames) -> [Item] {
        switch shape {
        case .name(let kind): return siteNames.all(kind).map { Item(label: $0, kind: 12, detail: detail(of: $0, kind)) }
        case .conditionName: return siteNames.conditions.keys.sorted().map { Item(label: $0, kind: 12, detail: "") }
        case .word(let words): return words.map { Item(label: $0, kind: 20, detail: "") }
        case .yesNo: return ["yes", "no"].map { Item(label: $0, kind: 20, detail: "") }
        case .role: return (names.roleNames + ["ordered"]).map { Item(label: $0, kind: 6, detail: "role") }
        case .fact: return names.factNames.map { Item(label: $0, kind: 6, detail: "fact") }
        case .roleOrFact: return (names.roleNames + names.factNames).map { Item(label: $0, kind: 6, detail: "") }
        case .list(let inner), .oneOrMore(let inner): return values(of: inner, names)
        case .either(let one, let other): return values(of: one, names) + values(of: other, names)
        default: return []
        }
    }

    /// A few words on a name, without looking far: an editor asks for hundreds at a time.
    private func detail(of name: String, _ kind: NameKind) -> String {
        switch kind {
        case .drugClass: knowledge.drugClass(named: name).map { "\($0.title), \($0.members.count) ingredients" } ?? "of this site"
        case .lab: knowledge.lab(named: name).map { "\($0.title), \($0.unit)" } ?? "of this site"
        default: ""
        }
    }
}
