import Engine
import Knowledge

/// Every key of rule files and of files of sets, with what stands under it.
public enum Vocabulary {
    /// Keys that every rule may have, whatever its kind.
    public static let rule: [KeySpec] = [
        KeySpec("rule", .text, isRequired: true, "the id; the file is called after it"),
        KeySpec("kind", .word(RuleKindCatalog.all.map { $0.name }), isRequired: true, "in which way drugs and patients meet"),
        KeySpec("title", .text, isRequired: true, "a line that a pharmacist knows the rule by"),
        KeySpec("version", .count, isRequired: true, "a number that rises with each change"),
        KeySpec("status", .word(RuleStatus.allCases.map(\.rawValue)), isRequired: true, "where it is in its life"),
        KeySpec("owner", .text, "who answers for it; required when active"),
        KeySpec("review_by", .date, "when it must be read again; required when active"),
        KeySpec("approved", .map(approved), "who approved this version, and when; required when active"),
        KeySpec("evidence", .list(.map(evidence)), "what it rests on; required when active"),
        KeySpec("category", .text, "a word to group rules by, such as `renal`"),
        KeySpec("hooks", .oneOrMore(.word(["order-select", "order-sign", "patient-view"])), "narrows those of the kind"),
        KeySpec("facts", .named(.definition), "named values, each with its source"),
        KeySpec("grades", .list(.map(grade)), "the ladder: the first row that is true decides"),
        KeySpec("floor", .word(Severity.allCases.map(\.rawValue)), "in a pack: no site may put a row that is as severe below it"),
        KeySpec("tests", .list(.map(testCase)), "patients, and what must be said of them"),
    ] + card

    /// Keys of the card, at the rule or at a row.
    public static let card: [KeySpec] = [
        KeySpec("summary", .template, "one line of at most 139 characters"),
        KeySpec("detail", .template, "what explains it"),
        KeySpec("consequence", .template, "what may happen (PDDI-CDS)"),
        KeySpec("mechanism", .template, "how (PDDI-CDS)"),
        KeySpec("management", .template, "what to do (PDDI-CDS)"),
        KeySpec("suggest", .oneOrMore(.map(suggestion)), "what may be done with a click"),
        KeySpec("override_reasons", .oneOrMore(.name(.overrideReason)), "reasons that a prescriber may give; names of lists stand for all of theirs"),
    ]

    /// Keys of a row of `grades`.
    public static let grade: [KeySpec] = [
        KeySpec("name", .text, isRequired: true, "so that a test and the log can speak of it"),
        KeySpec("when", .condition, "the row decides where this is true"),
        KeySpec("otherwise", .word(["yes"]), "the row decides where no earlier one did"),
        KeySpec("severity", .word(Severity.allCases.map(\.rawValue)), isRequired: true, "`none` shows no card, and the log keeps why"),
        KeySpec("floor", .word(Severity.allCases.map(\.rawValue)), "in a pack: no site may put the row below it"),
        KeySpec("if_unknown", .named(.word(["ok"])), "facts that may be unknown here, as the author has seen"),
        KeySpec("rows", .oneOrMore(.text), "in a rule over a table: words of the table's `action` that the row is for"),
        KeySpec("at_times", .count, "in a rule over a table: only from so many times the limit on"),
        KeySpec(
            "dose", .word(TableGrade.Dose.allCases.map(\.rawValue)),
            "in a rule over a table, for its rows with `dose_above`: only where a dose is told, or only where none is"),
    ] + card

    /// The tables that `table` of a rule of kind `drug-table` may name.
    public static let tables = DrugTable.allCases.map(\.rawValue)

    public static let suggestion: [KeySpec] = [
        KeySpec("label", .template, isRequired: true, "the words on the button"),
        KeySpec("stop", .role, "takes a draft away, or ends what is taken; `ordered` is all that is being ordered"),
        KeySpec("change", .role, "changes the dose of a draft, to `dose` and `sig`"),
        KeySpec("dose", .quantity, "the dose of `change`"),
        KeySpec("sig", .text, "the instructions of `change`"),
        KeySpec("prescribe", .map(prescription), "writes a prescription"),
        KeySpec("order", .map(order), "orders tests, images or procedures"),
        KeySpec("immunize", .map([KeySpec("vaccine", .name(.vaccine), isRequired: true, "which one")]), "orders a vaccine"),
        KeySpec("only_if", .condition, "offered only where this is true"),
    ]

