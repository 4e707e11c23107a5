import Clinical
import Documents
import Knowledge
import RuleLanguage

extension LanguageServer {
    /// What stands at the cursor: a key with its meaning, a name with its members and its source, a fact with its definition.
    func hover(at offset: Int, in source: Source) -> JSONValue? {
        let file = RuleFile(source)
        guard let root = file.node, let spot = Spot(at: offset, in: root) else { return nil }
        let shapes = file.holdsNames ? RuleShapes(names: root) : RuleShapes(kind: root["kind"]?.text)
        guard let words = words(for: spot, shapes, RuleNames(root), source, offset) else { return nil }
        return .object([
            ("contents", .object([("kind", .string("markdown")), ("value", .string(words))])), ("range", spot.node.range.json(in: source)),
        ])
    }

    private func words(for spot: Spot, _ shapes: RuleShapes, _ names: RuleNames, _ source: Source, _ offset: Int) -> String? {
        let text = spot.node.text ?? ""
        if spot.isKey {
            if let key = shapes.shape(at: spot.path).flatMap({ RuleShapes.keys(of: $0).first { $0.name == text } }) {
                return "**\(text)**: \(key.meaning)"
            }
            return fact(text, names)
        }
        if spot.path.contains("given"), let key = spot.path.last, case .name(let kind)? = RuleShapes.given[key] {
            return given(text, kind)
        }
        guard let shape = shapes.shape(at: spot.path) else { return nil }
        return words(for: text, shape, names) ?? template(shape, source, offset, names)
    }

    private func words(for text: String, _ shape: ValueShape, _ names: RuleNames) -> String? {
        switch shape {
        case .name(let kind): name(text, kind)
        case .list(let inner), .oneOrMore(let inner): words(for: text, inner, names)
        case .either(let one, let other): words(for: text, one, names) ?? words(for: text, other, names)
        case .fact, .role, .roleOrFact: fact(text, names)
        default: nil
        }
    }

    private func template(_ shape: ValueShape, _ source: Source, _ offset: Int, _ names: RuleNames) -> String? {
        guard case .template = shape, let word = source.placeholder(at: offset)?.name else { return nil }
        return fact(word, names)
    }

    private func fact(_ name: String, _ names: RuleNames) -> String? {
        if let entry = names.entry(name) { return "**\(name)**: `\(entry.value.flowText)`" }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        let builtIn = parts.count == 2 ? BuiltInFacts.ofRole.first { $0.name == parts[1] } : BuiltInFacts.ofPatient.first { $0.name == name }
        return builtIn.map { "**\(name)**: \($0.meaning) (\($0.gives.rawValue))" }
    }

    /// The longest beginning of an item that is a name: `warfarin 5 mg daily`, `serum-potassium 5.7 mmol/L`.
    private func given(_ text: String, _ kind: NameKind) -> String? {
        let parts = text.split(separator: " ")
        for count in stride(from: min(parts.count, 8), through: 1, by: -1) {
            if let words = name(parts[..<count].joined(separator: " "), kind) { return words }
        }
        return nil
    }

    // MARK: Names

    private func name(_ name: String, _ kind: NameKind) -> String? {
        switch kind {
        case .drug:
            guard let id = knowledge.ingredient(named: name) else { return nil }
            return "**\(knowledge.ingredient(id).name)**: RxNorm ingredient \(knowledge.ingredient(id).rxcui)"
        case .drugClass:
            guard let found = knowledge.drugClass(named: name) else { return nil }
            let members = found.members.map { knowledge.ingredient($0).name }.sorted()
            return "**\(name)**: \(found.title), \(members.count) ingredients\n\n\(members.joined(separator: ", "))\n\n*\(found.source)*"
        case .lab:
            guard let lab = knowledge.lab(named: name) else { return nil }
            let range = lab.plausible.map { ", plausible \($0.lowerBound) to \($0.upperBound)" } ?? ""
            return "**\(name)**: \(lab.title), in \(lab.unit)\(range)\n\n\(Self.list(lab.codes))\n\n*\(lab.source)*"
        case .problem: return codes(name, .problem)
        case .procedure: return codes(name, .procedure)
        case .vaccine: return codes(name, .vaccine)
        case .reaction: return codes(name, .reaction)
        case .setting: return codes(name, .setting)
        case .overrideReason: return knowledge.overrideReason(named: name).map { "**\(name)**: \($0.display)" }
        default: return nil
        }
    }

    private func codes(_ name: String, _ kind: CodeSetKind) -> String? {
        knowledge.codeSet(kind, named: name).map { "**\(name)**: \($0.title)\n\n\(Self.list($0.codes))\n\n*\($0.source)*" }
    }

    private static func list(_ codes: [CodeMatch]) -> String {
        let shown = codes.prefix(12).map { "\($0.system.uri.split(separator: "/").last.map(String.init) ?? "") \($0.code)\($0.isPrefix ? "*" : "")" }
        return shown.joined(separator: ", ") + (codes.count > 12 ? " and \(codes.count - 12) more" : "")
    }
}
