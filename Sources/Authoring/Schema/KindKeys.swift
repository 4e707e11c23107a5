import Engine
import Knowledge
import RuleLanguage

/// What stands under the keys by which each kind of rule says who meets.
enum KindKeys {
    /// The keys of a kind, those that are required first among them marked so.
    static func keys(of kind: String) -> [KeySpec] {
        guard let type = RuleKindCatalog.all.first(where: { $0.name == kind }) else { return [] }
        return type.keys.map { KeySpec($0.name, shape(of: $0.name, kind: kind), isRequired: $0.isRequired, $0.meaning) }
            + (kind == CareGapKind.name ? gapCard : []) + (kind == MeasureKind.name ? measureFacts : [])
    }

    /// The facts of a measure are entries of the record, in phrases of their own.
    private static let measureFacts = [KeySpec("facts", .named(.anything), "entries of the record, under names")]

    /// A care gap has one severity, and a summary for each state.
    private static let gapCard = [
        KeySpec("severity", .word(["contraindicated", "major", "moderate", "minor"]), isRequired: true, "how serious the gap is"),
        KeySpec(
            "summary", .map(GapState.Kind.allCases.map { KeySpec($0.rawValue, .template, "the card of this state") }), isRequired: true,
            "one line for each state"),
    ]

    private static func shape(of key: String, kind: String) -> ValueShape {
        switch key {
        case "counts" where kind == MeasureKind.name: .text
        case "better" where kind == MeasureKind.name: .word(["higher", "lower"])
        case "same_gap_as" where kind == MeasureKind.name: .oneOrMore(.text)
        case _ where kind == MeasureKind.name: .anything
        case "between", "allergic_to", "taking": .named(.drugs)
        case "ordering" where kind == VaccinePatientKind.name:
            .named(.map([KeySpec("vaccine", .name(.vaccine), isRequired: true, "the vaccine being ordered")]))
        case "ordering": kind == AllergyKind.name ? .either(.word(["the_same"]), .named(.drugs)) : .named(.drugs)
        case "among", "except": .drugs
        case "table": .word(Vocabulary.tables)
        case "merges": .map([
            KeySpec("effects", .oneOrMore(.text), "words of an effect in the interaction table"),
            KeySpec("categories", .oneOrMore(.text), "categories of other rules"),
        ])
        case "at_least": .count
        case "severities": .oneOrMore(.word(["contraindicated", "major", "moderate", "minor"]))
        case "routes": .oneOrMore(.name(.route))
        case "risks": .oneOrMore(.word(CrossReactivity.Risk.allCases.map(\.rawValue)))
        case "topics": .oneOrMore(.text)
        case "unless": .condition
        case "population": .condition
        case "exclude", "not_due_while": .oneOrMore(.condition)
        case "done_by": .oneOrMore(.either(.definition, .fact))
        case "every": .either(.span, .list(.map([
            KeySpec("when", .condition, "the interval applies where this is true"), KeySpec("otherwise", .word(["yes"]), "the interval of everybody else"),
            KeySpec("interval", .span, isRequired: true, "how often"),
        ])))
        case "grace", "due_soon": .span
        default: .text
        }
    }
}