    public static let prescription: [KeySpec] = [
        KeySpec("drug", .name(.drug), isRequired: true, "what to prescribe"),
        KeySpec("dose", .quantity, "one dose"),
        KeySpec("sig", .text, "the instructions"),
    ]

    public static let order: [KeySpec] = ["lab", "imaging", "test", "procedure"].map {
        KeySpec($0, .oneOrMore(.name(.orderable)), "what to order")
    } + [KeySpec("due_in", .span, "until when")]

    public static let approved: [KeySpec] = [
        KeySpec("by", .text, isRequired: true, "who approved"),
        KeySpec("date", .date, isRequired: true, "when"),
        KeySpec("version", .count, "which version; without it, the one that stands there"),
        KeySpec("note", .text, "what a reader should know of it"),
    ]

    public static let evidence: [KeySpec] = [
        KeySpec("cite", .text, isRequired: true, "the source, so that a reader finds it"),
        KeySpec("grade", .text, "how good it is"),
        KeySpec("strength", .text, "how strong the recommendation is"),
        KeySpec("note", .text, "what to know of it"),
        KeySpec("url", .text, "where it can be read"),
    ]

    public static let testCase: [KeySpec] = [
        KeySpec("case", .text, isRequired: true, "what it shows"),
        KeySpec("today", .date, "the day that counts as today; 2026-01-15 unless said"),
        KeySpec("given", .named(.text), "the patient"),
        KeySpec("each", .list(.either(.text, .named(.text))), "items for `$each`, or maps of what else is given: a case for each of them"),
        KeySpec("expect", .text, isRequired: true, "what the rule must say, or `no card`"),
    ]

    /// What may stand in a choice of drugs.
    public static let drugs: [KeySpec] = [
        KeySpec("drug", .oneOrMore(.name(.drug)), "ingredients; `any` is every drug"),
        KeySpec("class", .oneOrMore(.name(.drugClass)), "classes"),
        KeySpec("any", .list(.drugs), "one of several choices"),
        KeySpec("except", .drugs, "less these"),
        KeySpec("or_stopped_within", .span, "a drug that ended so lately still counts: a washout"),
        KeySpec("route", .oneOrMore(.word(RouteGroup.allCases.map(\.rawValue) + ["systemic"])), "only by these ways; one that is not known keeps the drug in"),
        KeySpec("scheduled", .yesNo, "only where it is taken at set times; what is taken as needed only is left out"),
    ]

    /// How a fact is compared.
    public static let comparisons = ["above", "at_least", "below", "at_most", "between"]

    /// Sections of a file of sets.
    public static let sets: [KeySpec] = [
        KeySpec("drugs", .named(.text), "names for RxNorm ingredients"),
        KeySpec("classes", .named(.map([KeySpec("members", .list(.name(.drug)), isRequired: true, "the drugs of the class")])), "classes of drugs"),
        KeySpec("problems", .named(codes), "sets of problems"),
        KeySpec("reactions", .named(codes), "sets of reactions"),
        KeySpec("procedures", .named(codes), "sets of procedures"),
        KeySpec("vaccines", .named(codes), "sets of vaccines"),
        KeySpec("settings", .named(codes), "sets of places and kinds of encounter"),
        KeySpec("labs", .named(.map(lab)), "laboratory tests"),
        KeySpec("relations", .named(.named(.list(.name(.drug)))), "groups of drugs that share something"),
        KeySpec("override_reasons", .named(.list(.name(.overrideReason))), "lists of reasons under one name"),
        KeySpec("conditions", .named(.map(condition)), "conditions with a name, for `meets:`"),
    ]

    /// A condition of a file of sets.
    public static let condition: [KeySpec] = [
        KeySpec("title", .text, "what it is, in a line"),
        KeySpec("source", .text, "where it is from"),
        KeySpec("facts", .named(.definition), "facts of its own"),
        KeySpec("when", .condition, isRequired: true, "what must hold"),
    ]

    private static let codes = ValueShape.map(
        ["snomed", "icd10", "loinc", "cpt", "hcpcs", "cvx"].map { KeySpec($0, .oneOrMore(.text), "codes of the system") } + [
            KeySpec("valueset", .text, "a file with a FHIR ValueSet, beside this one"),
            KeySpec("source", .text, "where the codes are from"),
        ])

    private static let lab = [
        KeySpec("loinc", .oneOrMore(.text), "codes"), KeySpec("unit", .text, isRequired: true, "the unit in which rules compare it"),
        KeySpec("also", .named(.text), "other units, each with the factor to the lab's own"),
        KeySpec("plausible", .text, "`1 to 12`: outside it a result is an error"),
    ]
}
