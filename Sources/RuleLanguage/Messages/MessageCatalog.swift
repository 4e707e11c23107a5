/// A page about one message: what it means, and an example wrong and right.
public struct MessagePage: Sendable, Hashable {
    public let code: String
    public let title: String
    public let text: String
    /// A piece of a rule that gets the message, and the same put right; empty where no short example tells more.
    public let wrong: String
    public let right: String

    /// The page as Markdown.
    public var markdown: String {
        var parts = ["# \(code): \(title)", text]
        if !wrong.isEmpty { parts += ["Wrong:", "```yaml\n\(wrong)\n```", "Right:", "```yaml\n\(right)\n```"] }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

/// The messages about rules and their tests. A code never changes its meaning.
public enum MessageCatalog {
    /// The page for a code such as `V201`, whatever its case.
    public static func page(_ code: String) -> MessagePage? {
        all.first { $0.code == code.uppercased() }
    }

    public static let all: [MessagePage] = [
        MessagePage(
            code: "V100", title: "this is not YAML",
            text: "The file breaks a rule of YAML, and nothing more helpful is known of it. Look at the line before the caret as well: a quote or bracket that was opened there may still be open.",
            wrong: "evidence: [{ cite: A source }",
            right: "evidence: [{ cite: A source }]"),
        MessagePage(
            code: "V101", title: "a key stands twice",
            text: "A map has each key once. YAML readers differ in which of two they take; we take neither.",
            wrong: "severity: major\nseverity: minor",
            right: "severity: major"),
        MessagePage(
            code: "V102", title: "anchors, aliases, merges, tags, directives and several documents are not read",
            text: "A rule is to be read by people from top to bottom. What is used in several rules belongs into a set or a fact with a name.",
            wrong: "taking: &drugs { class: ppi }",
            right: "taking: { class: ppi }"),
        MessagePage(
            code: "V103", title: "a colon in a text",
            text: "A colon followed by a blank makes a map of a text. Put the text in quotes.",
            wrong: "summary: Warning: potassium",
            right: "summary: \"Warning: potassium\""),
        MessagePage(
            code: "V104", title: "a text in a flow map",
            text: "Within braces a comma ends a value, so that the words after it become keys.",
            wrong: "expect: { summary: falls, fractures, delirium }",
            right: "expect:\n  summary: falls, fractures, delirium"),
        MessagePage(
            code: "V105", title: "a character that only looks right",
            text: "A tab, a blank that is not a blank, or a typographic quote, mostly pasted from a word processor.",
            wrong: "summary: “two drugs”",
            right: "summary: two drugs"),
        MessagePage(
            code: "V106", title: "braces begin a map",
            text: "A placeholder is a dollar sign and a name.",
            wrong: "summary: {drug} with {other}",
            right: "summary: $drug with $other"),
        MessagePage(
            code: "V107", title: "a sign that begins a folded text",
            text: "`>` and `|` begin blocks of text. Comparisons are words.",
            wrong: "when: { potassium: > 5.0 mmol/L }",
            right: "when: { potassium: { above: 5.0 mmol/L } }"),
        MessagePage(
            code: "V108", title: "too deep or too large",
            text: "No rule that a person wrote is that deep or that large.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V109", title: "the file is not UTF-8",
            text: "Save the file as UTF-8, without a byte order mark.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V110", title: "a key that may not stand here",
            text: "The key is misspelt, or belongs elsewhere.",
            wrong: "sumary: two drugs",
            right: "summary: two drugs"),
        MessagePage(
            code: "V111", title: "something is missing",
            text: "The message says what, and what it is for.",
            wrong: "grades:\n  - when: { asthma: yes }\n    severity: major",
            right: "grades:\n  - name: asthma\n    when: { asthma: yes }\n    severity: major"),
        MessagePage(
            code: "V112", title: "another shape is wanted here",
            text: "A map, a list or a text stands where something else is read.",
            wrong: "facts: high",
            right: "facts:\n  potassium: { lab: serum-potassium }"),
        MessagePage(
            code: "V113", title: "a value that cannot be read",
            text: "Dates are written 2026-01-15, lengths of time 90 d, 12 months or 2 y, yes and no as yes and no.",
            wrong: "latest_within: 90 dayz",
            right: "latest_within: 90 d"),
        MessagePage(
            code: "V114", title: "rule and file have different names",
            text: "A rule is found by its name: `warfarin-nsaid` stands in `warfarin-nsaid.yaml`.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V115", title: "two of one name",
            text: "Rules of one set, and rows of one ladder, have different names.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V201", title: "a name that is not known",
            text: "Drugs, classes, problems, labs, procedures, vaccines, reactions and override reasons come from the knowledge file, or from a `sets.yaml` beside the rules. `vigil knowledge show NAME` tells what is known of a drug.",
            wrong: "nsaid: { class: nsiad }",
            right: "nsaid: { class: nsaid }"),
        MessagePage(
            code: "V202", title: "no such fact or role",
            text: "A test, a text or a suggestion names something that the rule does not define.",
            wrong: "when: { potasium: unknown }",
            right: "when: { potassium: unknown }"),
        MessagePage(
            code: "V203", title: "a word that is not in the list",
            text: "Kinds, severities, statuses, hooks, routes and comparisons are fixed words.",
            wrong: "severity: maior",
            right: "severity: major"),
        MessagePage(
            code: "V204", title: "a test that does not fit its fact",
            text: "A quantity has above and below, a yes-or-no fact has yes and no; each may be unknown.",
            wrong: "when: { potassium: yes }",
            right: "when: { potassium: { above: 5.5 mmol/L } }"),
        MessagePage(
            code: "V205", title: "a fact defined by itself",
            text: "Follow the arrows of the message: one of the facts must be defined by something else.",
            wrong: "one: { any: [{ two: yes }] }\ntwo: { any: [{ one: yes }] }",
            right: "one: { has: asthma }\ntwo: { any: [{ one: yes }] }"),
        MessagePage(
            code: "V206", title: "an empty set",
            text: "No drug or code is left: a rule about it could never fire.",
            wrong: "blocker: { drug: propranolol, except: { drug: propranolol } }",
            right: "blocker: { class: nonselective-beta-blocker, except: { drug: propranolol } }"),
        MessagePage(
            code: "V210", title: "no such unit",
            text: "Units are written as UCUM has them, or in one of the listed other ways: mmol/L, mg/dL, mL/min/1.73m2, %.",
            wrong: "above: 5.5 mmool/L",
            right: "above: 5.5 mmol/L"),
        MessagePage(
            code: "V211", title: "a number without a unit",
            text: "A limit without a unit cannot be compared with a result.",
            wrong: "above: 5.5",
            right: "above: 5.5 mmol/L"),
        MessagePage(
            code: "V212", title: "a unit of another kind",
            text: "The unit measures something else than the lab does, and nothing is known that turns one into the other.",
            wrong: "potassium: { above: 5.5 mg/dL }",
            right: "potassium: { above: 5.5 mmol/L }"),
        MessagePage(
            code: "V213", title: "a placeholder that stands for nothing",
            text: "After `$` stands the name of a role or a fact, `ordered`, or in a care gap `due` or `last`.",
            wrong: "summary: $potasium is high",
            right: "summary: $potassium is high"),
        MessagePage(
            code: "V220", title: "a set cannot change a known name",
            text: "The knowledge file has this name, and its meaning stands. Give the set another name.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V301", title: "an unknown that nobody thought of",
            text: "A fact that is often unknown decides between rows, and no row says what follows when it is. Choose: a row of its own, or `if_unknown`.",
            wrong: "- name: high\n  when: { potassium: { above: 5.5 mmol/L } }\n  severity: major",
            right: "- name: high\n  when: { potassium: { above: 5.5 mmol/L } }\n  severity: major\n- name: not-measured\n  when: { potassium: unknown }\n  severity: moderate"),
        MessagePage(
            code: "V302", title: "a fact that nothing uses",
            text: "Take it away, or use it.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V305", title: "a row that cannot be reached",
            text: "An earlier row is true whenever this one is, so this one never decides. Put the narrower row first.",
            wrong: "- name: high\n  when: { potassium: { above: 5.0 mmol/L } }\n- name: higher\n  when: { potassium: { above: 6.0 mmol/L } }",
            right: "- name: higher\n  when: { potassium: { above: 6.0 mmol/L } }\n- name: high\n  when: { potassium: { above: 5.0 mmol/L } }"),
        MessagePage(
            code: "V310", title: "a rule for everybody",
            text: "Nothing of the population narrows it by age, sex or problem: it is evaluated for every patient.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V401", title: "a key of a test that is not known",
            text: "`given:` has age, born, sex, pregnant, weight, height, setting, taking, ordering, allergies, problems, labs, done, vaccines, not_supplied and fhir.",
            wrong: "given: { takin: [warfarin 5 mg daily] }",
            right: "given: { taking: [warfarin 5 mg daily] }"),
        MessagePage(
            code: "V402", title: "an item of a test that is not understood",
            text: "The message shows how such an item is written.",
            wrong: "labs: [serum-potassium high]",
            right: "labs: [serum-potassium 5.7 mmol/L 2025-12-20]"),
        MessagePage(
            code: "V403", title: "a name in a test that is not known",
            text: "The same names as in rules.",
            wrong: "taking: [warfrin 5 mg daily]",
            right: "taking: [warfarin 5 mg daily]"),
        MessagePage(
            code: "V404", title: "an expectation that is not understood",
            text: "`expect:` is `no card`, `not checked`, or a map of what the card must say.",
            wrong: "expect: { gradd: base }",
            right: "expect: { grade: base }"),
        MessagePage(
            code: "V405", title: "a reaction that is not known",
            text: "After the arrow stands the name of a reaction, as rules have it.",
            wrong: "allergies: [amoxicillin -> hifes]",
            right: "allergies: [amoxicillin -> hives-or-rash]"),
        MessagePage(
            code: "V410", title: "a row that no test reaches",
            text: "Each row of an active rule is reached by a test.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V411", title: "no test for silence",
            text: "An active rule has a test in which it must stay silent.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V412", title: "tests that notice too few changes",
            text: "`vigil test --mutate` changes one thing of a rule at a time (a comparison, a threshold, a unit, a look-back, a condition, a row) and runs its tests. A change that no test notices could be made by mistake, too. The gate asks for a share of changes that are noticed.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V501", title: "a review that is overdue",
            text: "The rule keeps firing: a lapsed review must not remove a safety check. Reread it and set a new date.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V502", title: "an active rule without governance",
            text: "An active rule has an owner, a date of review, an approval and its evidence.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V503", title: "an approval of another version",
            text: "An approval is for the version that was read. Where `approved` names a version, it is that of the rule; after a change the rule is approved again.",
            wrong: "version: 3\napproved: { by: P&T Committee, date: 2026-01-06, version: 2 }",
            right: "version: 3\napproved: { by: P&T Committee, date: 2026-01-06, version: 3 }"),
        MessagePage(
            code: "V504", title: "words that are still to be filled in",
            text: "`vigil new` marks with FILL IN what is the author's to say. A draft may have such marks, an active rule may not.",
            wrong: "title: FILL IN - a line that a pharmacist knows the rule by",
            right: "title: Warfarin with an NSAID"),
        MessagePage(
            code: "V701", title: "a summary that is too long",
            text: "CDS Hooks allows 139 characters, names and values included.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V702", title: "no reasons to override",
            text: "Without reasons nobody learns why a card was not followed.",
            wrong: "",
            right: ""),
        MessagePage(
            code: "V703", title: "a text that could show a gap",
            text: "The fact may be unknown where the text is shown. Give it words for that.",
            wrong: "potassium: { lab: serum-potassium }",
            right: "potassium: { lab: serum-potassium, missing: not measured }"),
    ]
}
