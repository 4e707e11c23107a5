import Documents
import Engine
import Knowledge
import RuleLanguage

/// What may stand at a place of a rule file, a file of sets or one of overrides, by the keys that lead to it.
struct RuleShapes {
    let root: ValueShape

    /// - Parameter kind: the kind of the rule, as far as it is written.
    init(kind: String?) {
        root = .map(Vocabulary.rule.filter { key in !KindKeys.keys(of: kind ?? "").contains { $0.name == key.name } } + KindKeys.keys(of: kind ?? ""))
    }

    /// For a file of sets, or of overrides.
    init(names file: YAMLNode?) {
        root = .map(file?["overrides"] == nil ? Vocabulary.sets : Vocabulary.overrides)
    }

    func shape(at path: [String]) -> ValueShape? {
        path.reduce(Optional(root)) { shape, key in shape.flatMap { Self.step($0, key) } }
    }

    /// What stands under a key of something.
    static func step(_ shape: ValueShape, _ key: String) -> ValueShape? {
        switch shape {
        case .map(let keys): return keys.first { $0.name == key }?.takes
        case .named(let inner): return inner
        case .list(let inner), .oneOrMore(let inner): return step(inner, key)
        case .either(let one, let other): return step(one, key) ?? step(other, key)
        case .drugs: return Vocabulary.drugs.first { $0.name == key }?.takes
        case .condition:
            if let form = FactForms.all.first(where: { $0.key.name == key }) { return form.key.takes }
            return FactForms.all.lazy.flatMap(\.options).first { $0.name == key }?.takes ?? comparison
        case .definition:
            if key == "missing" { return .text }
            if let form = FactForms.all.first(where: { $0.key.name == key }) { return form.key.takes }
            return FactForms.all.lazy.flatMap(\.options).first { $0.name == key }?.takes
        default: return nil
        }
    }

    /// What a fact is asked: a word, or limits.
    static let comparison = ValueShape.either(
        .word(["yes", "no", "unknown"]), .map(Vocabulary.comparisons.map { KeySpec($0, .quantity, "a limit with its unit") }))

    /// The keys that may stand in a map of this shape, each with its meaning.
    static func keys(of shape: ValueShape) -> [KeySpec] {
        switch shape {
        case .map(let keys): keys
        case .list(let inner), .oneOrMore(let inner): keys(of: inner)
        case .either(let one, let other): keys(of: one) + keys(of: other)
        case .drugs: Vocabulary.drugs
        case .condition:
            FactForms.all.filter { ["any", "all", "none"].contains($0.key.name) || $0.gives == .yesNo }.map(\.key)
        case .definition: FactForms.all.map(\.key) + FactForms.common
        default: []
        }
    }

    /// The words under `given:` of a test that are names, and of what.
    static let given: [String: ValueShape] = [
        "taking": .name(.drug), "ordering": .name(.drug), "allergies": .name(.drug), "problems": .name(.problem), "labs": .name(.lab),
        "done": .name(.procedure), "vaccines": .name(.vaccine), "family_history": .name(.problem), "setting": .name(.setting), "sex": .word(["female", "male"]),
        "pregnant": .yesNo,
        "not_supplied": .word(["labs", "medications", "allergies", "problems", "procedures", "vaccines", "encounters", "family_history", "orders"]),
    ]
}

/// The names that a rule gives itself: roles and facts.
struct RuleNames {
    let roles: [YAMLNode.Entry]
    let facts: [YAMLNode.Entry]

    init(_ root: YAMLNode?) {
        facts = root?["facts"]?.entries ?? []
        roles = ["between", "allergic_to", "ordering"].flatMap { root?[$0]?.entries ?? [] }
    }

    var factNames: [String] { facts.compactMap(\.key.text) }
    var roleNames: [String] { roles.compactMap(\.key.text) }

    func entry(_ name: String) -> YAMLNode.Entry? {
        facts.first { $0.key.text == name } ?? roles.first { $0.key.text == name }
    }
}
