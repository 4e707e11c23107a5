import Engine
import Knowledge

/// Where facts may come from. To add one: a line here, and its reading in `Checking/RuleReader+Definitions.swift`.
public enum FactForms {
    public static let all: [FactForm] = [
        FactForm(
            key: KeySpec("lab", .name(.lab), "a result of a laboratory test or a vital sign"), gives: .quantity,
            options: [
                KeySpec("latest_within", .window, "how old it may be; `within` says the same"), within,
                KeySpec("pick", .word(["latest", "earliest", "highest", "lowest"]), "which result, where there are several; the latest unless said"),
                sameEncounter, otherwise,
            ], missing: "unknown", example: "potassium: { lab: serum-potassium, latest_within: 90 d, missing: not measured }"),
        FactForm(
            key: KeySpec("taking", .drugs, "a drug on the medication list"), gives: .yesNo, options: [pick, otherwise],
            missing: "no; unknown if medications were not supplied", example: "protected: { taking: { class: ppi } }"),
        FactForm(
            key: KeySpec("ordering", .drugs, "a drug among the draft orders"), gives: .yesNo, options: [], missing: "no",
            example: "statin_ordered: { ordering: { class: statin } }"),
        FactForm(
            key: KeySpec("has", .oneOrMore(.name(.problem)), "an active problem; a window asks when it began"), gives: .yesNo,
            options: [KeySpec("ever", .yesNo, "a past problem counts too"), within, pick, sameEncounter, otherwise],
            missing: "no; unknown if problems were not supplied", example: "asthma: { has: asthma, ever: yes }"),
        FactForm(
            key: KeySpec("done", .oneOrMore(.name(.procedure)), "something that was done to the patient"), gives: .yesNo,
            options: [within, pick, sameEncounter, otherwise], missing: "no; unknown if procedures were not supplied",
            example: "screened: { done: mammogram, within: 27 months }"),
        FactForm(
            key: KeySpec("vaccine", .oneOrMore(.name(.vaccine)), "a valid dose of a vaccine"), gives: .yesNo,
            options: [within, pick, otherwise], missing: "no; unknown if immunizations were not supplied",
            example: "vaccinated: { vaccine: ppsv23 }"),
        FactForm(
            key: KeySpec("family_history", .oneOrMore(.name(.problem)), "a disease of a relative by blood"), gives: .yesNo,
            options: [
                KeySpec("relation", .word(["any", "first-degree"]), "which relatives: parents, full siblings and children, or any; any unless said"),
                KeySpec("onset_before", .span, "the age of the relative, in years, before which it began"), otherwise,
            ], missing: "no; unknown if family history was not supplied",
            example: "runs_in_family: { family_history: asthma, relation: first-degree, onset_before: 60 y }"),
        FactForm(
            key: KeySpec("up_to_date", .oneOrMore(.name(.vaccineGroup)), "no dose of a group of vaccines is due, by the CDC's schedule"), gives: .yesNo,
            options: [
                KeySpec("by", .word(DueMark.allCases.map(\.rawValue)), "from when on a dose counts as due; from the recommended day unless said")
            ], missing: "unknown without a date of birth, or if immunizations were not supplied",
            example: "hpv_done: { up_to_date: HPV }"),
        FactForm(
            key: KeySpec("allergic_to", .drugs, "an active allergy or intolerance to a drug"), gives: .yesNo, options: [otherwise],
            missing: "no; unknown if allergies were not supplied", example: "statin_allergy: { allergic_to: { class: statin } }"),
        FactForm(
            key: KeySpec("setting", .oneOrMore(.name(.setting)), "where the patient is; with a window, where the patient was"),
            gives: .yesNo, options: [within, pick, otherwise], missing: "no; unknown if encounters were not supplied",
            example: "in_hospital: { setting: inpatient }"),
        FactForm(
            key: KeySpec("meets", .conditionName, "a condition with a name, from a file of sets"), gives: .yesNo, options: [],
            missing: "as its parts", example: "excused: { meets: hospice-care }"),
        FactForm(
            key: KeySpec("any", .oneOrMore(.condition), "one of these holds"), gives: .yesNo, options: [], missing: "as its parts",
            example: "lung_disease: { any: [{ has: asthma }, { age: { at_least: 80 y } }] }"),
        FactForm(
            key: KeySpec("all", .oneOrMore(.condition), "all of these hold"), gives: .yesNo, options: [], missing: "as its parts",
            example: "old_asthma: { all: [{ has: asthma }, { age: { at_least: 65 y } }] }"),
        FactForm(
            key: KeySpec("none", .oneOrMore(.condition), "none of these holds"), gives: .yesNo, options: [], missing: "as its parts",
            example: "unprotected: { none: [{ taking: { class: ppi } }] }"),
        FactForm(
            key: KeySpec("count_of", .roleOrFact, "how many drugs fill a role, or on how many days a fact was recorded"), gives: .number,
            options: [], missing: "unknown if the source is", example: "measured: { count_of: potassium }"),
        FactForm(
            key: KeySpec("time_since", .fact, "how long ago a fact was so"), gives: .time, options: [],
            missing: "unknown if the source is", example: "since_asthma: { time_since: asthma }"),
        FactForm(
            key: KeySpec("calculate", .word(Calculation.Equation.allCases.map(\.rawValue)), "a published equation"), gives: .quantity,
            options: [
                KeySpec("from", .name(.lab), "another lab for the first input"),
                KeySpec("latest_within", .window, "how old the results may be; a height may be of any age"), within, weight, otherwise,
            ], missing: "unknown", example: "clearance: { calculate: cockcroft-gault, weight: actual, latest_within: 12 months, missing: not known }"),
        FactForm(
            key: KeySpec("dose", .role, "an amount of the drug in a role, where the short names do not say enough"), gives: .dose,
            options: [
                KeySpec("measure", .word(["daily", "single"]), "a day's total, or the largest single dose"),
                KeySpec("per", .word(["kg", "m2"]), "in proportion to body weight or surface"), weight,
                KeySpec("latest_within", .window, "how old the weight may be"), within,
            ], missing: "unknown, with the reason", example: "per_kg: { dose: drug, measure: daily, per: kg, weight: ideal, latest_within: 30 d, missing: not known }"),
        FactForm(
            key: KeySpec("share", .name(.relation), "whether two roles are of one group of a relation"), gives: .yesNo,
            options: [KeySpec("of", .list(.role), isRequired: true, "the two roles")], missing: "unknown where a drug is in no group",
            example: "same_chain: { share: beta-lactam-r1-side-chain, of: [allergen, drug] }"),
    ]

