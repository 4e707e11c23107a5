import Knowledge

extension Vocabulary {
    /// Keys of a file of overrides.
    public static let overrides: [KeySpec] = [
        KeySpec("overrides", .text, isRequired: true, "who overrides"),
        KeySpec(
            "pack",
            .map([
                KeySpec("name", .text, isRequired: true, "which pack is overridden"),
                KeySpec("version", .text, "the version for which this was written"),
            ]), isRequired: true, "what is overridden"),
        KeySpec("changes", .list(.map(change)), "rules that are changed"),
        KeySpec("extend", .map(extend), "members that are added to sets"),
        KeySpec("tests", .list(.map([KeySpec("rule", .text, isRequired: true, "which rule the case is for")] + siteCase)), "cases of the site"),
    ]

    /// Keys of one change.
    public static let change: [KeySpec] = [
        KeySpec("rule", .text, isRequired: true, "which rule is changed"),
        KeySpec("of_version", .count, isRequired: true, "the version of the rule that was read"),
        KeySpec("because", .text, isRequired: true, "why it is changed here"),
        KeySpec("approved", .oneOrMore(.map(approver)), isRequired: true, "who approved it; below a floor two"),
        KeySpec("until", .date, isRequired: true, "the last day on which it counts"),
        KeySpec("set", .named(.anything), "values at paths: `grades.ROW.severity`"),
        KeySpec("mute_when", .condition, "no card where this is true; the journal keeps it"),
        KeySpec("before", .oneOrMore(.map(row)), "rows to add before another"),
        KeySpec("after", .oneOrMore(.map(row)), "rows to add after another"),
        KeySpec("retire", .yesNo, "the rule is not asked"),
        KeySpec("changes_cases", .list(.text), "cases of the pack that it makes untrue"),
    ]

    private static let approver = [
        KeySpec("by", .text, isRequired: true, "who approved"), KeySpec("date", .date, isRequired: true, "when"),
        KeySpec("note", .text, "what a reader should know of it"),
    ]

    private static let row = [
        KeySpec("grade", .text, isRequired: true, "beside which row"), KeySpec("add", .map(grade), isRequired: true, "the row"),
    ]

    private static let extend = [KeySpec("classes", .named(.map(added(.oneOrMore(.name(.drug))))), "classes of drugs")]
        + CodeSetKind.allCases.map { KeySpec($0.section, .named(.map(added(.named(.oneOrMore(.text))))), "sets of codes, by system") }

    private static func added(_ members: ValueShape) -> [KeySpec] {
        [
            KeySpec("add", members, isRequired: true, "what is added"), KeySpec("because", .text, isRequired: true, "why it is added here"),
            KeySpec("approved", .oneOrMore(.map(approver)), "who approved it"), KeySpec("until", .date, "the last day on which it counts"),
        ]
    }

    /// A case may take its patient from the pack's case of the same name.
    private static let siteCase = testCase
}
