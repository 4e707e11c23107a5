public import Knowledge

/// A key of the rule language: what it is called, what stands under it, what it is for.
///
/// The reader, the manual, the schema and the editor all speak of the same list.
public struct KeySpec: Sendable {
    public let name: String
    public let takes: ValueShape
    public let isRequired: Bool
    /// What it is for, in a line.
    public let meaning: String

    public init(_ name: String, _ takes: ValueShape, isRequired: Bool = false, _ meaning: String) {
        self.name = name
        self.takes = takes
        self.isRequired = isRequired
        self.meaning = meaning
    }
}

/// What may stand under a key.
public indirect enum ValueShape: Sendable {
    /// Whatever fits the place that it is put into.
    case anything
    /// Plain words.
    case text
    /// Words with `$name` in them.
    case template
    /// A name of the knowledge base or of a file of sets.
    case name(NameKind)
    /// The name of a condition of a file of sets.
    case conditionName
    /// One of a few words.
    case word([String])
    case yesNo
    /// A whole number above 0.
    case count
    /// `2026-01-15`.
    case date
    /// `90 d`, `12 months`, `2 y`.
    case span
    /// A span, alone or with `before FACT`, `after FACT` or `of FACT`.
    case window
    /// `500 mg`.
    case quantity
    /// The name of a role of the rule, or of a fact.
    case role
    case fact
    case roleOrFact
    /// `{ drug: … }`, `{ class: … }`, `{ any: [ … ] }`.
    case drugs
    /// A map of tests, all of which must hold.
    case condition
    /// A map that says where a fact comes from.
    case definition
    /// A map whose keys are names of the author's own.
    case named(ValueShape)
    case map([KeySpec])
    case list(ValueShape)
    /// One, or a list of them.
    case oneOrMore(ValueShape)
    /// The first, or the second.
    case either(ValueShape, ValueShape)
}

/// What kind of value a fact has, and so how it is tested.
public enum FactValueType: String, Sendable, CaseIterable {
    case yesNo = "yes or no"
    case quantity
    case dose
    case time
    case number
    case sex
    case route
    case form = "dose form"
    case reaction
    /// That of what it is made of.
    case other = "as its source"
}

/// A way to say where a fact comes from: `lab:`, `taking:`, `calculate:` …
public struct FactForm: Sendable {
    /// The key that begins it.
    public let key: KeySpec
    public let gives: FactValueType
    /// Keys that may stand beside the first.
    public let options: [KeySpec]
    /// What it means that the record has nothing of it.
    public let missing: String
    /// A fact as it stands under `facts:`; compiled by a test.
    public let example: String
}

/// A fact that needs no definition: one of the patient, or of a role.
public struct BuiltInFact: Sendable {
    public let name: String
    public let gives: FactValueType
    public let meaning: String
    /// A test of it, compiled by a test.
    public let example: String
}