    /// Keys that begin a definition.
    public static let keys = all.map(\.key.name)

    /// Keys that may stand beside any definition under `facts:`.
    public static let common = [KeySpec("missing", .text, "the words for a card where it is not known")]

    private static let within = KeySpec("within", .window, "when it must have been")
    private static let pick = KeySpec("pick", .word(["latest", "earliest"]), "which date speaks; the latest unless said")
    private static let sameEncounter = KeySpec("same_encounter_as", .fact, "only what was recorded in the encounter of another fact")
    private static let otherwise = KeySpec("else", .definition, "another source, asked where this one is unknown")
    private static let weight = KeySpec(
        "weight", .word(WeightQuery.Choice.allCases.map(\.rawValue)), "which weight: measured, ideal (Devine), adjusted, or the lesser of the first two")
}

/// Facts that need no definition.
public enum BuiltInFacts {
    public static let ofPatient: [BuiltInFact] = [
        BuiltInFact(name: "age", gives: .time, meaning: "completed years, or other units", example: "{ age: { at_least: 65 y } }"),
        BuiltInFact(name: "sex", gives: .sex, meaning: "`female` or `male`; unknown for others", example: "{ sex: female }"),
        BuiltInFact(name: "pregnant", gives: .yesNo, meaning: "by problems and pregnancy status", example: "{ pregnant: unknown }"),
        BuiltInFact(name: "weight", gives: .quantity, meaning: "the latest weight, however old", example: "{ weight: { below: 50 kg } }"),
        BuiltInFact(name: "height", gives: .quantity, meaning: "the latest height, however old", example: "{ height: { below: 150 cm } }"),
    ]

    public static let ofRole: [BuiltInFact] = [
        BuiltInFact(name: "route", gives: .route, meaning: "by which way it is given", example: "{ drug.route: oral }"),
        BuiltInFact(
            name: "form", gives: .form, meaning: "the dose form; met where it has these words", example: "{ drug.form: tablet }"),
        BuiltInFact(
            name: "daily_dose", gives: .dose, meaning: "all that is taken in a day", example: "{ drug.daily_dose: { above: 1000 mg/day } }"),
        BuiltInFact(
            name: "single_dose", gives: .dose, meaning: "the largest amount taken at one time", example: "{ drug.single_dose: { above: 1 g } }"),
        BuiltInFact(
            name: "daily_dose_per_kg", gives: .dose, meaning: "of the weight of the last 12 months",
            example: "{ drug.daily_dose_per_kg: { above: 75 mg/kg/day } }"),
        BuiltInFact(
            name: "single_dose_per_kg", gives: .dose, meaning: "of the weight of the last 12 months",
            example: "{ drug.single_dose_per_kg: { above: 15 mg/kg } }"),
        BuiltInFact(
            name: "daily_dose_per_m2", gives: .dose, meaning: "of the body surface (Mosteller)",
            example: "{ drug.daily_dose_per_m2: { above: 100 mg/m2/day } }"),
        BuiltInFact(
            name: "single_dose_per_m2", gives: .dose, meaning: "of the body surface (Mosteller)",
            example: "{ drug.single_dose_per_m2: { above: 30 mg/m2 } }"),
        BuiltInFact(
            name: "doses_per_day", gives: .number, meaning: "how often it is taken in a day", example: "{ drug.doses_per_day: { above: 4 } }"),
        BuiltInFact(
            name: "duration", gives: .time, meaning: "how long it is to be taken, as far as the order says",
            example: "{ drug.duration: { above: 7 d } }"),
        BuiltInFact(
            name: "dose_told", gives: .yesNo, meaning: "a dose is told, even one that cannot be worked out", example: "{ drug.dose_told: no }"),
        BuiltInFact(name: "prn", gives: .yesNo, meaning: "taken as needed", example: "{ drug.prn: yes }"),
        BuiltInFact(name: "started", gives: .time, meaning: "time since it was begun", example: "{ drug.started: { above: 3 months } }"),
        BuiltInFact(
            name: "reaction", gives: .reaction, meaning: "of an allergy, in allergy rules only", example: "{ allergen.reaction: unknown }"),
        BuiltInFact(
            name: "severe", gives: .yesNo, meaning: "of an allergy: a severe reaction or a high criticality, in allergy rules only",
            example: "{ allergen.severe: yes }"),
        BuiltInFact(
            name: "intolerance", gives: .yesNo, meaning: "of an allergy: recorded as an intolerance, in allergy rules only",
            example: "{ allergen.intolerance: yes }"),
    ]
}
