public import Documents
import Engine
import Knowledge
import RuleLanguage

/// The JSON Schema of rule files, with the names of the loaded knowledge, for editors that complete by a schema.
///
/// It is made from the same list of keys that the reader and the manual speak of.
///
/// - Source: JSON Schema draft-07, which yaml-language-server reads.
public struct RuleSchema {
    private let names: SiteNames

    public init(_ names: SiteNames) {
        self.names = names
    }

    /// The schema as JSON; equal names give equal bytes.
    public var bytes: [UInt8] { value.bytes(pretty: true) + [0x0A] }

    /// The schema of files of overrides.
    public var overrides: [UInt8] {
        JSONValue.object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string("Overrides of a site, for Vigil")),
            ("allOf", .array([map(Vocabulary.overrides)])), ("definitions", .object(definitions)),
        ]).bytes(pretty: true) + [0x0A]
    }

    var value: JSONValue {
        let kinds = RuleKindCatalog.all.map { $0.name }
        let conditionals = kinds.map { kind -> JSONValue in
            let own = KindKeys.keys(of: kind)
            // Keys that one kind reads in its own way are said of each.
            let keys = own + Vocabulary.rule.filter { key in key.name == "facts" && !own.contains { $0.name == key.name } }
            let properties = keys.map { ($0.name, property($0)) }
            return .object([
                ("if", .object([("properties", .object([("kind", .object([("const", .string(kind))]))]))])),
                ("then", .object([
                    ("properties", .object(properties)), ("required", .array(keys.filter(\.isRequired).map { .string($0.name) })),
                ])),
            ])
        }
        let kindKeys = Set(kinds.flatMap { KindKeys.keys(of: $0).map(\.name) })
        let shared = Vocabulary.rule.filter { !kindKeys.contains($0.name) }
        let active = JSONValue.object([
            ("if", .object([("properties", .object([("status", .object([("const", .string("active"))]))]))])),
            ("then", .object([("required", .array(["owner", "review_by", "approved", "evidence"].map(JSONValue.string)))])),
        ])
        return .object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("A rule of Vigil")),
            ("type", .string("object")),
            ("properties", .object(shared.map { ($0.name, property($0)) } + kindKeys.sorted().map { ($0, .bool(true)) })),
            ("required", .array(Vocabulary.rule.filter(\.isRequired).map { .string($0.name) })),
            ("additionalProperties", .bool(false)),
            ("allOf", .array(conditionals + [active])),
            ("definitions", .object(definitions)),
        ])
    }

    // MARK: Shapes

    private func property(_ key: KeySpec) -> JSONValue {
        guard case .object(let members) = schema(of: key.takes) else { return .bool(true) }
        return .object([("description", .string(key.meaning))] + (members.first?.0 == "$ref" ? [("allOf", .array([.object(members)]))] : members))
    }

    private static func reference(_ name: String) -> JSONValue { .object([("$ref", .string("#/definitions/\(name)"))]) }
    private static func text(_ pattern: String) -> JSONValue { .object([("type", .string("string")), ("pattern", .string(pattern))]) }

    private func schema(of shape: ValueShape) -> JSONValue {
        switch shape {
        case .anything: .object([])
        case .text, .template, .role, .fact, .roleOrFact: .object([("type", .array([.string("string"), .string("number"), .string("boolean")]))])
        case .name(let kind): Self.reference(Self.word(for: kind))
        case .conditionName: .object([("enum", .array(names.conditions.keys.sorted().map(JSONValue.string)))])
        case .word(let words): Self.choice(words)
        case .yesNo: Self.choice(["yes", "no"])
        case .count: .object([("type", .string("integer")), ("minimum", .int(1))])
        case .date: Self.text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .span: Self.text("^[0-9]+ *[a-z]+$")
        case .window: Self.text("^[0-9]+ *[a-z]+( (before|after|of) .+)?$")
        case .quantity: Self.text("^[0-9]")
        case .drugs: Self.reference("drugs")
        case .condition: Self.reference("condition")
        case .definition: Self.reference("definition")
        case .named(let inner): .object([("type", .string("object")), ("additionalProperties", schema(of: inner))])
        case .map(let keys): map(keys)
        case .list(let inner): .object([("type", .string("array")), ("items", schema(of: inner))])
        case .oneOrMore(let inner):
            .object([("anyOf", .array([schema(of: inner), .object([("type", .string("array")), ("items", schema(of: inner))])]))])
        case .either(let one, let other): .object([("anyOf", .array([schema(of: one), schema(of: other)]))])
        }
    }

    /// `yes` and `no` are booleans to readers of YAML 1.1: either way of reading them is right.
    private static func choice(_ words: [String]) -> JSONValue {
        let booleans: [JSONValue] = (words.contains("yes") ? [.bool(true)] : []) + (words.contains("no") ? [.bool(false)] : [])
        return .object([("enum", .array(words.map(JSONValue.string) + booleans))])
    }

    private func map(_ keys: [KeySpec]) -> JSONValue {
        .object([
            ("type", .string("object")), ("properties", .object(keys.map { ($0.name, property($0)) })),
            ("required", .array(keys.filter(\.isRequired).map { .string($0.name) })), ("additionalProperties", .bool(false)),
        ])
    }

    // MARK: Definitions

    private static func word(for kind: NameKind) -> String { "name-\(kind.rawValue)" }

    private var definitions: [(String, JSONValue)] {
        var all = NameKind.allCases.map { kind -> (String, JSONValue) in
            let words = names.all(kind) + (kind == .drug ? ["any"] : [])
            // Drugs and problems are known by more names than are worth listing: others are not refused.
            let isOpen = [.drug, .drugClass, .problem, .procedure].contains(kind)
            let list = JSONValue.object([("enum", .array(words.map(JSONValue.string)))])
            return (Self.word(for: kind), isOpen ? .object([("anyOf", .array([list, .object([("type", .string("string"))])]))]) : list)
        }
        all.append(("drugs", map(Vocabulary.drugs)))
        all.append(("condition", condition))
        all.append(("definition", definition))
        return all
    }

    /// A map of tests: the author's facts are any keys, those that need no definition are offered.
    private var condition: JSONValue {
        let offered = (BuiltInFacts.ofPatient.map { ($0.name, JSONValue.object([("description", .string($0.meaning))])) })
            + ["any", "all", "none"].map { ($0, schema(of: .oneOrMore(.condition))) }
        return .object([("type", .string("object")), ("minProperties", .int(1)), ("properties", .object(offered))])
    }

    /// A map that begins with one of the sources, with the keys that may stand beside it.
    private var definition: JSONValue {
        .object([
            ("type", .string("object")),
            ("anyOf", .array(FactForms.all.map { form in
                let keys = [form.key] + form.options + FactForms.common
                return .object([
                    ("properties", .object(keys.map { ($0.name, property($0)) })), ("required", .array([.string(form.key.name)])),
                    ("additionalProperties", .bool(false)), ("description", .string("\(form.key.meaning); for example `\(form.example)`")),
                ])
            })),
        ])
    }
}
